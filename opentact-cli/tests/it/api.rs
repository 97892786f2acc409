//! `opentact api`: any operation of the spec.

use std::io::Write as _;
use std::process::Stdio;

use opentact_sandbox::{Fault, Sandbox};

use crate::support::{
    ALICE, BOB, assert_session, opentact, opentact_of_account, sandbox, session,
    session_of_account, stdout, success, transcript,
};

#[tokio::test(flavor = "multi_thread")]
async fn api_sends_operations_by_name_and_by_path() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            "api list_groups",
            &format!(
                "api create_group -F name=Sales -F users[]={}",
                BOB.to_uppercase()
            ),
            "api GET /app/group --output csv --columns name,users",
            "api GetSIPGroupsListApp --output jsonl --columns name",
            "api list_groups --output table --columns name,users",
        ]
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn api_refuses_what_does_not_fit_the_spec_before_it_is_sent() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            "api list_group",
            "api PUT /app/group",
            "api update_group -F nam=Sales",
            "api update_group -F uuid=7 -F name=ab",
            "api list_groups -F size=1",
            "api list_groups --paginate",
            "api create_group --input /nowhere.json",
            "api create_group -F name",
            "api",
        ]
    ));
    assert!(sandbox.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn api_lists_and_describes_operations() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            "api --list dictionaries",
            "api --list nothing-of-this-name",
            "api --list gtts --output json",
            "api add_group_users --describe",
        ]
    ));
    let list = stdout(&sandbox, &["api", "--list", "--quiet"]);
    assert_eq!(list.lines().count(), opentact_api::OPERATIONS.len());
    assert!(sandbox.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn api_with_dry_run_prints_the_request_without_secrets() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            &format!("api PATCH /app/group/{ALICE} -F name=Sales --dry-run"),
            "api create_sip_domain_user -F domain=a -F login=b -F password=hunter2 --dry-run --output yaml",
            "api delete_token -F token=hunter2 --dry-run --output jsonl",
        ]
    ));
    assert!(sandbox.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn api_reads_the_body_and_values_from_standard_input() {
    let sandbox = sandbox().await;
    let name = |arguments: &[&str], input: &str| {
        let mut command = opentact(&sandbox);
        let command = command.args(["api", "create_group"]).args(arguments);
        let child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = child.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", transcript(&output));
        let group: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (
            group["name"].clone(),
            group["users"].as_array().unwrap().len(),
        )
    };
    let user = format!("users[]={BOB}");
    assert_eq!(
        name(&["--input", "-"], r#"{"name": "Sales"}"#),
        ("Sales".into(), 0)
    );
    assert_eq!(
        name(&["--input", "-", "-F", &user], r#"{"name": "Sales"}"#),
        ("Sales".into(), 1)
    );
    assert_eq!(
        name(&["-F", "name=@-"], "Sales EMEA\n"),
        ("Sales EMEA".into(), 0)
    );
    assert_eq!(name(&["-f", "name=@home"], ""), ("@home".into(), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn api_with_paginate_requests_all_pages() {
    let sandbox = sandbox().await;
    let numbers = |arguments: &[&str]| {
        let mut command = opentact_of_account(&sandbox);
        let command = command.args(["api", "search_telephone_numbers", "--output", "csv"]);
        let output = command
            .args(["--columns", "tn"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", transcript(&output));
        String::from_utf8(output.stdout).unwrap().lines().count() - 1
    };
    assert_eq!(numbers(&["--paginate", "-F", "size=15"]), 40);
    assert_eq!(
        numbers(&["--paginate", "-F", "size=15", "-F", "page=2"]),
        25
    );
    // From another page than the first one on, an empty page is the end.
    assert_eq!(sandbox.requests().len(), 3 + 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn api_with_include_prints_status_and_headers() {
    let sandbox = sandbox().await;
    sandbox
        .inject(Fault::raw(
            "HTTP/1.1 201 Created\r\nx-request-id: 7\r\nset-cookie: session=secret\r\ncontent-length: 31\r\n\r\n{\"success\":true,\"payload\":null}",
        ))
        .unwrap();
    assert_session!(session_of_account(&sandbox, &["api list_countries -i"]));
    sandbox
        .inject(Fault::raw(
            "HTTP/1.1 403 Forbidden\r\ncontent-length: 46\r\n\r\n{\"success\":false,\"message\":\"no\",\"status\":403}\n",
        ))
        .unwrap();
    assert_session!(session(&sandbox, &["api list_groups -i"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn api_sends_the_token_that_the_operation_accepts() {
    let sandbox = sandbox().await;
    // The sandbox refuses a token of any other scheme.
    for operation in ["list_groups", "list_sip_domains", "list_countries"] {
        let mut command = opentact_of_account(&sandbox);
        let output = command.args(["api", operation]).output().unwrap();
        assert!(output.status.success(), "{}", transcript(&output));
    }
    // Without a token, public operations work, and others are refused before anything is sent.
    let without = |operation: &str| {
        let mut command = opentact(&sandbox);
        command.env_remove("OPENTACT_HA1B_TOKEN").args([
            "api",
            operation,
            "-F",
            "email=a@b.example",
        ]);
        command.output().unwrap().status.success()
    };
    assert!(without("request_user_password_reset"));
    assert!(!without("list_sip_domains"));
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_of_responses_are_masked_unless_asked_for() {
    let sandbox = sandbox().await;
    let token =
        r#"{"uuid": "a11ce000-0000-0000-0000-000000000001", "name": "ci", "token": "secret"}"#;
    let mut shown = String::new();
    for line in [
        "api create_token -F name=ci",
        "api create_token -F name=ci --show-secrets",
    ] {
        sandbox.inject(success(token)).unwrap();
        shown += &session_of_account(&sandbox, &[line]);
    }
    assert_session!(shown);
}

/// Runs a shell command with `opentact` in its path.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn api_fits_into_a_pipe() {
    let sandbox: Sandbox = sandbox().await;
    let mut command = std::process::Command::new("sh");
    let program = env!("CARGO_BIN_EXE_opentact");
    let script = format!(
        r#"printf '{{"name": "Sales"}}' | {program} api create_group --input - --output jsonl --columns name"#
    );
    command
        .args(["-c", &script])
        .env("OPENTACT_BASE_URL", sandbox.url());
    let output = command
        .env("OPENTACT_HA1B_TOKEN", sandbox.token("alice"))
        .output()
        .unwrap();
    assert_eq!(transcript(&output), "{\"name\":\"Sales\"}\n[0]\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn paginate_ends_if_the_service_sends_the_same_page_again() {
    let sandbox = sandbox().await;
    let page = r#"{"data": [{"tn": 12025550160}, {"tn": 12025550161}]}"#;
    let fault = success(page).operation("search_telephone_numbers");
    sandbox.inject(fault.times(3)).unwrap();
    let line = "api search_telephone_numbers --paginate";
    let session = session_of_account(&sandbox, &[line]);
    let failure = "the service sends the same page again\n[1]";
    assert!(session.contains(failure), "{session}");
}
