//! Uses one client in many tasks: a clone is the same client, with the same connections.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example share_client`
#![allow(clippy::print_stdout)] // an example prints its result

use opentact_api::Client;
use tokio::task::JoinSet;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    run(&client).await
}

pub(crate) async fn run(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let mut tasks = JoinSet::new();
    for group in client.list_groups().send().await?.into_inner() {
        let client = client.clone();
        tasks.spawn(async move {
            let users = client.list_group_users().uuid(group.uuid).send().await?;
            Ok::<_, opentact_api::Error>((group.name, users.len()))
        });
    }
    while let Some(counted) = tasks.join_next().await {
        let (name, users) = counted??;
        println!("users in {name}: {users}");
    }
    Ok(())
}
