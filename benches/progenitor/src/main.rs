//! Lists the groups of the user whose token is in `OPENTACT_HA1B_TOKEN`.

#[allow(dead_code, unused_imports, clippy::all)] // as progenitor writes it
mod groups;

use std::env;
use std::error::Error;

use reqwest::header::{HeaderMap, HeaderValue};

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    // progenitor knows no token.
    let token = HeaderValue::from_str(&env::var("OPENTACT_HA1B_TOKEN")?)?;
    let headers = HeaderMap::from_iter([("x-auth-ha1b-token".parse()?, token)]);
    let http = reqwest::Client::builder()
        .default_headers(headers)
        .build()?;
    let client = groups::Client::new_with_client("https://api.opentact.org/rest", http);
    let answer = runtime.block_on(client.get_sip_groups_list_app())?;
    for group in &answer.payload {
        println!("{} {}", group.uuid, group.name);
    }
    Ok(())
}
