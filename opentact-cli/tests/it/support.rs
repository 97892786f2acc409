//! A sandbox, commands against it, and transcripts of their output.

use std::process::{Command, Output, Stdio};

use opentact_sandbox::{Fault, Sandbox, User};

pub(crate) const ALICE: &str = "a11ce000-0000-0000-0000-000000000001";
pub(crate) const BOB: &str = "b0b00000-0000-0000-0000-000000000002";
pub(crate) const UNKNOWN: &str = "00000000-0000-0000-0000-000000000003";

/// Starts a sandbox with two users who have few properties, so that responses are short.
pub(crate) async fn sandbox() -> Sandbox {
    let alice = User::new("alice").property("uuid", ALICE);
    let alice = alice.property("ha1", "0f7a1c5be2d94830a6b1f3c8d7e92045");
    let bob = User::new("bob")
        .property("uuid", BOB)
        .property("first_name", "Bob");
    let sandbox = Sandbox::builder().user(alice).user(bob).check_responses();
    sandbox.start().await.unwrap()
}

/// Starts a sandbox with alice and `count` other users. Returns it with the UUIDs of the others.
pub(crate) async fn sandbox_with_users(count: usize) -> (Sandbox, Vec<String>) {
    let logins: Vec<_> = (0..count).map(|number| format!("user-{number}")).collect();
    let users = logins.iter().map(|login| User::new(login.as_str()));
    let sandbox = Sandbox::builder().user(User::new("alice")).users(users);
    let sandbox = sandbox.check_responses().start().await.unwrap();
    let uuids = logins.iter().map(|login| sandbox.uuid(login).unwrap());
    let uuids = uuids.map(|uuid| uuid.to_string()).collect();
    (sandbox, uuids)
}

/// Returns a success response with this payload.
pub(crate) fn success(payload: &str) -> Fault {
    let body = format!(r#"{{"success": true, "payload": {payload}}}"#);
    let length = body.len();
    Fault::raw(format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}"
    ))
}

/// Returns `opentact` with the token of alice.
pub(crate) fn opentact(sandbox: &Sandbox) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opentact"));
    command
        .env_clear()
        .env("OPENTACT_BASE_URL", sandbox.url())
        .env("OPENTACT_HA1B_TOKEN", sandbox.token("alice"))
        // No test reads the profiles or the keyring of the user who runs it.
        .env(
            "OPENTACT_CONFIG_DIR",
            concat!(env!("CARGO_TARGET_TMPDIR"), "/no-profiles"),
        )
        .stdin(Stdio::null());
    command
}

/// Runs a command that must succeed, and returns its stdout.
pub(crate) fn stdout(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let output = opentact(sandbox).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", transcript(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns stdout, stderr with `! ` before each line, and the exit code.
pub(crate) fn transcript(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let notes: String = text(&output.stderr)
        .lines()
        .map(|line| format!("! {line}\n"))
        .collect();
    let code = output.status.code().unwrap();
    format!("{}{notes}[{code}]\n", text(&output.stdout))
}

/// Returns `opentact` with the tokens of alice and of the account.
pub(crate) fn opentact_of_account(sandbox: &Sandbox) -> Command {
    let mut command = opentact(sandbox);
    command.env("OPENTACT_BEARER_TOKEN", sandbox.bearer_token());
    command
}

/// Runs command lines, and returns each with its transcript.
pub(crate) fn session(sandbox: &Sandbox, lines: &[&str]) -> String {
    session_of(|| opentact(sandbox), lines)
}

/// Runs command lines with the tokens of alice and of the account.
pub(crate) fn session_of_account(sandbox: &Sandbox, lines: &[&str]) -> String {
    session_of(|| opentact_of_account(sandbox), lines)
}

fn session_of(opentact: impl Fn() -> Command, lines: &[&str]) -> String {
    let mut session = String::new();
    for line in lines {
        let output = opentact().args(split(line)).output().unwrap();
        session += &format!("$ opentact {line}\n{}\n", transcript(&output));
    }
    session
}

/// Splits a command line at spaces, except inside of single quotes.
fn split(line: &str) -> impl Iterator<Item = &str> {
    line.split('\'').enumerate().flat_map(|(index, part)| {
        let arguments: Vec<_> = match index % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        };
        arguments
    })
}

/// Compares a session with a snapshot in which placeholders replace random values.
macro_rules! assert_session {
    ($session:expr $(, @$snapshot:literal)?) => {
        insta::with_settings!({filters => [
            (r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?( UTC|Z)", "<time>"),
            (r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12} ", "<group>                              "),
            (r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", "<group>"),
            (r"\([0-9a-f]{8}\)", "(<uuid>)"),
            (r"\d+ ms", "<n> ms"),
            (r"127.0.0.1:\d+", "127.0.0.1:<port>"),
            (r"/[^ `]*/([a-z.]+\.(toml|txt))", "<folder>/$1"),
        ]}, { insta::assert_snapshot!($session $(, @$snapshot)?) });
    };
}
pub(crate) use assert_session;
