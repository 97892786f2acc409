//! Sessions on a pseudo-terminal: tables that fit, prompts and the spinner.

use std::process::Command;
use std::time::Duration;

use opentact_sandbox::{Fault, Sandbox, User};
use rexpect::session::PtySession;

use crate::support::{ALICE, opentact, sandbox, stdout};
use crate::terminal::{finish, on_terminal};

/// Returns the command in a terminal with this number of columns. The arguments need no quotes.
fn narrow(sandbox: &Sandbox, columns: u16, line: &str) -> Command {
    let program = opentact(sandbox);
    let mut command = Command::new("sh");
    command.env_clear();
    for (name, value) in program.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.env("PATH", path).env("NO_COLOR", "1");
    let program = env!("CARGO_BIN_EXE_opentact");
    command.arg("-c").arg(format!(
        "stty rows 24 cols {columns}; exec {program} {line}"
    ));
    command
}

/// Returns a shell with the environment of `opentact`.
fn shell(sandbox: &Sandbox, script: &str) -> Command {
    let mut command = Command::new("sh");
    command.env_clear().args(["-c", script]);
    for (name, value) in opentact(sandbox).get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// Returns all output of a session, with the line breaks of a file.
fn shown(command: Command) -> String {
    let (text, _) = finish(on_terminal(command, &[]));
    text.replace("\r\n", "\n")
}

/// Starts a sandbox with users of all properties.
async fn company() -> Sandbox {
    let user = |number: u32, login: &str, first: &str, last: &str| {
        let user =
            User::new(login).property("uuid", format!("{number:08x}-0000-4000-8000-000000000001"));
        let user = user
            .property("first_name", first)
            .property("last_name", last);
        let user = user.property("phone_number", format!("+3225550{number:03}"));
        user.property("email", format!("{login}@acme.example"))
    };
    let sandbox = Sandbox::builder()
        .user(user(
            1,
            "alice",
            "Alice",
            "Liddell of Wonderland and Oxford",
        ))
        .user(user(2, "bob", "Bob", "Builder"));
    sandbox.start().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_fit_the_terminal_and_break_no_word() {
    let sandbox = company().await;
    let name = "Sales of the northern and the southern countries";
    let uuid = "00000002-0000-4000-8000-000000000001";
    stdout(&sandbox, &["group", "create", name, "--user", uuid]);
    stdout(&sandbox, &["group", "add", name, "alice"]);
    let uuid = stdout(&sandbox, &["group", "list", "-q"]);
    let uuid = uuid.trim();
    let mut all = String::new();
    for columns in [40, 60, 80, 120, 160] {
        for line in ["group list", "group users", "group show"] {
            let line = match line {
                "group list" => line.to_owned(),
                line => format!("{line} {uuid}"),
            };
            let text = shown(narrow(&sandbox, columns, &line));
            for line in text.lines() {
                assert!(line.chars().count() <= columns.into(), "{columns}: {line}");
            }
            all += &format!("{columns} columns\n{text}\n");
        }
    }
    all += &shown(narrow(&sandbox, 40, &format!("group users {uuid} --wide")));
    let all = all.replace(uuid, "<the UUID of the group, whole>      ");
    insta::assert_snapshot!(all.replace(&uuid[..8], "<8 char>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn uuids_with_the_same_start_stay_distinct() {
    let user = |login: &str, uuid: &str| User::new(login).property("uuid", uuid);
    let sandbox = Sandbox::builder()
        .user(user("alice", ALICE))
        .user(user("bob", "a11ce000-0000-0000-0000-000000000002"));
    let sandbox = sandbox.start().await.unwrap();
    stdout(&sandbox, &["group", "create", "Sales", "--user", ALICE]);
    stdout(&sandbox, &["group", "add", "Sales", "bob"]);
    let text = shown(narrow(&sandbox, 60, "group users Sales"));
    assert!(text.contains(ALICE), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_d_ends_a_prompt() {
    let sandbox = sandbox().await;
    stdout(&sandbox, &["group", "create", "Sales"]);
    let mut session = on_terminal(opentact(&sandbox), &["group", "delete", "Sales"]);
    session.exp_string("[y/N]").unwrap();
    session.send_control('d').unwrap();
    let (rest, code) = finish(session);
    assert!(rest.contains("no reply; nothing was changed"), "{rest}");
    assert_eq!(code, 1);
    let (rest, code) = finish(at_the_token(&sandbox, 'd'));
    assert!(rest.contains("no reply; nothing was changed"), "{rest}");
    assert_eq!(code, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_a_hidden_prompt_restores_the_terminal() {
    let sandbox = sandbox().await;
    let (rest, code) = finish(at_the_token(&sandbox, 'c'));
    assert!(rest.contains("interrupted; nothing was changed"), "{rest}");
    assert_eq!(code, 130);
    let program = env!("CARGO_BIN_EXE_opentact");
    let mut shell = shell(&sandbox, &format!("stty -g; {program} group list; stty -g"));
    shell.env_remove("OPENTACT_HA1B_TOKEN");
    let mut session = on_terminal(shell, &[]);
    let before = session.read_line().unwrap();
    session.exp_string("token").unwrap();
    std::thread::sleep(Duration::from_millis(200));
    session.send_control('c').unwrap();
    let (rest, _) = finish(session);
    assert_eq!(
        rest.lines().last().map(str::trim),
        Some(before.trim()),
        "{rest}"
    );
}

/// Starts a command that asks for the token, and presses a key with Ctrl.
fn at_the_token(sandbox: &Sandbox, key: char) -> PtySession {
    let mut command = opentact(sandbox);
    command.env_remove("OPENTACT_HA1B_TOKEN");
    let mut session = on_terminal(command, &["group", "list"]);
    session.exp_string("token").unwrap();
    // Lets the prompt start to wait for a key.
    std::thread::sleep(Duration::from_millis(200));
    session.send_control(key).unwrap();
    session
}

/// A name could otherwise turn the question around.
#[tokio::test(flavor = "multi_thread")]
async fn prompt_shows_escapes_for_hidden_characters() {
    let sandbox = sandbox().await;
    let name = "Sales\u{202e}\u{200b}\u{1b}[8m";
    stdout(&sandbox, &["group", "create", name]);
    let mut session = on_terminal(opentact(&sandbox), &["group", "delete", name]);
    let question = session.exp_string("[y/N]").unwrap();
    assert!(
        question.contains(r"Sales\u{202e}\u{200b}\u{1b}[8m"),
        "{question:?}"
    );
    assert!(!question.contains(['\u{202e}', '\u{200b}']), "{question:?}");
    session.send_line("n").unwrap();
    assert_eq!(finish(session).1, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_arguments_are_reported_before_the_token_is_asked_for() {
    let sandbox = sandbox().await;
    for (arguments, message) in [
        (
            &["group", "list", "--columns", "colour"][..],
            "there is no column `colour`",
        ),
        (
            &["group", "list", "--base-url", "localhost:1"],
            "has no scheme",
        ),
        (&["group", "create", "ab"], "3"),
    ] {
        let mut command = opentact(&sandbox);
        command.env_remove("OPENTACT_HA1B_TOKEN");
        let (text, code) = finish(on_terminal(command, arguments));
        assert!(text.contains(message), "{text}");
        assert!(!text.contains("token"), "{text}");
        assert_eq!(code, 2, "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn spinner_appears_only_after_half_a_second() {
    let sandbox = sandbox().await;
    for (delay, appears) in [(1_500, true), (0, false)] {
        let delay = Fault::delay(Duration::from_millis(delay));
        sandbox.inject(delay.operation("list_groups")).unwrap();
        let (text, code) = finish(on_terminal(opentact(&sandbox), &["group", "list"]));
        assert_eq!(text.contains("Loading the groups"), appears, "{text:?}");
        assert!(text.contains("You have no groups"), "{text:?}");
        assert_eq!(code, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_color_prints_no_escape() {
    let sandbox = sandbox().await;
    stdout(&sandbox, &["group", "create", "Sales"]);
    for arguments in [
        &["group", "list", "--no-color"][..],
        &["group", "show", "Support", "--no-color"],
        &["--no-color", "group", "--help"],
        &["group", "lst", "--no-color"],
    ] {
        let (text, _) = finish(on_terminal(opentact(&sandbox), arguments));
        assert!(!text.contains('\u{1b}'), "{arguments:?} {text:?}");
    }
}
