//! Sets up a client for an interactive program and one for a nightly job.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example timeouts_and_retries`
#![allow(clippy::print_stdout)] // an example prints its result

use std::time::Duration;

use opentact_api::{BuildError, Client, ClientBuilder, RetryPolicy};

/// Returns a client that fails soon and leaves a retry to the user.
fn interactive(client: ClientBuilder) -> Result<Client, BuildError> {
    client
        .connect_timeout(Duration::from_secs(2))
        .timeout(Duration::from_secs(5))
        .retry(RetryPolicy::never())
        .max_response_size(1024 * 1024)
        .build()
}

/// Returns a client that outlasts an outage of some minutes.
fn nightly(client: ClientBuilder) -> Result<Client, BuildError> {
    let policy = RetryPolicy::default()
        .max_attempts(20)
        .initial_delay(Duration::from_secs(1))
        .max_delay(Duration::from_secs(60))
        .max_retry_after(Duration::from_secs(300));
    client
        .attempt_timeout(Duration::from_secs(30))
        .timeout(Duration::from_secs(1800))
        .retry(policy)
        .build()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder().ha1b_token(std::env::var("OPENTACT_HA1B_TOKEN")?);
    if let Ok(url) = std::env::var("OPENTACT_BASE_URL") {
        builder = builder.base_url(url);
    }
    Ok(run(builder).await?)
}

pub(crate) async fn run(builder: ClientBuilder) -> Result<(), BuildError> {
    for client in [interactive(builder.clone())?, nightly(builder)?] {
        match client.list_groups().send().await {
            Ok(groups) => println!("groups: {}", groups.len()),
            Err(error) => println!("{error}"),
        }
    }
    Ok(())
}
