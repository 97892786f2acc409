//! Lists the groups of the token's user, and the users in each group.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example list_groups`. With `OPENTACT_BASE_URL=…` the requests
//! go to another server.
#![allow(clippy::print_stdout)] // an example prints its result

use opentact_api::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    Ok(run(&client).await?)
}

pub(crate) async fn run(client: &Client) -> Result<(), Error> {
    let groups = client.list_groups().send().await?;
    for group in groups.iter() {
        println!("{} {}", group.uuid, group.name);
        for user in &group.users {
            println!("    {}", user.login.as_deref().unwrap_or("no login"));
        }
    }
    println!("groups: {}", groups.len());
    Ok(())
}
