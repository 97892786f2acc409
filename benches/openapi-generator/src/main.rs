//! Lists the groups of the user whose token is in `OPENTACT_HA1B_TOKEN`.

use std::env;
use std::error::Error;

use groups_client::apis::configuration::{ApiKey, Configuration};
use groups_client::apis::sip_user_groups_api::get_sip_groups_list_app;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let configuration = Configuration {
        api_key: Some(ApiKey {
            prefix: None,
            key: env::var("OPENTACT_HA1B_TOKEN")?,
        }),
        ..Configuration::default()
    };
    for group in runtime
        .block_on(get_sip_groups_list_app(&configuration))?
        .payload
    {
        println!("{} {}", group.uuid, group.name);
    }
    Ok(())
}
