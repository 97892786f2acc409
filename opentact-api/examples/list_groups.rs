//! Lists the groups of the user whose token it is, with who is in them.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example list_groups`, and `OPENTACT_BASE_URL=…` for another
//! server than the service.
#![allow(clippy::print_stdout)] // what an example is for

use opentact_api::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let groups = client.list_groups().send().await?;
    for group in groups.iter() {
        println!("{} {}", group.uuid, group.name);
        for user in &group.users {
            println!("    {}", user.login.as_deref().unwrap_or("somebody"));
        }
    }
    println!("groups: {}", groups.len());
    Ok(())
}
