//! The deletion of tokens at the service.

use opentact_api::{Client, Secret};

use crate::failure::Failure;

/// Deletes a bearer token at the service. One that the service does not know any more is no error.
pub(crate) async fn revoke(client: &Client, token: &Secret) -> Result<(), Failure> {
    let request = client.delete_token().token(token.clone());
    match request.bearer_token(token.clone()).send().await {
        Ok(_) => Ok(()),
        Err(error)
            if error
                .status()
                .is_some_and(|status| matches!(status.as_u16(), 401 | 404)) =>
        {
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}
