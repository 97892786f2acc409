//! Deletes a group, and says for each kind of failure what a program may do about it.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example handle_errors -- <uuid>`
#![allow(clippy::print_stdout)] // what an example is for

use std::process::ExitCode;

use opentact_api::{Client, ErrorKind};

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let group = std::env::args()
        .nth(1)
        .ok_or("which group is to be deleted?")?;
    let client = Client::from_env()?;
    let error = match client.delete_group().uuid(group.as_str()).send().await {
        Ok(group) => {
            println!("{} is gone", group.name);
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => error,
    };
    println!("{error}");
    match error.kind() {
        // Whoever deletes a group wants it to be gone.
        ErrorKind::NotFound => return Ok(ExitCode::SUCCESS),
        ErrorKind::Unauthorized => println!("=> ask for another token"),
        ErrorKind::InvalidRequest => println!("=> mend the program, or what it was given"),
        _ if error.is_retryable() => match error.retry_after() {
            Some(wait) => println!("=> come back in {wait:?}"),
            None => println!("=> come back later"),
        },
        kind => println!(
            "=> tell somebody: {kind}, after {} attempts",
            error.attempts()
        ),
    }
    Ok(ExitCode::FAILURE)
}
