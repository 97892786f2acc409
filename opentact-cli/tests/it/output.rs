//! The formats of results and of errors, columns, and the order of items.

use opentact_sandbox::Fault;

use crate::support::{
    ALICE, UNKNOWN, assert_session, opentact, sandbox, session, stdout, success, transcript,
};

#[tokio::test(flavor = "multi_thread")]
async fn list_is_printed_in_each_format() {
    let sandbox = sandbox().await;
    let payload = format!(
        r#"[{{"uuid": "{ALICE}", "name": "a, \"b\"", "users": [], "modified_on": "2026-01-02T03:04:05.678Z"}},
            {{"uuid": "{UNKNOWN}", "name": "yes", "users": [{{"login": "zoe"}}]}}]"#
    );
    let mut all = String::new();
    for line in [
        "group list --sort users",
        "group list --sort -users --columns name,users",
        "group list --jsonl",
        "group list --output jsonl",
        "group list --output jsonl --columns name,owner,users --sort -name",
        "group list --output csv",
        "group list --output csv --columns uuid,created",
        "group list --output yaml",
        "group list --columns name,colour",
        "group list --sort colour --json",
    ] {
        sandbox
            .inject(success(&payload).operation("list_groups"))
            .unwrap();
        all += &session(&sandbox, &[line]);
        sandbox.clear_faults();
    }
    assert_session!(all);
}

#[tokio::test(flavor = "multi_thread")]
async fn error_is_one_line_of_json_in_formats_for_programs() {
    let sandbox = sandbox().await;
    let lines = [
        &format!("group users {UNKNOWN} --json"),
        "group show Support --output yaml",
        "group lst --json",
        "group rename Sales --output csv",
        "group list --output xml",
        "completions zsh --token-file token --json",
    ];
    assert_session!(session(&sandbox, &lines), @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn option_that_means_nothing_to_a_command_is_refused() {
    let sandbox = sandbox().await;
    let lines = [
        "completions zsh --token-file token",
        "version --columns commit",
        "--sort name group show Sales",
        "--no-color --wide group list",
    ];
    assert_session!(session(&sandbox, &lines), @"");
    let help = stdout(&sandbox, &["completions", "--help"]);
    assert!(
        !help.contains("--token-file") && help.contains("--no-color"),
        "{help}"
    );
    let help = stdout(&sandbox, &["group", "delete", "--help"]);
    let place = |option: &str| help.find(option).unwrap();
    assert!(
        place("--yes") < place("--help") && place("--help") < place("--output"),
        "{help}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn version_names_the_commit() {
    let sandbox = sandbox().await;
    let version: serde_json::Value =
        serde_json::from_str(&stdout(&sandbox, &["version", "--json"])).unwrap();
    let commit = version["commit"].as_str().unwrap_or("unknown");
    let expected = format!("opentact {} (commit {commit})\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(stdout(&sandbox, &["version"]), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn timeout_ends_a_request_that_takes_longer() {
    let sandbox = sandbox().await;
    let hour = Fault::delay(std::time::Duration::from_secs(3600));
    sandbox.inject(hour.times(9)).unwrap();
    let lines = [
        "group list --timeout 100ms",
        "group list --timeout 0s",
        "group list --timeout 5d",
    ];
    assert_session!(session(&sandbox, &lines), @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn characters_that_a_terminal_hides_are_escapes_in_every_format() {
    let sandbox = sandbox().await;
    let name = "Sales\u{7}\u{1b}[2J\u{202e}\u{200b}\u{e0041}";
    stdout(&sandbox, &["group", "create", name]);
    let mut all = String::new();
    for arguments in [
        &["group", "show", name][..],
        &["group", "list", "--columns", "name"],
        &["group", "list", "--columns", "name", "--json"],
        &["group", "list", "--columns", "name", "--output", "yaml"],
        &["group", "show", "\u{1b}[2J\u{202e}"],
        &["group", "delete", name, "--yes"],
    ] {
        all += &transcript(&opentact(&sandbox).args(arguments).output().unwrap());
    }
    let is_hidden =
        |c: char| c != '\n' && (c.is_control() || "\u{202e}\u{200b}\u{e0041}".contains(c));
    assert!(!all.contains(is_hidden), "{all:?}");
    assert_session!(all, @"");
}
