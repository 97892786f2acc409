//! Responses with optional properties that cannot be read.

use opentact_sandbox::Sandbox;

use crate::support::{ALICE, BOB, UNKNOWN, assert_session, sandbox, session, success};

/// Runs a command that receives this payload as the list of groups or users.
fn session_with_payload(sandbox: &Sandbox, operation: &str, json: &str, line: &str) -> String {
    sandbox.inject(success(json).operation(operation)).unwrap();
    session(sandbox, &[line])
}

#[tokio::test(flavor = "multi_thread")]
async fn change_that_depends_on_an_unreadable_value_fails() {
    let sandbox = sandbox().await;
    let users = r#"[{"login": "alice", "uuid": "x", "dob": 5}, {"login": "bob"}]"#;
    let mut all = String::new();
    for command in ["remove", "add"] {
        let line = format!("group {command} {UNKNOWN} {ALICE}");
        all += &session_with_payload(&sandbox, "list_group_users", users, &line);
    }
    let users = format!(r#"[{{"uuid": "{ALICE}", "login": 5, "dob": 5}}]"#);
    let line = "group create EMEA --user alice";
    all += &session_with_payload(&sandbox, "list_same_domain_users", &users, line);
    let groups = format!(r#"[{{"uuid": "{UNKNOWN}", "name": "Sales", "users": 7}}]"#);
    all += &session_with_payload(&sandbox, "list_groups", &groups, "group show Sales");
    assert_session!(all, @r#"
    $ opentact group remove 00000000-0000-0000-0000-000000000003 a11ce000-0000-0000-0000-000000000001
    ! error: the response has a value that cannot be read: `payload[0].uuid`: expected a UUID, found a string
    [1]

    $ opentact group add 00000000-0000-0000-0000-000000000003 a11ce000-0000-0000-0000-000000000001
    ! error: the response has a value that cannot be read: `payload[0].uuid`: expected a UUID, found a string
    [1]

    $ opentact group create EMEA --user alice
    ! error: the response has a value that cannot be read: `payload[0].login`: expected a string, found a number
    [1]

    $ opentact group show Sales
    ! error: the response has a value that cannot be read: `payload[0].users`: expected a list, found a number
    [1]
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_value_that_changes_nothing_is_a_warning() {
    let sandbox = sandbox().await;
    let users = format!(r#"[{{"login": "alice", "uuid": "{ALICE}", "email": 5}}]"#);
    let mut all = String::new();
    for line in [
        format!("group users {UNKNOWN}"),
        format!("group users {UNKNOWN} --output json"),
        format!("group add {UNKNOWN} {ALICE}"),
    ] {
        all += &session_with_payload(&sandbox, "list_group_users", &users, &line);
    }
    let groups = format!(
        r#"[{{"uuid": "{BOB}", "name": "All", "users": 7}}, {{"uuid": "{UNKNOWN}", "name": "Sales"}}]"#
    );
    for line in ["group list", "group show Sales --quiet"] {
        all += &session_with_payload(&sandbox, "list_groups", &groups, line);
    }
    assert_session!(all, @r#"
    $ opentact group users 00000000-0000-0000-0000-000000000003
    UUID                                  LOGIN  NAME  PHONE  EMAIL
    a11ce000-0000-0000-0000-000000000001  alice
    ! warning: the response has a value that cannot be read: `payload[0].email`: expected a string, found a number
    [0]

    $ opentact group users 00000000-0000-0000-0000-000000000003 --output json
    [
      {
        "uuid": "a11ce000-0000-0000-0000-000000000001",
        "login": "alice"
      }
    ]
    ! {"warning":{"message":"the response has a value that cannot be read: `payload[0].email`: expected a string, found a number"}}
    [0]

    $ opentact group add 00000000-0000-0000-0000-000000000003 a11ce000-0000-0000-0000-000000000001
    UUID                                  USER                                  OUTCOME
    a11ce000-0000-0000-0000-000000000001  a11ce000-0000-0000-0000-000000000001  unchanged
    ! warning: the response has a value that cannot be read: `payload[0].email`: expected a string, found a number
    [0]

    $ opentact group list
    UUID                                  NAME   OWNER  USERS  MODIFIED
    b0b00000-0000-0000-0000-000000000002  All           0
    00000000-0000-0000-0000-000000000003  Sales         0
    ! warning: the response has a value that cannot be read: `payload[0].users`: expected a list, found a number
    [0]

    $ opentact group show Sales --quiet
    00000000-0000-0000-0000-000000000003
    [0]
    "#);
}
