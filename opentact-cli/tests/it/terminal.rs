//! Questions, colours and the progress bar, on a pseudo-terminal.

use std::process::{Command, Stdio};
use std::time::Duration;

use opentact_sandbox::Fault;
use rexpect::session::{PtySession, spawn_command};

use crate::support::{UNKNOWN, opentact, sandbox, sandbox_with_users, stdout, success};

/// The milliseconds after which a session that waits for text fails.
const TIMEOUT: u64 = 30_000;

pub(crate) fn on_terminal(mut command: Command, arguments: &[&str]) -> PtySession {
    command.args(arguments).env("TERM", "xterm");
    // The terminal, instead of the empty stdin of other tests.
    command.stdin(Stdio::inherit());
    spawn_command(command, Some(TIMEOUT)).unwrap()
}

/// Waits for the end of a session, and returns the rest of its output and the exit code.
pub(crate) fn finish(mut session: PtySession) -> (String, i32) {
    let rest = session.exp_eof().unwrap();
    // `Exited(Pid(4711), 0)`: rexpect does not export the type.
    let status = format!("{:?}", session.process_mut().wait().unwrap());
    let code = status
        .strip_suffix(')')
        .and_then(|status| status.split(", ").nth(1));
    (rest, code.unwrap().parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn delete_asks_for_confirmation() {
    let sandbox = sandbox().await;
    stdout(&sandbox, &["group", "create", "Sales"]);
    let mut session = on_terminal(opentact(&sandbox), &["group", "delete", "Sales"]);
    session.exp_string("Delete `Sales` (").unwrap();
    session.send_line("n").unwrap();
    let (rest, code) = finish(session);
    assert!(rest.contains("nothing was changed"), "{rest}");
    assert_eq!(code, 1);
    assert!(stdout(&sandbox, &["group", "list"]).contains("Sales"));
    let mut session = on_terminal(opentact(&sandbox), &["group", "delete", "Sales"]);
    session.exp_string("Delete `Sales` (").unwrap();
    session.send_line("y").unwrap();
    let (rest, code) = finish(session);
    assert!(rest.contains("Deleted group Sales."), "{rest}");
    assert_eq!(code, 0);
    assert_eq!(stdout(&sandbox, &["group", "list"]), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn delete_of_a_group_with_unreadable_users_does_not_ask() {
    let sandbox = sandbox().await;
    let payload = format!(r#"[{{"uuid": "{UNKNOWN}", "name": "Sales", "users": 7}}]"#);
    let fault = success(&payload).operation("list_groups");
    sandbox.inject(fault).unwrap();
    let session = on_terminal(opentact(&sandbox), &["group", "delete", "Sales"]);
    let (rest, code) = finish(session);
    assert!(
        rest.contains("cannot be read: `payload[0].users`"),
        "{rest}"
    );
    assert!(!rest.contains("[y/N]"), "{rest}");
    assert_eq!(code, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn delete_interrupted_at_the_question_restores_the_cursor() {
    let sandbox = sandbox().await;
    stdout(&sandbox, &["group", "create", "Sales"]);
    let mut session = on_terminal(opentact(&sandbox), &["group", "delete", "Sales"]);
    session.exp_string("[y/N]").unwrap();
    // Lets the question start to wait for a key.
    std::thread::sleep(Duration::from_millis(200));
    session.send_control('c').unwrap();
    let rest = session.exp_eof().unwrap();
    let hidden = rest.matches("\u{1b}[?25l").count();
    assert_eq!(hidden, rest.matches("\u{1b}[?25h").count(), "{rest:?}");
    assert!(stdout(&sandbox, &["group", "list"]).contains("Sales"));
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_token_is_asked_for_and_not_echoed() {
    let sandbox = sandbox().await;
    let mut command = opentact(&sandbox);
    command.env_remove("OPENTACT_HA1B_TOKEN");
    let mut session = on_terminal(command, &["group", "list"]);
    session.exp_string("token").unwrap();
    session.send_line(&sandbox.token("alice")).unwrap();
    let (rest, code) = finish(session);
    assert!(rest.contains("You have no groups"), "{rest}");
    assert!(!rest.contains(&sandbox.token("alice")), "{rest}");
    assert_eq!(code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn remove_many_users_shows_a_progress_bar() {
    let (sandbox, uuids) = sandbox_with_users(20).await;
    stdout(&sandbox, &["group", "create", "Everyone"]);
    let add = ["group", "add", "Everyone"].into_iter();
    let add: Vec<_> = add.chain(uuids.iter().map(String::as_str)).collect();
    stdout(&sandbox, &add);
    let delay = Fault::delay(Duration::from_millis(200)).times(20);
    sandbox
        .inject(delay.operation("remove_group_user"))
        .unwrap();
    let mut command = opentact(&sandbox);
    command.args(["group", "remove", "Everyone"]).args(uuids);
    let mut session = on_terminal(command, &[]);
    session.exp_string("8/20 users").unwrap();
    let (rest, code) = finish(session);
    assert_eq!(rest.matches("removed").count(), 20, "{rest}");
    assert_eq!(code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn output_has_colours_only_on_a_terminal_without_no_color() {
    const BOLD: &str = "\u{1b}[1m";
    let sandbox = sandbox().await;
    stdout(&sandbox, &["group", "create", "Sales"]);
    let list = ["group", "list"];
    let (shown, _) = finish(on_terminal(opentact(&sandbox), &list));
    assert!(shown.contains(&format!("{BOLD}UUID")), "{shown}");
    let mut plain = opentact(&sandbox);
    plain.env("NO_COLOR", "1");
    let (shown, _) = finish(on_terminal(plain, &list));
    assert!(
        shown.contains("UUID") && !shown.contains('\u{1b}'),
        "{shown}"
    );
    assert!(!stdout(&sandbox, &["group", "list"]).contains('\u{1b}'));
}
