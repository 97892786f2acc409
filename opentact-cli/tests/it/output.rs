//! The formats of results and of errors, columns, and the order of items.

use opentact_sandbox::Fault;

use crate::support::{
    ALICE, UNKNOWN, assert_session, opentact, sandbox, session, session_of_account, stdout,
    success, transcript,
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
    assert_session!(session(&sandbox, &lines), @r#"
    $ opentact group users 00000000-0000-0000-0000-000000000003 --json
    ! {"error":{"kind":"not_found","message":"`00000000-0000-0000-0000-000000000003`: cannot list the users of a group: there is no such group (404 Not Found from http://127.0.0.1:<port>, set by OPENTACT_BASE_URL)","status":404,"operation":"GET /app/group/{uuid}/users"}}
    [3]

    $ opentact group show Support --output yaml
    ! {"error":{"kind":"not_found","message":"you have no group `Support`","hint":"`opentact group list` shows your groups"}}
    [3]

    $ opentact group lst --json
    ! {"error":{"kind":"usage","message":"unrecognized subcommand 'lst'","hint":"a similar subcommand exists: 'list'"}}
    [2]

    $ opentact group rename Sales --output csv
    ! {"error":{"kind":"usage","message":"the following required arguments were not provided: <NAME>"}}
    [2]

    $ opentact group list --output xml
    ! error: invalid value 'xml' for '--output <FORMAT>'
    !   [possible values: table, json, jsonl, csv, yaml]
    ! 
    !   tip: a similar value exists: 'yaml'
    ! 
    ! For more information, try '--help'.
    [2]

    $ opentact completions zsh --token-file token --json
    ! {"error":{"kind":"usage","message":"`--json` means nothing to `opentact completions`"}}
    [2]
    "#);
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
    assert_session!(session(&sandbox, &lines), @"
    $ opentact completions zsh --token-file token
    ! error: `--token-file` means nothing to `opentact completions`
    ! 
    ! Usage: opentact completions [OPTIONS] [SHELL]
    ! 
    ! For more information, try '--help'.
    [2]

    $ opentact version --columns commit
    ! error: `--columns` means nothing to `opentact version`
    ! 
    ! Usage: opentact version [OPTIONS]
    ! 
    ! For more information, try '--help'.
    [2]

    $ opentact --sort name group show Sales
    ! error: `--sort` means nothing to `opentact group show`
    ! 
    ! Usage: opentact group show [OPTIONS] <GROUP>
    ! 
    ! For more information, try '--help'.
    [2]

    $ opentact --no-color --wide group list
    ! You have no groups; create one with `opentact group create <name>`.
    [0]
    ");
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
    assert_session!(session(&sandbox, &lines), @"
    $ opentact group list --timeout 100ms
    ! error: cannot list the groups of the current user: http://127.0.0.1:<port> (set by OPENTACT_BASE_URL) did not respond in time: the call took longer than <n> ms
    ! hint: --timeout allows more time
    [1]

    $ opentact group list --timeout 0s
    ! error: invalid value '0s' for '--timeout <TIME>': it is zero
    ! 
    ! For more information, try '--help'.
    [2]

    $ opentact group list --timeout 5d
    ! error: invalid value '5d' for '--timeout <TIME>': the unit is none of `ms`, `s`, `m` and `h`
    ! 
    ! For more information, try '--help'.
    [2]
    ");
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
    assert_session!(all, @r#"
    UUID      <group>
    Name      Sales\u{7}\u{1b}[2J\u{202e}\u{200b}\u{e0041}
    Owner     alice
    Created   <time>
    Modified  <time>
    Users     none
    [0]
    NAME
    Sales\u{7}\u{1b}[2J\u{202e}\u{200b}\u{e0041}
    [0]
    [
      {
        "name": "Sales\u0007\u001b[2J\u202e\u200b\udb40\udc41"
      }
    ]
    [0]
    - name: "Sales\u0007\u001b[2J\u202e\u200b\U000e0041"
    [0]
    ! error: you have no group `\u{1b}[2J\u{202e}`
    ! hint: `opentact group list` shows your groups
    [3]
    UUID                                  NAME                                          OWNER  USERS  MODIFIED
    <group>                               Sales\u{7}\u{1b}[2J\u{202e}\u{200b}\u{e0041}  alice  0      <time>
    ! Deleted group Sales\u{7}\u{1b}[2J\u{202e}\u{200b}\u{e0041}.
    [0]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_column_is_refused_before_anything_is_changed() {
    let sandbox = sandbox().await;
    let lines = [
        "number order 12025550160 --yes",
        "number release 12025550160 --yes",
        "number assign 12025550160 --connection a7d0c1e2-5b94-4f3d-8e61-2c9f04b7d835",
        "sms send 12025550143 Hello --sender 12025550160",
        "domain user create acme.example zoe",
        "domain user update acme.example alice --first-name Al",
        "domain user delete acme.example alice --yes",
        "group create Sales",
        "group rename Sales Support",
        "group delete Sales --yes",
        "group add Sales alice",
        "group remove Sales alice",
        "group set-users Sales alice --yes",
    ];
    for line in lines {
        let line = format!("{line} --columns colour");
        let session = session_of_account(&sandbox, &[&line]);
        assert!(session.contains("there is no column `colour`"), "{session}");
    }
    assert!(sandbox.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn csv_in_a_pipe_keeps_escape_sequences() {
    let sandbox = sandbox().await;
    let payload = format!(r#"[{{"uuid": "{ALICE}", "name": "a\u001b[31mb"}}]"#);
    let fault = success(&payload).operation("list_groups");
    sandbox.inject(fault).unwrap();
    let csv = stdout(
        &sandbox,
        &["group", "list", "--output", "csv", "--columns", "name"],
    );
    assert_eq!(csv, "name\r\na\u{1b}[31mb\r\n");
}
