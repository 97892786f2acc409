//! The examples, as somebody runs them: with `cargo run`, against a server on this machine.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::process::{Command, Output};

use support::faults::Does;
use support::faulty::FaultyServer;
use support::{ALICE, BOB, GROUP, Server, secrets};

fn run(example: &str, arguments: &[String], base_url: &str) -> Output {
    Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--package",
            "opentact-api",
            "--example",
            example,
            "--",
        ])
        .args(arguments)
        .env("OPENTACT_HA1B_TOKEN", secrets::TOKEN)
        .env("OPENTACT_BASE_URL", base_url)
        .output()
        .unwrap()
}

/// What an example that succeeds prints.
fn prints(example: &str, arguments: &[String], base_url: &str) -> String {
    let output = run(example, arguments, base_url);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A server that answers every operation with a group, or with a user in it.
async fn company() -> FaultyServer {
    let server = FaultyServer::start(Does::Close).await;
    server.behave().await;
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn list_groups() {
    let server = company().await;
    insta::assert_snapshot!(prints("list_groups", &[], &server.url), @r"
    0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41 Sales
        alice
    groups: 1
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn create_group() {
    let server = Server::start().await;
    let arguments = ["Sales".to_owned(), ALICE.to_string(), BOB.to_string()];
    insta::assert_snapshot!(prints("create_group", &arguments, &server.url), @r"
    0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41 Sales
    users: 0
    ");
    let requests = server.requests();
    let bodies: Vec<&str> = requests
        .iter()
        .map(|request| request.body.as_str())
        .collect();
    insta::assert_snapshot!(bodies.join("\n"), @r#"
    {"name":"Sales"}
    {"users":["5f0c9b1e-2d47-4c1a-8f6b-93c7e0a4b812","c2d1a7f4-6b3e-4f0d-9a55-1e8b7d90c6a3"]}
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn handle_errors() {
    let server = company().await;
    let group = [GROUP.to_string()];
    assert_eq!(
        prints("handle_errors", &group, &server.url),
        "Sales is gone\n"
    );
    let output = run("handle_errors", &["4711".to_owned()], &server.url);
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.ends_with("=> mend the program, or what it was given\n"),
        "{printed}"
    );

    let unsound = FaultyServer::start(Does::Answer(
        "429 Too Many Requests",
        "retry-after: 60\r\n",
        r#"{"success": false, "message": "too many requests", "status": 429}"#.into(),
    ))
    .await;
    let output = run("handle_errors", &group, &unsound.url);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @r"
    delete_group (DELETE /app/group/{uuid}): the service refused, status 429 Too Many Requests: too many requests (wait 60s before the next request)
    => come back in 60s
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn timeouts_and_retries() {
    let server = FaultyServer::start(Does::AnswerOnce("503 Service Unavailable", "", vec![])).await;
    insta::assert_snapshot!(prints("timeouts_and_retries", &[], &server.url), @r"
    list_groups (GET /app/group): the service refused, status 503 Service Unavailable
    groups: 1
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn share_client() {
    let server = company().await;
    insta::assert_snapshot!(prints("share_client", &[], &server.url), @"Sales has users: 1");
}
