//! Lists the groups of the user whose token is in `OPENTACT_HA1B_TOKEN`.

use std::error::Error;

use opentact_api::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let groups = runtime.block_on(Client::from_env()?.list_groups().send())?;
    for group in groups.iter() {
        println!("{} {}", group.uuid, group.name);
    }
    Ok(())
}
