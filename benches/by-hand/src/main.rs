//! Lists the groups of the user whose token is in `OPENTACT_HA1B_TOKEN`.

use std::env;
use std::error::Error;

use bench_by_hand::Client;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let token = env::var("OPENTACT_HA1B_TOKEN")?;
    let client = Client::new("https://api.opentact.org/rest".to_owned(), &token)?;
    for group in runtime.block_on(client.list_groups())? {
        println!("{} {}", group.uuid, group.name);
    }
    Ok(())
}
