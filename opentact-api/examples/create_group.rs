//! Creates a group and adds users to it by their UUIDs.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example create_group -- Sales <uuid> <uuid>`
#![allow(clippy::print_stdout)] // an example prints its result

use opentact_api::{Client, Error, Uuid};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let mut arguments = std::env::args().skip(1);
    let name = arguments
        .next()
        .ok_or("usage: create_group NAME [UUID]...")?;
    let users: Vec<Uuid> = arguments
        .map(|user| user.parse())
        .collect::<Result<_, _>>()?;
    Ok(run(&client, &name, users).await?)
}

pub(crate) async fn run(client: &Client, name: &str, users: Vec<Uuid>) -> Result<(), Error> {
    let created = client
        .create_group()
        .body_map(|body| body.name(name))
        .send()
        .await?;
    println!("{} {}", created.uuid, created.name);

    let request = client.add_group_users().uuid(created.uuid);
    let members = request.body_map(|body| body.users(users)).send().await?;
    println!("users: {}", members.len());
    Ok(())
}
