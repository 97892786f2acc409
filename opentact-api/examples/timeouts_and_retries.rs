//! A client for a program that somebody waits for, and one for a job at night.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example timeouts_and_retries`
#![allow(clippy::print_stdout)] // what an example is for

use std::time::Duration;

use opentact_api::{BuildError, Client, ClientBuilder, RetryPolicy};

/// Fails soon rather than late, and leaves it to the person to try again.
fn hasty(client: ClientBuilder) -> Result<Client, BuildError> {
    client
        .connect_timeout(Duration::from_secs(2))
        .timeout(Duration::from_secs(5))
        .retry(RetryPolicy::never())
        .max_response_size(1024 * 1024)
        .build()
}

/// Outlasts an outage of some minutes.
fn patient(client: ClientBuilder) -> Result<Client, BuildError> {
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
    let token = std::env::var("OPENTACT_HA1B_TOKEN")?;
    let mut builder = Client::builder(token);
    if let Ok(url) = std::env::var("OPENTACT_BASE_URL") {
        builder = builder.base_url(url);
    }
    for client in [hasty(builder.clone())?, patient(builder)?] {
        match client.list_groups().send().await {
            Ok(groups) => println!("groups: {}", groups.len()),
            Err(error) => println!("{error}"),
        }
    }
    Ok(())
}
