//! Reaches the service through the proxy of a company that inspects TLS: the certificates that it shows
//! are signed by an authority of the company.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example company_proxy -- ca.pem https://proxy.example.com:3129`.
//! With `PROXY_USER=…` and `PROXY_PASSWORD=…`, the proxy gets credentials.
#![allow(clippy::print_stdout)] // an example prints its result

use std::path::Path;

use opentact_api::{Client, ClientBuilder, Proxy};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: company_proxy CA_FILE PROXY_URL";
    let authority = arguments.next().ok_or(usage)?;
    let mut proxy = Proxy::url(arguments.next().ok_or(usage)?);
    if let (Ok(user), Ok(password)) = (std::env::var("PROXY_USER"), std::env::var("PROXY_PASSWORD"))
    {
        proxy = proxy.credentials(user, password);
    }
    let client = Client::builder().ha1b_token(std::env::var("OPENTACT_HA1B_TOKEN")?);
    run(client, authority.as_ref(), proxy).await
}

pub(crate) async fn run(
    client: ClientBuilder,
    authority: &Path,
    proxy: Proxy,
) -> Result<(), Box<dyn std::error::Error>> {
    let client = client
        .root_certificate_pem(std::fs::read(authority)?)
        .proxy(proxy)
        .user_agent_suffix("company-directory/1.0")
        .build()?;
    let groups = client.list_groups().send().await?;
    println!("groups: {}", groups.len());
    Ok(())
}
