//! Every command, as somebody types it and as it is shown.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use opentact_sandbox::{Fault, Sandbox};
use support::{ALICE, BOB, NOBODY, done, opentact, sandbox, seen, session};

#[tokio::test(flavor = "multi_thread")]
async fn a_group_from_beginning_to_end() {
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
            &format!("group set-users 'Sales EMEA' {BOB} alice"),
            "group set-users 'Sales EMEA'",
            "group list",
            "group delete 'Sales EMEA' --yes",
            "group list --quiet",
        ]
    ),);
}

#[tokio::test(flavor = "multi_thread")]
async fn as_json() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            "group list --output json",
            "group create Sales --output json",
            &format!("group add Sales {BOB} {NOBODY} --output json"),
            "group show Sales --output json",
            &format!("group set-users Sales {ALICE} --output json --quiet"),
            "group users Sales --output json",
            "group users Sales --output json --show-secrets",
            "group remove Sales alice --output json",
            "group delete Sales --yes --output json",
        ]
    ),);
}

#[tokio::test(flavor = "multi_thread")]
async fn uuids_only() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            &format!("group create Sales --user {ALICE} -q"),
            &format!("group add Sales {BOB} {NOBODY} -q"),
            "group list -q",
            "group users Sales -q",
            "group delete Sales --yes -q",
        ]
    ),);
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_shown_where_that_is_asked_for() {
    let sandbox = sandbox().await;
    assert_session!(session(
        &sandbox,
        &[
            &format!("group create Sales --user {ALICE} -q"),
            "group users Sales --show-secrets",
        ]
    ),);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_shown_where_that_is_asked_for() {
    let sandbox = sandbox().await;
    sandbox.inject(Fault::status(503)).unwrap();
    let commands = [
        "-v group users Sales",
        "group create Sales --quiet",
        "-v group users Sales --quiet",
    ];
    assert_session!(session(&sandbox, &commands),);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_are_not_clear() {
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
    assert_session!(session,);
}

/// What the service sends is not carried out by the terminal.
#[tokio::test(flavor = "multi_thread")]
async fn what_would_control_the_terminal() {
    let sandbox = sandbox().await;
    let bell = "Sales\u{7}\u{1b}[2J";
    let create = opentact(&sandbox)
        .args(["group", "create", bell])
        .output()
        .unwrap();
    assert!(
        seen(&create).contains("Sales\u{fffd}\u{fffd}[2J"),
        "{}",
        seen(&create)
    );
    let missing = opentact(&sandbox)
        .args(["group", "show", "\u{1b}[2J"])
        .output()
        .unwrap();
    assert!(!seen(&missing).contains('\u{1b}'), "{}", seen(&missing));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_exit_code() {
    let sandbox = sandbox().await;
    done(&sandbox, &["group", "create", "Sales"]);
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
            seen(&output.unwrap())
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
    sessions += &with(&[], &format!("group users {NOBODY}"));
    sessions += &with(&[], &format!("group add Sales {NOBODY}"));
    sessions += &with(&[(token, "guessed")], "group list");
    sessions += &with(&[(token, "")], "group list");
    sessions += &with(&[], "group list --token-file /nowhere/token");
    let uuid = done(&sandbox, &["group", "list", "-q"]);
    let delete = format!("group delete {} --yes", uuid.trim());
    sessions += &with(&[(token, &sandbox.token("bob"))], &delete);
    assert_session!(sessions,);
    let usage = opentact(&sandbox)
        .args(["group", "paint"])
        .output()
        .unwrap();
    assert_eq!(usage.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_in_a_file() {
    let sandbox = sandbox().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("{}\n", sandbox.token("alice"))).unwrap();
    let mut command = opentact(&sandbox);
    command.env_remove("OPENTACT_HA1B_TOKEN");
    let without = command.args(["group", "list"]).output().unwrap();
    assert_eq!(
        seen(&without),
        "! error: there is no token; set OPENTACT_HA1B_TOKEN, or name a file with --token-file\n[2]\n"
    );
    let with = command
        .arg("--token-file")
        .arg(file.path())
        .output()
        .unwrap();
    assert_eq!(with.status.code(), Some(0), "{}", seen(&with));
}

/// Many users at once, of whom some fail, and then none.
#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_fails_in_part_is_repeated() {
    let users: Vec<_> = (0..50)
        .map(|number| opentact_sandbox::User::new(format!("user-{number}")))
        .collect();
    let alice = opentact_sandbox::User::new("alice");
    let sandbox = Sandbox::builder().user(alice).users(users).check_answers();
    let sandbox = sandbox.start().await.unwrap();
    let run = |words: &[&str]| {
        let uuids =
            (0..50).map(|number| sandbox.uuid(&format!("user-{number}")).unwrap().to_string());
        opentact(&sandbox).args(words).args(uuids).output().unwrap()
    };
    done(&sandbox, &["group", "create", "Everyone"]);
    for command in ["add", "remove"] {
        let operation = format!("{command}_group_user");
        sandbox
            .inject(Fault::status(409).times(7).operation(operation))
            .unwrap();
        let first = run(&["group", command, "Everyone"]);
        let notes = String::from_utf8(first.stderr).unwrap();
        assert_eq!(first.status.code(), Some(1));
        assert_eq!(notes.lines().count(), 8, "{notes}");
        assert!(
            notes.contains("error: 7 of 50 users could not be"),
            "{notes}"
        );
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

/// Whoever reads has read enough: that is no error.
#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_that_is_closed() {
    let sandbox = sandbox().await;
    for words in [
        &["completions", "zsh"][..],
        &["group", "list", "--output", "json"],
    ] {
        let mut command = opentact(&sandbox);
        let command = command
            .args(words)
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
async fn completions_and_help() {
    let sandbox = sandbox().await;
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = opentact(&sandbox)
            .args(["completions", shell])
            .output()
            .unwrap();
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(script.contains("set-users"), "{shell}");
    }
    assert_session!(session(
        &sandbox,
        &["help", "help group", "group delete --help"]
    ),);
}

/// The sandbox of the binary: announced, usable, and stopped as a service is.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox() {
    let other = sandbox().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), r#"[{"login": "zoe", "token": "t0"}]"#).unwrap();
    for signal in ["INT", "TERM"] {
        let mut command = opentact(&other);
        command
            .args(["sandbox", "--port", "0", "--users"])
            .arg(file.path());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        stdout.read_line(&mut first).unwrap();
        let url = first.trim().strip_prefix("Base URL   ").unwrap();
        let mut list = opentact(&other);
        list.env("OPENTACT_BASE_URL", url)
            .env("OPENTACT_HA1B_TOKEN", "t0");
        assert!(list.args(["group", "list"]).status().unwrap().success());
        let pid = child.id().to_string();
        let kill = std::process::Command::new("kill")
            .args(["-s", signal, &pid])
            .status();
        assert!(kill.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).unwrap();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut rest)
            .unwrap();
        assert!(rest.contains("zoe") && !rest.contains("t0"), "{rest}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sandboxes_that_do_not_start() {
    let other = sandbox().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "[]").unwrap();
    let port = other.address().port().to_string();
    let mut sessions = String::new();
    for words in [
        &["--port", port.as_str()][..],
        &["--address", "0.0.0.0", "--port", "0"],
        &["--users", "/nowhere/users.json"],
        &["--users", file.path().to_str().unwrap()],
    ] {
        let mut command = opentact(&other);
        let output = command.arg("sandbox").args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", seen(&output));
        sessions += &format!(
            "$ opentact sandbox {}\n{}\n",
            words.join(" "),
            seen(&output)
        );
    }
    let sessions = sessions.replace(&port, "<port>");
    let sessions = sessions.replace(file.path().to_str().unwrap(), "<file>");
    assert_session!(sessions,);
}
