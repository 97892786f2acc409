//! The command `opentact group set-users`, and dry runs of all commands that change a group.

use crate::gate::{Gate, Hold};
use crate::group_users::{team, through};
use crate::support::{assert_session, session, stdout, transcript};

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
    ! error: cannot ask for confirmation without a terminal
    ! hint: pass --yes to confirm
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
    ! error: cannot ask for confirmation without a terminal
    ! hint: pass --yes to confirm
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
    delete `Sales`, users 2
    ! Nothing was changed, because of --dry-run.
    [0]
    ");
    assert_eq!(gate.close(), [""; 0]);
}
