//! The commands `opentact group add` and `remove`: many users, lists in files, interruptions.

use std::io::Write as _;
use std::process::{Child, Command, Stdio};

use opentact_sandbox::{Fault, Sandbox, User};

use crate::gate::{Gate, Hold};
use crate::support::{UNKNOWN, assert_session, opentact, session, stdout, transcript};

const LOGINS: [&str; 6] = ["alice", "bob", "carol", "dave", "erin", "frank"];

/// Starts a sandbox with a few users. The UUID of each starts with its number.
pub(crate) async fn team() -> Sandbox {
    let users = LOGINS.iter().zip(1..).map(|(login, number)| {
        let uuid = format!("{number:08}-0000-0000-0000-000000000000");
        User::new(*login).property("uuid", uuid)
    });
    let sandbox = Sandbox::builder().users(users).check_responses();
    sandbox.start().await.unwrap()
}

/// Returns `opentact` with a gate between it and the sandbox.
pub(crate) fn through(gate: &Gate, sandbox: &Sandbox) -> Command {
    let mut command = opentact(sandbox);
    command.env("OPENTACT_BASE_URL", gate.url());
    command
}

/// Sends the signal of Ctrl-C.
pub(crate) fn interrupt(child: &Child) {
    let pid = child.id().to_string();
    let sent = Command::new("/bin/kill").args(["-INT", &pid]).status();
    assert!(sent.unwrap().success());
}

/// Returns the logins in a group, sorted.
fn logins(sandbox: &Sandbox, group: &str) -> Vec<String> {
    let users = [
        "group",
        "users",
        group,
        "--output",
        "csv",
        "--columns",
        "login",
    ];
    let mut logins: Vec<_> = stdout(sandbox, &users).lines().map(str::to_owned).collect();
    logins.remove(0);
    logins.sort();
    logins
}

