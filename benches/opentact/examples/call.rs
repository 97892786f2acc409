//! Makes calls with opentact-api.

#[path = "../../support/calls.rs"]
mod calls;

use std::error::Error;

use opentact_api::Client;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    calls::make(
        |url| Ok(Client::builder().ha1b_token("token").base_url(url).build()?),
        |client| async move { Ok(client.list_groups().send().await?.len()) },
    )
}
