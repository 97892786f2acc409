//! The current user at the service.

use opentact_api::{Client, Secret};

use crate::failure::Failure;
use crate::response;

/// Returns the e-mail address of the account user of a bearer token, or else the UUID.
pub(crate) async fn account_user_name(client: &Client, token: &Secret) -> Result<String, Failure> {
    let user = client.get_current_user().bearer_token(token.clone());
    let user = response::payload(user.send().await?, &[])?;
    Ok(user.email.unwrap_or_else(|| user.uuid.to_string()))
}
