//! Creates a group and puts users into it, who are named by their UUIDs.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example create_group -- Sales <uuid> <uuid>`
#![allow(clippy::print_stdout)] // what an example is for

use opentact_api::{Client, Uuid};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().ok_or("which name is the group to have?")?;
    let users: Vec<Uuid> = arguments
        .map(|user| user.parse())
        .collect::<Result<_, _>>()?;

    let client = Client::from_env()?;
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
