//! The commands on groups, and the output and exit codes of all commands.

use std::io::Read as _;
use std::process::Stdio;
use std::time::Duration;

use opentact_sandbox::Fault;

use crate::support::{
    ALICE, BOB, UNKNOWN, assert_session, opentact, sandbox, sandbox_with_users, session, stdout,
    transcript,
};

#[tokio::test(flavor = "multi_thread")]
async fn group_commands_print_tables() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            "group list",
            &format!("group create Sales --user {ALICE}"),
            &format!("group add Sales {BOB} alice"),
            "group users Sales",
            "group show Sales",
            "group rename Sales 'Sales EMEA'",
            "group remove 'Sales EMEA' alice bob",
            "group remove 'Sales EMEA' alice",
            "group users 'Sales EMEA'",
            &format!("group set-users 'Sales EMEA' {BOB} alice --yes"),
            "group set-users 'Sales EMEA' --empty --yes",
            "group list",
            "group delete 'Sales EMEA' --yes",
            "group list --quiet",
        ]
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn group_commands_with_output_json_print_one_document() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            "group list --output json",
            "group create Sales --output json",
            &format!("group add Sales {BOB} {UNKNOWN} --output json"),
            "group show Sales --output json",
            &format!("group set-users Sales {ALICE} --yes --output json --quiet"),
            "group users Sales --output json",
            "group users Sales --output json --show-secrets",
            "group remove Sales alice --output json",
            "group delete Sales --yes --output json",
        ]
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn group_commands_with_quiet_print_uuids_only() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            &format!("group create Sales --user {ALICE} -q"),
            &format!("group add Sales {BOB} {UNKNOWN} -q"),
            "group list -q",
            "group users Sales -q",
            "group delete Sales --yes -q",
        ]
    ), @r"
    $ opentact group create Sales --user a11ce000-0000-0000-0000-000000000001 -q
    <group>
    [0]

    $ opentact group add Sales b0b00000-0000-0000-0000-000000000002 00000000-0000-0000-0000-000000000003 -q
    b0b00000-0000-0000-0000-000000000002
    ! `00000000-0000-0000-0000-000000000003` was not added to `Sales`: there is no SIP user 00000000-0000-0000-0000-000000000003 (404 Not Found)
    ! error: 1 of 2 users were not added to `Sales`
    [3]

    $ opentact group list -q
    <group>
    [0]

    $ opentact group users Sales -q
    a11ce000-0000-0000-0000-000000000001
    b0b00000-0000-0000-0000-000000000002
    [0]

    $ opentact group delete Sales --yes -q
    <group>
    [0]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn group_users_with_show_secrets_prints_digests() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            &format!("group create Sales --user {ALICE} -q"),
            "group users Sales --show-secrets",
        ]
    ), @r"
    $ opentact group create Sales --user a11ce000-0000-0000-0000-000000000001 -q
    <group>
    [0]

    $ opentact group users Sales --show-secrets
    UUID                                  LOGIN  NAME  PHONE  EMAIL  HA1                               HA1B
    a11ce000-0000-0000-0000-000000000001  alice                      0f7a1c5be2d94830a6b1f3c8d7e92045
    [0]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn group_commands_with_verbose_log_each_request() {
    let sandbox = sandbox().await;
    sandbox.inject(Fault::status(503)).unwrap();
    let commands = [
        "-v group users Sales",
        "group create Sales --quiet",
        "-v group users Sales --quiet",
    ];
    assert_session!(session(&sandbox, &commands), @r"
    $ opentact -v group users Sales
    ! The base URL is set by OPENTACT_BASE_URL.
    ! GET http://127.0.0.1:<port>/rest/app/group 503 <n> ms
    ! GET http://127.0.0.1:<port>/rest/app/group 200 <n> ms
    ! error: you have no group `Sales`
    ! hint: `opentact group list` shows your groups
    [3]

    $ opentact group create Sales --quiet
    <group>
    [0]

    $ opentact -v group users Sales --quiet
    ! The base URL is set by OPENTACT_BASE_URL.
    ! GET http://127.0.0.1:<port>/rest/app/group 200 <n> ms
    ! GET http://127.0.0.1:<port>/rest/app/group/<group>/users 200 <n> ms
    [0]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn verbose_with_a_format_for_programs_logs_each_request_as_json() {
    let sandbox = sandbox().await;
    let list = ["group", "list", "-v", "--output", "json"];
    let output = opentact(&sandbox).args(list).output().unwrap();
    let log: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(log["request"]["method"], "GET", "{log}");
    assert_eq!(log["request"]["status"], 200, "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn help_fits_the_terminal_and_shows_only_options_that_mean_something() {
    let sandbox = sandbox().await;
    let help = |command| {
        let mut opentact = opentact(&sandbox);
        let opentact = opentact.env("COLUMNS", "40").args([command, "--help"]);
        String::from_utf8(opentact.output().unwrap().stdout).unwrap()
    };
    let group = help("group");
    let mut lines = group.lines().filter(|line| !line.starts_with("Usage:"));
    assert!(lines.all(|line| line.chars().count() <= 40), "{group}");
    assert!(group.contains("--token-file"), "{group}");
    assert!(!help("profile").contains("--token-file"));
    assert!(help("sandbox").contains("Print only the URL"));
}

#[tokio::test(flavor = "multi_thread")]
async fn ambiguous_or_unknown_name_is_refused() {
    let sandbox = sandbox().await;
    let session = session(
        &sandbox,
        &[
            "group create Sales -q",
            &format!("group create Sales -q --user {ALICE}"),
            "group rename Sales Support",
            "group delete Sales --yes",
            "group show sales",
            "group add Sales bob",
            "group create Support --user bob",
            "group list -q",
        ],
    );
    assert_session!(session);
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_command_exits_with_the_documented_code() {
    let sandbox = sandbox().await;
    stdout(&sandbox, &["group", "create", "Sales"]);
    sandbox
        .inject(Fault::status(500).times(3).operation("list_groups"))
        .unwrap();
    let with = |variables: &[(&str, &str)], line: &str| {
        let mut command = opentact(&sandbox);
        let output = command
            .envs(variables.iter().copied())
            .args(line.split(' '))
            .output();
        let variables = variables
            .iter()
            .map(|(name, value)| format!("{name}={value} "));
        format!(
            "$ {}opentact {line}\n{}\n",
            variables.collect::<String>(),
            transcript(&output.unwrap())
        )
    };
    let url = "OPENTACT_BASE_URL";
    let token = "OPENTACT_HA1B_TOKEN";
    let mut sessions = with(&[], "group list");
    sessions += &with(&[], "group list -q");
    sessions += &with(&[(url, "http://127.0.0.1:1")], "group list");
    sessions += &with(&[(url, "http://example.com")], "group list");
    let no_rest = format!("http://{}", sandbox.address());
    sessions += &with(&[(url, &no_rest)], "group show Sales");
    sessions += &with(&[(url, "")], "group list");
    let elsewhere = format!("group list -q --base-url {}", sandbox.url());
    sessions += &with(&[(url, "http://example.com")], &elsewhere);
    sessions += &with(&[], "group create ab");
    sessions += &with(&[], "group delete Sales");
    sessions += &with(&[], "group show Support");
    sessions += &with(&[], &format!("group users {UNKNOWN}"));
    sessions += &with(&[], &format!("group add Sales {UNKNOWN}"));
    sessions += &with(&[(token, "guessed")], "group list");
    sessions += &with(&[(token, "")], "group list");
    sessions += &with(&[], "group list --token-file /nowhere/token");
    let uuid = stdout(&sandbox, &["group", "list", "-q"]);
    let delete = format!("group delete {} --yes", uuid.trim());
    sessions += &with(&[(token, &sandbox.token("bob"))], &delete);
    assert_session!(sessions);
    let usage = opentact(&sandbox)
        .args(["group", "paint"])
        .output()
        .unwrap();
    assert_eq!(usage.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn token_file_replaces_the_environment_variable() {
    let sandbox = sandbox().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("{}\n", sandbox.token("alice"))).unwrap();
    let mut command = opentact(&sandbox);
    command.env_remove("OPENTACT_HA1B_TOKEN");
    let without = command.args(["group", "list"]).output().unwrap();
    assert!(transcript(&without).starts_with("! error: there is no token\n"));
    let with = command
        .env("OPENTACT_HA1B_TOKEN", "another token")
        .arg("--token-file")
        .arg(file.path())
        .output()
        .unwrap();
    assert_eq!(with.status.code(), Some(0), "{}", transcript(&with));
}

#[tokio::test(flavor = "multi_thread")]
async fn add_and_remove_after_partial_failure_change_only_the_rest() {
    let (sandbox, uuids) = sandbox_with_users(50).await;
    let run = |arguments: &[&str]| {
        let mut command = opentact(&sandbox);
        command.args(arguments).args(&uuids).output().unwrap()
    };
    stdout(&sandbox, &["group", "create", "Everyone"]);
    for command in ["add", "remove"] {
        let operation = format!("{command}_group_user");
        for fault in [
            // The request for all users.
            Fault::status(409).operation("add_group_users"),
            Fault::status(409).times(7).operation(operation),
        ] {
            sandbox.inject(fault).unwrap();
        }
        let first = run(&["group", command, "Everyone"]);
        let notes = String::from_utf8(first.stderr).unwrap();
        assert_eq!(first.status.code(), Some(1));
        assert_eq!(notes.matches(" was not ").count(), 7, "{notes}");
        assert!(notes.contains("error: 7 of 50 users were not"), "{notes}");
        let again = run(&["group", command, "Everyone"]);
        let table = String::from_utf8(again.stdout).unwrap();
        assert_eq!(again.status.code(), Some(0));
        assert_eq!(table.matches("unchanged").count(), 43, "{table}");
        let left = opentact(&sandbox)
            .args(["group", "users", "Everyone", "-q"])
            .output()
            .unwrap();
        let left = left.stdout.split(|byte| *byte == b'\n').count() - 1;
        assert_eq!(left, if command == "add" { 50 } else { 0 });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn remove_with_one_slow_request_sends_the_others_concurrently() {
    let (sandbox, uuids) = sandbox_with_users(20).await;
    stdout(&sandbox, &["group", "create", "Everyone"]);
    let add = ["group", "add", "Everyone"].into_iter();
    let add: Vec<_> = add.chain(uuids.iter().map(String::as_str)).collect();
    stdout(&sandbox, &add);
    let hour = Fault::delay(Duration::from_secs(3600));
    sandbox.inject(hour.operation("remove_group_user")).unwrap();
    let mut remove = opentact(&sandbox);
    remove.args(["group", "remove", "Everyone"]).args(&uuids);
    let mut remove = remove.stdout(Stdio::null()).spawn().unwrap();
    // While one of the requests takes an hour, all others are carried out.
    let left = || {
        stdout(&sandbox, &["group", "users", "Everyone", "-q"])
            .lines()
            .count()
    };
    assert!((0..1_000).any(|_| left() == 1));
    assert_eq!(remove.try_wait().unwrap(), None);
    remove.kill().unwrap();
    remove.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_pipe_is_no_error() {
    let sandbox = sandbox().await;
    for arguments in [
        &["completions", "zsh"][..],
        &["group", "list", "--output", "json"],
    ] {
        let mut command = opentact(&sandbox);
        let command = command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let mut notes = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut notes)
            .unwrap();
        assert_eq!(
            (child.wait().unwrap().code(), notes.as_str()),
            (Some(0), "")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn help_describes_the_commands() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &["help", "help group", "group delete --help"]
    ));
}
