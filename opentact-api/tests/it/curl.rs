//! The requests of the client compared with those of the vendor's documented curl commands.

use std::process::Command;

use opentact_api::{Client, Error};
use serde_json::Value;

use crate::support::server::{Recorded, Server, TOKEN};
use crate::support::{ALICE, GROUP};

/// The vendor's commands, each after a comment with its operation id.
const COMMANDS: &str = include_str!("../../../openapi/vendor/commands.sh");
/// The value for the vendor's placeholder of a name.
const NAME: &str = "Night shift";
/// Headers whose values differ: curl has its own user agent, and properties have no fixed order.
const DIFFERING_HEADERS: [&str; 2] = ["content-length", "user-agent"];

#[tokio::test(flavor = "multi_thread")]
async fn each_operation_sends_what_its_documented_command_sends() {
    let server = Server::start().await;
    let client = server.client();
    let operations: Vec<&str> = COMMANDS
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .collect();
    assert_eq!(operations.len(), 8);
    for operation in operations {
        run_curl(operation, &server.url);
        run_client(&client, operation).await.unwrap();
        let requests = server.requests();
        let [curl, ours] = requests.as_slice() else {
            panic!("{operation}: expected two requests, got {requests:?}");
        };
        assert_eq!(ours.method, curl.method, "{operation}");
        assert_eq!(ours.path, curl.path, "{operation}");
        assert_eq!(json(ours), json(curl), "{operation}");
        assert_eq!(header_names(ours), header_names(curl), "{operation}");
        for (name, value) in &curl.headers {
            if !DIFFERING_HEADERS.contains(&name.as_str()) {
                let expected = Some(value.as_str());
                assert_eq!(ours.header(name), expected, "{operation}: {name}");
            }
        }
    }
}

/// Runs the vendor's command for an operation with values for its placeholders.
fn run_curl(operation: &str, url: &str) {
    let (_, command) = COMMANDS.split_once(&format!("# {operation}\n")).unwrap();
    let command = command.split("\n\n").next().unwrap();
    let command = command
        .replace("https://api.opentact.org/rest", url)
        .replace("{sip_user_uuid}", &ALICE.to_string())
        .replace("{uuid}", &GROUP.to_string())
        .replace("HA1B_TOKEN", TOKEN)
        .replace(r#"\"name\":\"string\""#, &format!(r#"\"name\":\"{NAME}\""#))
        .replace(r#"[\"string\"]"#, &format!(r#"[\"{ALICE}\"]"#));
    assert!(
        !command.contains("string"),
        "unknown placeholder: {command}"
    );
    let output = Command::new("sh")
        .args(["-c", &command])
        .env("no_proxy", "127.0.0.1")
        .output()
        .unwrap();
    assert!(output.status.success(), "this test needs curl: {output:?}");
}

async fn run_client(client: &Client, operation: &str) -> Result<(), Error> {
    match operation {
        "GetSIPGroupsListApp" => client.list_groups().send().await.map(drop),
        "CreateSIPUserGroupApp" => {
            let request = client.create_group();
            let request = request.body_map(|body| body.name(NAME).users(vec![ALICE]));
            request.send().await.map(drop)
        }
        "ModifySIPUserGroupApp" => {
            let request = client.update_group().uuid(GROUP);
            let request = request.body_map(|body| body.name(NAME).users(vec![ALICE]));
            request.send().await.map(drop)
        }
        "RemoveSIPUserGroupApp" => client.delete_group().uuid(GROUP).send().await.map(drop),
        "GetSIPUserGroupUsersApp" => client.list_group_users().uuid(GROUP).send().await.map(drop),
        "AddSIPUsersToSIPUserGroupApp" => {
            let request = client.add_group_users().uuid(GROUP);
            let request = request.body_map(|body| body.users(vec![ALICE]));
            request.send().await.map(drop)
        }
        "AddSIPUserToSIPUserGroupApp" => {
            let request = client.add_group_user().uuid(GROUP);
            request.sip_user_uuid(ALICE).send().await.map(drop)
        }
        "RemoveSIPUserFromSIPUserGroupApp" => {
            let request = client.remove_group_user().uuid(GROUP);
            request.sip_user_uuid(ALICE).send().await.map(drop)
        }
        _ => panic!("the client has no method for {operation}"),
    }
}

fn json(request: &Recorded) -> Option<Value> {
    (!request.body.is_empty()).then(|| serde_json::from_str(&request.body).unwrap())
}

fn header_names(request: &Recorded) -> Vec<&str> {
    let headers = request.headers.iter();
    headers.map(|(name, _)| name.as_str()).collect()
}
