//! The command `opentact group set-users`, and dry runs of all commands that change a group.

use std::process::Stdio;

use crate::gate::{Gate, Hold};
use crate::group_users::{interrupt, team, through};
use crate::support::{assert_session, session, stdout, success, transcript};

#[tokio::test(flavor = "multi_thread")]
async fn set_users_shows_the_change_and_empties_a_group_only_with_empty() {
    let sandbox = team().await;
    assert_session!(session(
        &sandbox,
        &[
            "group create Sales --user alice --user bob -q",
            "group set-users Sales",
            "group set-users Sales --yes",
            "group set-users Sales bob carol",
            "group set-users Sales bob --empty --yes",
            "group set-users Sales bob carol --yes",
            "group set-users Sales carol bob --yes",
            "group set-users Sales --empty",
            "group set-users Sales --empty --yes",
        ]
    ), @"
    $ opentact group create Sales --user alice --user bob -q
    <group>
    [0]

    $ opentact group set-users Sales
    ! error: no SIP users are named
    ! hint: pass --empty to remove everybody from the group
    [2]

    $ opentact group set-users Sales --yes
    ! error: no SIP users are named
    ! hint: pass --empty to remove everybody from the group
    [2]

    $ opentact group set-users Sales bob carol
    ! add to `Sales`: carol
    ! remove from `Sales`: alice
    ! error: cannot ask for confirmation without a terminal
    ! hint: pass --yes to confirm, or --dry-run to see the plan
    [2]

    $ opentact group set-users Sales bob --empty --yes
    ! error: the argument '[USER]...' cannot be used with '--empty'
    ! 
    ! Usage: opentact group set-users --yes <GROUP> <USER>...
    ! 
    ! For more information, try '--help'.
    [2]

    $ opentact group set-users Sales bob carol --yes
    UUID                                  NAME   OWNER  USERS  MODIFIED
    <group>                               Sales  alice  2      <time>
    ! add to `Sales`: carol
    ! remove from `Sales`: alice
    [0]

    $ opentact group set-users Sales carol bob --yes
    UUID                                  NAME   OWNER  USERS  MODIFIED
    <group>                               Sales  alice  2      <time>
    ! The group has these users already.
    [0]

    $ opentact group set-users Sales --empty
    ! remove from `Sales`: bob, carol
    ! error: cannot ask for confirmation without a terminal
    ! hint: pass --yes to confirm, or --dry-run to see the plan
    [2]

    $ opentact group set-users Sales --empty --yes
    UUID                                  NAME   OWNER  USERS  MODIFIED
    <group>                               Sales  alice  0      <time>
    ! remove from `Sales`: bob, carol
    [0]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_run_of_every_command_changes_nothing() {
    let sandbox = team().await;
    stdout(
        &sandbox,
        &[
            "group", "create", "Sales", "--user", "alice", "--user", "bob",
        ],
    );
    let gate = Gate::start(sandbox.address(), Hold::Nothing);
    let mut all = String::new();
    for line in [
        "group create Support --user 00000003 --dry-run",
        "group create ab --dry-run",
        "group rename sales Support --dry-run",
        "group add Sales bob carol --dry-run",
        "group add Sales bob --dry-run",
        "group remove Sales bob carol --dry-run",
        "group set-users Sales bob carol --dry-run",
        "group set-users Sales --empty --dry-run",
        "group set-users Sales --empty --dry-run --output csv",
        "group add Sales carol --dry-run --output csv --columns action,users",
        "group delete Sales --dry-run",
    ] {
        let output = through(&gate, &sandbox).args(line.split(' ')).output();
        all += &format!("$ opentact {line}\n{}\n", transcript(&output.unwrap()));
    }
    assert_session!(all, @"
    $ opentact group create Support --user 00000003 --dry-run
    create `Support` with 00000003
    ! Nothing was changed, because of --dry-run.
    [0]

    $ opentact group create ab --dry-run
    ! error: the name `ab` has 2 characters; 3 to 80 are allowed
    [2]

    $ opentact group rename sales Support --dry-run
    rename `sales` to `Support`
    ! Nothing was changed, because of --dry-run.
    [0]

    $ opentact group add Sales bob carol --dry-run
    add to `Sales`: carol
    ! Nothing was changed, because of --dry-run.
    [0]

    $ opentact group add Sales bob --dry-run
    ! There is nothing to change.
    [0]

    $ opentact group remove Sales bob carol --dry-run
    remove from `Sales`: bob
    ! Nothing was changed, because of --dry-run.
    [0]

    $ opentact group set-users Sales bob carol --dry-run
    add to `Sales`: carol
    remove from `Sales`: alice
    ! Nothing was changed, because of --dry-run.
    [0]

    $ opentact group set-users Sales --empty --dry-run
    remove from `Sales`: alice, bob
    ! Nothing was changed, because of --dry-run.
    [0]

    $ opentact group set-users Sales --empty --dry-run --output csv
    uuid,action,name,new_name,users,outcome
    <group>,remove,Sales,,2,
    [0]

    $ opentact group add Sales carol --dry-run --output csv --columns action,users
    action,users
    add,1
    [0]

    $ opentact group delete Sales --dry-run
    delete `Sales` (<uuid>), which has 2 users
    ! Nothing was changed, because of --dry-run.
    [0]
    ");
    assert_eq!(gate.close(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn set_users_refuses_to_replace_users_whom_it_cannot_show() {
    let sandbox = team().await;
    let groups = r#"[{"uuid": "00000000-0000-4000-8000-000000000009", "name": "Big", "users": [{"login": "ghost"}]}]"#;
    let groups = success(groups).operation("list_groups");
    sandbox.inject(groups).unwrap();
    assert_session!(session(&sandbox, &["group set-users Big bob --yes"]), @"
    $ opentact group set-users Big bob --yes
    ! error: the service does not tell the UUIDs of all users of `Big`, so they cannot be replaced
    [1]
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn create_interrupted_says_that_the_group_may_be_created() {
    let sandbox = team().await;
    let gate = Gate::start(sandbox.address(), Hold::After(0));
    let mut create = through(&gate, &sandbox);
    let create = create.args(["group", "create", "Sales"]);
    let create = create.stdout(Stdio::piped()).stderr(Stdio::piped());
    let create = create.spawn().unwrap();
    gate.wait_until_held();
    interrupt(&create);
    assert_session!(transcript(&create.wait_with_output().unwrap()), @"
    ! error: interrupted: the service may have done it
    ! hint: check with `opentact group list` before you repeat it
    [130]
    ");
}