#[tokio::test(flavor = "multi_thread")]
async fn add_sends_one_request_for_all_users() {
    let sandbox = team().await;
    stdout(&sandbox, &["group", "create", "Sales", "--user", "bob"]);
    let gate = Gate::start(sandbox.address(), Hold::Nothing);
    let add = [
        "group", "add", "sales", "bob", "carol", "00000004", "alice", "carol",
    ];
    let added = through(&gate, &sandbox).args(add).output().unwrap();
    insta::assert_snapshot!(transcript(&added), @"
    UUID                                  USER      OUTCOME
    00000002-0000-0000-0000-000000000000  bob       unchanged
    00000003-0000-0000-0000-000000000000  carol     added
    00000004-0000-0000-0000-000000000000  00000004  added
    00000001-0000-0000-0000-000000000000  alice     added
    [0]
    ");
    let changes = gate.close();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert!(changes[0].starts_with("POST "), "{changes:?}");
    assert_eq!(logins(&sandbox, "Sales"), ["alice", "bob", "carol", "dave"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn add_with_a_refused_user_names_this_one_and_adds_the_others() {
    let sandbox = team().await;
    assert_session!(session(
        &sandbox,
        &[
            "group create Sales -q",
            &format!("group add Sales bob {UNKNOWN} carol"),
            &format!("group add Sales {UNKNOWN}"),
            &format!("group add Sales dave {UNKNOWN} --output jsonl --columns user,outcome"),
            "group add Sales zoe carl",
            "group users Sales --output csv --columns login --sort login",
        ]
    ), @r#"
    $ opentact group create Sales -q
    <group>
    [0]

    $ opentact group add Sales bob 00000000-0000-0000-0000-000000000003 carol
    UUID                                  USER                                  OUTCOME
    00000002-0000-0000-0000-000000000000  bob                                   added
    00000000-0000-0000-0000-000000000003  00000000-0000-0000-0000-000000000003  failed
    00000003-0000-0000-0000-000000000000  carol                                 added
    ! The service refused the request for all users. Each is tried alone.
    ! `00000000-0000-0000-0000-000000000003` was not added to `Sales`: there is no SIP user 00000000-0000-0000-0000-000000000003 (404 Not Found)
    ! error: 1 of 3 users were not added to `Sales`
    [3]

    $ opentact group add Sales 00000000-0000-0000-0000-000000000003
    UUID                                  USER                                  OUTCOME
    00000000-0000-0000-0000-000000000003  00000000-0000-0000-0000-000000000003  failed
    ! error: `00000000-0000-0000-0000-000000000003` was not added to `Sales`: there is no SIP user 00000000-0000-0000-0000-000000000003 (404 Not Found)
    [3]

    $ opentact group add Sales dave 00000000-0000-0000-0000-000000000003 --output jsonl --columns user,outcome
    {"user":"dave","outcome":"added"}
    {"user":"00000000-0000-0000-0000-000000000003","outcome":"failed"}
    ! {"error":{"kind":"not_found","message":"1 of 2 users were not added to `Sales`"}}
    [3]

    $ opentact group add Sales zoe carl
    ! error: 2 of the SIP users are not in your domain: `zoe`, `carl` (did you mean `carol`?)
    ! hint: `opentact user list` shows the users of your domain
    [3]

    $ opentact group users Sales --output csv --columns login --sort login
    login
    bob
    carol
    dave
    [0]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn remove_repeated_after_a_kill_passes_over_what_is_done() {
    let sandbox = team().await;
    stdout(
        &sandbox,
        &[
            "group", "create", "Sales", "--user", "bob", "--user", "carol",
        ],
    );
    let gate = Gate::start(sandbox.address(), Hold::After(0));
    let mut command = through(&gate, &sandbox);
    let mut remove = command
        .args(["group", "remove", "Sales", "bob"])
        .spawn()
        .unwrap();
    gate.wait_until_held();
    remove.kill().unwrap();
    remove.wait().unwrap();
    assert_eq!(gate.close().len(), 1);
    assert_session!(session(
        &sandbox,
        &["group remove Sales bob carol dave", "group users Sales"]
    ), @"
    $ opentact group remove Sales bob carol dave
    UUID                                  USER   OUTCOME
    00000002-0000-0000-0000-000000000000  bob    unchanged
    00000003-0000-0000-0000-000000000000  carol  removed
    00000004-0000-0000-0000-000000000000  dave   unchanged
    [0]

    $ opentact group users Sales
    ! This group has no users.
    [0]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn remove_interrupted_says_what_was_done_and_that_it_can_be_repeated() {
    let sandbox = team().await;
    let mut create = vec!["group", "create", "Sales"];
    create.extend(LOGINS.iter().flat_map(|login| ["--user", login]));
    stdout(&sandbox, &create);
    let gate = Gate::start(sandbox.address(), Hold::Before(3));
    let mut remove = through(&gate, &sandbox);
    remove.args(["group", "remove", "Sales"]).args(LOGINS);
    let remove = remove.stdout(Stdio::piped()).stderr(Stdio::piped());
    let remove = remove.spawn().unwrap();
    gate.wait_until_held();
    interrupt(&remove);
    // All others have their response within the time that requests get after Ctrl-C.
    let output = transcript(&remove.wait_with_output().unwrap());
    assert!(
        output.ends_with(
            "! error: interrupted: 5 of 6 users are removed from `Sales`, and 1 may be\n\
         ! hint: the same command again is safe: it passes over users who are removed\n[130]\n"
        ),
        "{output}"
    );
    assert_eq!(output.matches("  removed\n").count(), 5, "{output}");
    assert_eq!(output.matches("  unknown\n").count(), 1, "{output}");
    assert_eq!(logins(&sandbox, "Sales").len(), 1);
    let mut again = vec!["group", "remove", "Sales"];
    again.extend(LOGINS);
    let again = stdout(&sandbox, &again);
    assert_eq!(again.matches(" unchanged\n").count(), 5, "{again}");
    assert_eq!(logins(&sandbox, "Sales"), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn add_interrupted_says_that_the_users_may_be_added() {
    let sandbox = team().await;
    stdout(&sandbox, &["group", "create", "Sales"]);
    let gate = Gate::start(sandbox.address(), Hold::After(0));
    let mut add = through(&gate, &sandbox);
    add.args(["group", "add", "Sales", "bob", "carol", "-q"]);
    let add = add.stdout(Stdio::piped()).stderr(Stdio::piped());
    let add = add.spawn().unwrap();
    gate.wait_until_held();
    interrupt(&add);
    let output = transcript(&add.wait_with_output().unwrap());
    insta::assert_snapshot!(output, @"
    ! error: interrupted: 0 of 2 users are added to `Sales`, and 2 may be
    ! hint: the same command again is safe: it passes over users who are added
    [130]
    ");
    let again = stdout(&sandbox, &["group", "add", "Sales", "bob", "carol"]);
    assert_eq!(again.matches(" unchanged\n").count(), 2, "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn users_come_from_a_file_or_standard_input() {
    let sandbox = team().await;
    stdout(&sandbox, &["group", "create", "Sales"]);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        std::fs::write(folder.path().join(name), content).unwrap();
    };
    file(
        "team.txt",
        "\u{feff}# the team\r\nbob\r\n\r\n  carol  \r\n".as_bytes(),
    );
    file("empty.txt", b"# nobody\n");
    file("bytes.txt", b"bob\n\xff\n");
    let run = |line: &str, input: &str| {
        let mut command = opentact(&sandbox);
        let command = command.current_dir(folder.path()).args(line.split(' '));
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        format!("$ opentact {line}\n{}\n", transcript(&output))
    };
    let mut all = run("group add Sales --from team.txt", "");
    all += &run("group add Sales dave --from -", "erin\nbob\n");
    all += &run("group set-users Sales --from team.txt --yes -q", "");
    all += &run("group set-users Sales --from empty.txt --yes", "");
    all += &run("group remove Sales --from empty.txt", "");
    all += &run("group add Sales --from bytes.txt", "");
    all += &run("group add Sales --from missing.txt", "");
    assert_session!(all, @"
    $ opentact group add Sales --from team.txt
    UUID                                  USER   OUTCOME
    00000002-0000-0000-0000-000000000000  bob    added
    00000003-0000-0000-0000-000000000000  carol  added
    [0]

    $ opentact group add Sales dave --from -
    UUID                                  USER  OUTCOME
    00000004-0000-0000-0000-000000000000  dave  added
    00000005-0000-0000-0000-000000000000  erin  added
    00000002-0000-0000-0000-000000000000  bob   unchanged
    [0]

    $ opentact group set-users Sales --from team.txt --yes -q
    <group>
    [0]

    $ opentact group set-users Sales --from empty.txt --yes
    ! error: empty.txt names no SIP users
    ! hint: pass --empty to remove everybody from the group
    [2]

    $ opentact group remove Sales --from empty.txt
    ! error: empty.txt names no SIP users
    ! hint: name them, or pass --from
    [2]

    $ opentact group add Sales --from bytes.txt
    ! error: cannot read bytes.txt: line 2 is not UTF-8
    [2]

    $ opentact group add Sales --from missing.txt
    ! error: cannot read missing.txt: No such file or directory (os error 2)
    [2]
    ");
    assert_eq!(logins(&sandbox, "Sales"), ["bob", "carol"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn remove_stops_after_a_refusal_that_concerns_all_users() {
    let sandbox = team().await;
    let mut create = vec!["group", "create", "Sales"];
    create.extend(LOGINS.iter().flat_map(|login| ["--user", login]));
    stdout(&sandbox, &create);
    let mut remove = vec!["group", "remove", "Sales", "--output", "json"];
    remove.extend(LOGINS);
    for _ in LOGINS {
        let refused = Fault::status(403).operation("remove_group_user");
        sandbox.inject(refused).unwrap();
    }
    let output = opentact(&sandbox).args(remove).output().unwrap();
    let failure = String::from_utf8(output.stderr).unwrap();
    insta::assert_snapshot!(failure.replace(&sandbox.url().to_string(), "<url>"), @r#"
    {"error":{"kind":"forbidden","message":"0 of 6 users are removed from `Sales`: an injected fault (403 Forbidden)","status":403,"operation":"DELETE /app/group/{uuid}/users/{sip_user_uuid}"}}
    "#);
    assert_eq!(output.status.code(), Some(4));
}
