//! Group commands on a pseudo-terminal: questions, and Ctrl-C in the middle of a change.

use std::time::Duration;

use opentact_sandbox::Fault;

use crate::group_sync::Plan;
use crate::group_users::team;
use crate::support::{opentact, stdout};
use crate::terminal::{finish, on_terminal};

#[tokio::test(flavor = "multi_thread")]
async fn set_users_shows_who_comes_and_goes_and_asks() {
    let sandbox = team().await;
    stdout(
        &sandbox,
        &["group", "create", "Big", "--user", "alice", "--user", "bob"],
    );
    let users = || stdout(&sandbox, &["group", "users", "Big", "-q"]);
    let set_users = ["group", "set-users", "Big", "bob", "carol"];

    // As in `set-users Big $(cat empty)`.
    let (shown, code) = finish(on_terminal(
        opentact(&sandbox),
        &["group", "set-users", "Big"],
    ));
    assert!(shown.contains("pass --empty"), "{shown}");
    assert_eq!((code, users().lines().count()), (2, 2));

    let mut session = on_terminal(opentact(&sandbox), &set_users);
    session.exp_string("add to `Big`: carol").unwrap();
    session.exp_string("remove from `Big`: alice").unwrap();
    session
        .exp_string("Change the users of `Big` (1 comes, 1 goes)? [y/N]")
        .unwrap();
    session.send_line("n").unwrap();
    let (rest, code) = finish(session);
    assert!(rest.contains("nothing was changed"), "{rest}");
    assert_eq!((code, users().contains("00000001-")), (1, true));

    let mut session = on_terminal(opentact(&sandbox), &set_users);
    session.exp_string("[y/N]").unwrap();
    session.send_control('d').unwrap();
    let (rest, code) = finish(session);
    assert!(rest.contains("nothing was changed"), "{rest}");
    assert_eq!((code, users().contains("00000001-")), (1, true));

    let mut session = on_terminal(opentact(&sandbox), &set_users);
    session.exp_string("[y/N]").unwrap();
    session.send_line("y").unwrap();
    assert_eq!(finish(session).1, 0);
    assert!(!users().contains("00000001-"));
}

#[tokio::test(flavor = "multi_thread")]
async fn remove_repeated_after_ctrl_c_removes_the_rest() {
    let sandbox = team().await;
    let logins = ["bob", "carol", "dave", "erin"];
    let mut create = vec!["group", "create", "Big"];
    create.extend(logins.iter().flat_map(|login| ["--user", login]));
    stdout(&sandbox, &create);
    let hour = Fault::delay(Duration::from_secs(3600));
    sandbox.inject(hour.operation("remove_group_user")).unwrap();
    let mut remove = vec!["group", "remove", "Big"];
    remove.extend(logins);

    let mut session = on_terminal(opentact(&sandbox), &remove);
    session.exp_string("3/4 users").unwrap();
    session.send_control('c').unwrap();
    let (rest, code) = finish(session);
    let message = "interrupted: 3 of 4 users are removed from `Big`, and 1 may be";
    assert!(rest.contains(message), "{rest}");
    assert!(rest.contains("the same command again is safe"), "{rest}");
    assert_eq!(code, 130);

    let (shown, code) = finish(on_terminal(opentact(&sandbox), &remove));
    assert_eq!(shown.matches("unchanged").count(), 3, "{shown}");
    assert_eq!(shown.matches("removed").count(), 1, "{shown}");
    assert_eq!(code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn results_and_failures_name_what_was_typed() {
    let sandbox = team().await;
    stdout(&sandbox, &["group", "create", "Big"]);
    for operation in ["add_group_users", "add_group_user", "add_group_user"] {
        let refused = Fault::status(409).operation(operation);
        sandbox.inject(refused).unwrap();
    }
    let add = ["group", "add", "Big", "carol", "00000004"];
    let (shown, code) = finish(on_terminal(opentact(&sandbox), &add));
    for expected in [
        "`carol` was not added to `Big`: an injected fault (409 Conflict)",
        "`00000004` was not added to `Big`: an injected fault (409 Conflict)",
        "2 of 2 users were not added to `Big`",
    ] {
        assert!(shown.contains(expected), "{shown}");
    }
    for wrong in ["add_group_user", "{uuid}", "again"] {
        assert!(!shown.contains(wrong), "{shown}");
    }
    assert_eq!(code, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn sync_shows_its_plan_and_asks() {
    let plan = Plan::new().await;
    let before = stdout(&plan.sandbox, &["group", "export"]);
    let sync = ["group", "sync", "groups.yaml"];
    let start = || {
        let mut command = opentact(&plan.sandbox);
        command.current_dir(plan.folder());
        on_terminal(command, &sync)
    };
    let mut session = start();
    session
        .exp_string("rename `Support` to `Helpdesk`")
        .unwrap();
    session.exp_string("Make these 4 changes? [y/N]").unwrap();
    session.send_line("").unwrap();
    assert_eq!(finish(session).1, 1);
    assert_eq!(stdout(&plan.sandbox, &["group", "export"]), before);
    let mut session = start();
    session.exp_string("[y/N]").unwrap();
    session.send_line("yes").unwrap();
    let (rest, code) = finish(session);
    assert!(rest.contains("renamed `Support` to `Helpdesk`"), "{rest}");
    assert_eq!(code, 0);
    let (rest, code) = finish(start());
    assert!(rest.contains("There is nothing to change."), "{rest}");
    assert_eq!(code, 0);
}
