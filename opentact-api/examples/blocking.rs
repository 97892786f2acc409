//! Lists the groups in a program without async code.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example blocking --features blocking`
#![allow(clippy::print_stdout)] // an example prints its result

use std::time::Duration;

use opentact_api::{Client, Error};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    Ok(run(&client)?)
}

pub(crate) fn run(client: &Client) -> Result<(), Error> {
    let request = client.list_groups().timeout(Duration::from_secs(10));
    for group in request.send_blocking()?.iter() {
        println!("{} {}", group.uuid, group.name);
    }
    Ok(())
}
