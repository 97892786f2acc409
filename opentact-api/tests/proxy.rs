//! A token for a server on this machine does not take the way over a proxy. One test in a file
//! of its own: the proxy comes from the environment, which belongs to the whole process.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::process::Command;

use support::Server;

const CASE: &str = "OPENTACT_TEST_SERVER";

#[tokio::test(flavor = "multi_thread")]
async fn requests_to_this_machine_do_not_leave_it() {
    if let Ok(url) = std::env::var(CASE) {
        let client = opentact_api::Client::builder("token")
            .base_url(url)
            .build()
            .unwrap();
        client.list_groups().send().await.unwrap();
        return;
    }
    let (server, proxy) = (Server::start().await, Server::start().await);
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["requests_to_this_machine_do_not_leave_it", "--exact"])
        .env(CASE, &server.url)
        .env("http_proxy", &proxy.url)
        .env("HTTP_PROXY", &proxy.url)
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(server.requests().len(), 1);
    assert!(proxy.requests().is_empty());
}
