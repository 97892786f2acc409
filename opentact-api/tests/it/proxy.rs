//! Requests to a loopback address while the environment names a proxy.

use opentact_api::Client;

use crate::support::child;
use crate::support::server::Server;

const URL: &str = "OPENTACT_TEST_SERVER";

#[tokio::test(flavor = "multi_thread")]
async fn requests_to_loopback_bypass_the_proxy() {
    if let Ok(url) = std::env::var(URL) {
        let client = Client::builder("token").base_url(url).build().unwrap();
        client.list_groups().send().await.unwrap();
        return;
    }
    let (server, proxy) = (Server::start().await, Server::start().await);
    let mut command = child::command("proxy::requests_to_loopback_bypass_the_proxy");
    command
        .env(URL, &server.url)
        .env("http_proxy", &proxy.url)
        .env("HTTP_PROXY", &proxy.url)
        .env_remove("no_proxy")
        .env_remove("NO_PROXY");
    child::pass(&mut command);
    assert_eq!(server.requests().len(), 1);
    assert!(proxy.requests().is_empty());
}
