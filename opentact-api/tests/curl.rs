//! What each operation sends is what curl sends when it runs the vendor's own command.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests

mod support;

use std::process::Command;

use opentact_api::Client;
use serde_json::Value;
use support::{ALICE, GROUP, Recorded, Server, TOKEN};

/// The vendor's documented commands, each behind a comment with its operation id.
const COMMANDS: &str = include_str!("../../openapi/vendor/commands.sh");
/// The name that stands for the vendor's placeholder.
const NAME: &str = "Night shift";

/// Headers that curl sends of itself, and whose values are its own.
const CURL_HEADERS: [&str; 1] = ["user-agent"];

/// Runs the vendor's command for an operation with real values for its placeholders.
fn run_curl(operation: &str, url: &str) {
    let marker = format!("# {operation}\n");
    let start = COMMANDS.find(&marker).expect("the operation has a command") + marker.len();
    let command = COMMANDS[start..].split("\n\n").next().unwrap();
    let command = command
        .replace("https://api.opentact.org/rest", url)
        .replace("{sip_user_uuid}", &ALICE.to_string())
        .replace("{uuid}", &GROUP.to_string())
        .replace("HA1B_TOKEN", TOKEN)
        .replace(r#"\"name\":\"string\""#, &format!(r#"\"name\":\"{NAME}\""#))
        .replace(r#"[\"string\"]"#, &format!(r#"[\"{ALICE}\"]"#));
    assert!(
        !command.contains("string"),
        "a placeholder is left: {command}"
    );
    let output = Command::new("sh")
        .args(["-c", &command])
        .env("no_proxy", "127.0.0.1")
        .output()
        .expect("sh runs");
    assert!(
        output.status.success(),
        "curl is needed for this test: {output:?}"
    );
}

async fn run_client(client: &Client, operation: &str) {
    let sent = match operation {
        "GetSIPGroupsListApp" => client.list_groups().send().await.is_ok(),
        "CreateSIPUserGroupApp" => {
            let request = client.create_group();
            let request = request.body_map(|body| body.name(NAME).users(vec![ALICE]));
            request.send().await.is_ok()
        }
        "ModifySIPUserGroupApp" => {
            let request = client.update_group().uuid(GROUP);
            let request = request.body_map(|body| body.name(NAME).users(vec![ALICE]));
            request.send().await.is_ok()
        }
        "RemoveSIPUserGroupApp" => client.delete_group().uuid(GROUP).send().await.is_ok(),
        "GetSIPUserGroupUsersApp" => client.list_group_users().uuid(GROUP).send().await.is_ok(),
        "AddSIPUsersToSIPUserGroupApp" => {
            let request = client.add_group_users().uuid(GROUP);
            request
                .body_map(|body| body.users(vec![ALICE]))
                .send()
                .await
                .is_ok()
        }
        "AddSIPUserToSIPUserGroupApp" => {
            let request = client.add_group_user().uuid(GROUP);
            request.sip_user_uuid(ALICE).send().await.is_ok()
        }
        "RemoveSIPUserFromSIPUserGroupApp" => {
            let request = client.remove_group_user().uuid(GROUP);
            request.sip_user_uuid(ALICE).send().await.is_ok()
        }
        _ => panic!("the client has no method for {operation}"),
    };
    assert!(sent, "{operation} succeeds");
}

fn json(request: &Recorded) -> Option<Value> {
    (!request.body.is_empty()).then(|| serde_json::from_str(&request.body).unwrap())
}

fn header_names(request: &Recorded) -> Vec<&str> {
    request
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_sends_what_the_documented_commands_send() {
    let server = Server::start().await;
    let client = server.client();
    let operations: Vec<&str> = COMMANDS
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .collect();
    assert_eq!(operations.len(), 8);
    for operation in operations {
        run_curl(operation, &server.url);
        run_client(&client, operation).await;
        let requests = server.requests();
        let [curl, ours] = requests.as_slice() else {
            panic!("{operation}: two requests were expected: {requests:?}");
        };
        assert_eq!(ours.method, curl.method, "{operation}");
        assert_eq!(ours.path, curl.path, "{operation}");
        assert_eq!(json(ours), json(curl), "{operation}");
        assert_eq!(header_names(ours), header_names(curl), "{operation}");
        for (name, value) in &curl.headers {
            let is_length = name == "content-length"; // the order of properties is free
            if !CURL_HEADERS.contains(&name.as_str()) && !is_length {
                assert_eq!(
                    ours.header(name),
                    Some(value.as_str()),
                    "{operation}: {name}"
                );
            }
        }
    }
}
