//! What is asked and shown on a terminal: sessions on a pseudo-terminal.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use opentact_sandbox::{Fault, Sandbox, User};
use rexpect::session::{PtySession, spawn_command};
use support::{ALICE, done, opentact, sandbox};

const PATIENCE: u64 = 10_000;

fn on_terminal(mut command: Command, words: &[&str]) -> PtySession {
    command.args(words).env("TERM", "xterm");
    // The terminal, not the nothing of other tests.
    command.stdin(Stdio::inherit());
    spawn_command(command, Some(PATIENCE)).unwrap()
}

fn exit_code(mut session: PtySession) -> (String, i32) {
    let rest = session.exp_eof().unwrap();
    // `Exited(Pid(4711), 0)`: rexpect does not export the type.
    let status = format!("{:?}", session.process_mut().wait().unwrap());
    let code = status
        .strip_suffix(')')
        .and_then(|status| status.split(", ").nth(1));
    (rest, code.unwrap().parse().unwrap())
}

fn names(sandbox: &Sandbox) -> String {
    done(sandbox, &["group", "list"])
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_asks() {
    let sandbox = sandbox().await;
    done(&sandbox, &["group", "create", "Sales"]);
    let mut session = on_terminal(opentact(&sandbox), &["group", "delete", "Sales"]);
    session.exp_string("Delete group Sales").unwrap();
    session.send_line("n").unwrap();
    let (rest, code) = exit_code(session);
    assert!(rest.contains("nothing was deleted"), "{rest}");
    assert_eq!(code, 1);
    assert!(names(&sandbox).contains("Sales"));
    let mut session = on_terminal(opentact(&sandbox), &["group", "delete", "Sales"]);
    session.exp_string("Delete group Sales").unwrap();
    session.send_line("y").unwrap();
    let (rest, code) = exit_code(session);
    assert!(rest.contains("Deleted group Sales."), "{rest}");
    assert_eq!(code, 0);
    assert_eq!(names(&sandbox), "");
}

/// Whoever interrupts the question gets the terminal back as it was, cursor included.
#[tokio::test(flavor = "multi_thread")]
async fn deleting_is_interrupted() {
    let sandbox = sandbox().await;
    done(&sandbox, &["group", "create", "Sales"]);
    let mut session = on_terminal(opentact(&sandbox), &["group", "delete", "Sales"]);
    session.exp_string("[y/N]").unwrap();
    // The question waits for a key from here on.
    std::thread::sleep(Duration::from_millis(200));
    session.send_control('c').unwrap();
    let rest = session.exp_eof().unwrap();
    let hidden = rest.matches("\u{1b}[?25l").count();
    assert_eq!(hidden, rest.matches("\u{1b}[?25h").count(), "{rest:?}");
    assert!(names(&sandbox).contains("Sales"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_is_asked_for_and_not_shown() {
    let sandbox = sandbox().await;
    let mut command = opentact(&sandbox);
    command.env_remove("OPENTACT_HA1B_TOKEN");
    let mut session = on_terminal(command, &["group", "list"]);
    session.exp_string("HA1B token").unwrap();
    session.send_line(&sandbox.token("alice")).unwrap();
    let (rest, code) = exit_code(session);
    assert!(rest.contains("You have no groups"), "{rest}");
    assert!(!rest.contains(&sandbox.token("alice")), "{rest}");
    assert_eq!(code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_users_are_changed_with_a_progress_bar() {
    let users: Vec<_> = (0..20)
        .map(|number| User::new(format!("user-{number}")))
        .collect();
    let alice = User::new("alice").property("uuid", ALICE);
    let sandbox = Sandbox::builder()
        .user(alice)
        .users(users)
        .start()
        .await
        .unwrap();
    done(&sandbox, &["group", "create", "Everyone"]);
    let delay = Fault::delay(Duration::from_millis(200)).times(20);
    sandbox.inject(delay.operation("add_group_user")).unwrap();
    let mut command = opentact(&sandbox);
    command.args(["group", "add", "Everyone"]);
    command
        .args((0..20).map(|number| sandbox.uuid(&format!("user-{number}")).unwrap().to_string()));
    let started = Instant::now();
    let mut session = on_terminal(command, &[]);
    session.exp_string("8/20 users").unwrap();
    let (rest, code) = exit_code(session);
    // One after the other, it would take four seconds.
    assert!(started.elapsed() < Duration::from_secs(3));
    assert_eq!(rest.matches("added").count(), 20, "{rest}");
    assert_eq!(code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn colours_are_for_terminals_that_want_them() {
    const BOLD: &str = "\u{1b}[1m";
    let sandbox = sandbox().await;
    done(&sandbox, &["group", "create", "Sales"]);
    let list = ["group", "list"];
    let (shown, _) = exit_code(on_terminal(opentact(&sandbox), &list));
    assert!(shown.contains(&format!("{BOLD}UUID")), "{shown}");
    let mut plain = opentact(&sandbox);
    plain.env("NO_COLOR", "1");
    let (shown, _) = exit_code(on_terminal(plain, &list));
    assert!(
        shown.contains("UUID") && !shown.contains('\u{1b}'),
        "{shown}"
    );
    assert!(!names(&sandbox).contains('\u{1b}'));
}
