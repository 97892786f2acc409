//! Deletes a group. Each kind of error leads to another reaction of the program.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example handle_errors -- <uuid>`
#![allow(clippy::print_stdout)] // an example prints its result

use std::process::ExitCode;

use opentact_api::{Client, ErrorKind};

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let group = std::env::args().nth(1).ok_or("usage: handle_errors UUID")?;
    Ok(run(&client, &group).await)
}

pub(crate) async fn run(client: &Client, group: &str) -> ExitCode {
    let error = match client.delete_group().uuid(group).send().await {
        Ok(group) => {
            println!("deleted {}", group.name);
            return ExitCode::SUCCESS;
        }
        Err(error) => error,
    };
    println!("{error}");
    match error.kind() {
        // The group is gone, which is the purpose of deleting it.
        ErrorKind::NotFound => return ExitCode::SUCCESS,
        ErrorKind::Unauthorized => println!("=> get another token"),
        _ if error.is_retryable() => match error.retry_after() {
            Some(wait) => println!("=> try again in {} seconds", wait.as_secs_f64().ceil()),
            None => println!("=> try again later"),
        },
        _ if error.is_client_fault() => println!("=> correct the program or its input"),
        kind => println!(
            "=> report the problem: {kind}, after {} attempts, request {}",
            error.attempts(),
            error.request_id().unwrap_or("without an id")
        ),
    }
    ExitCode::FAILURE
}
