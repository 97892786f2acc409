//! Makes calls with the client that openapi-generator generates.

#[path = "../../support/calls.rs"]
mod calls;

use std::error::Error;
use std::sync::Arc;

use groups_client::apis::configuration::{ApiKey, Configuration};
use groups_client::apis::sip_user_groups_api::get_sip_groups_list_app;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    calls::make(
        |url| {
            let key = "token".to_owned();
            Ok(Arc::new(Configuration {
                base_path: url,
                api_key: Some(ApiKey { prefix: None, key }),
                ..Configuration::default()
            }))
        },
        |configuration: Arc<Configuration>| async move {
            let response = get_sip_groups_list_app(&configuration).await?;
            Ok(response.payload.len())
        },
    )
}
