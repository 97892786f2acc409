//! Makes calls with the hand-written client.

#[path = "../../support/calls.rs"]
mod calls;

use std::error::Error;

use bench_by_hand::Client;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    calls::make(
        |url| Client::new(url, "token"),
        |client| async move { Ok(client.list_groups().await?.len()) },
    )
}
