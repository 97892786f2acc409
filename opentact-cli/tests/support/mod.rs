//! The real binary, against a real sandbox.
#![allow(dead_code)] // each test file uses a part of it
#![allow(clippy::unwrap_used)] // helpers of tests

use std::process::{Command, Output, Stdio};

use opentact_sandbox::{Sandbox, User};

pub(crate) const ALICE: &str = "a11ce000-0000-0000-0000-000000000001";
pub(crate) const BOB: &str = "b0b00000-0000-0000-0000-000000000002";
pub(crate) const NOBODY: &str = "00000000-0000-0000-0000-000000000003";

/// A sandbox with two users of whom little is known, so that answers are short.
pub(crate) async fn sandbox() -> Sandbox {
    let alice = User::new("alice").property("uuid", ALICE);
    let alice = alice.property("ha1", "0f7a1c5be2d94830a6b1f3c8d7e92045");
    let bob = User::new("bob")
        .property("uuid", BOB)
        .property("first_name", "Bob");
    let sandbox = Sandbox::builder().user(alice).user(bob).check_answers();
    sandbox.start().await.unwrap()
}

/// `opentact` as alice.
pub(crate) fn opentact(sandbox: &Sandbox) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opentact"));
    command
        .env_clear()
        .env("OPENTACT_BASE_URL", sandbox.url())
        .env("OPENTACT_HA1B_TOKEN", sandbox.token("alice"))
        .stdin(Stdio::null());
    command
}

/// What a command writes to stdout that does what it is told.
pub(crate) fn done(sandbox: &Sandbox, words: &[&str]) -> String {
    let output = opentact(sandbox).args(words).output().unwrap();
    assert!(output.status.success(), "{}", seen(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// What a command writes and how it ends, as a person sees it.
pub(crate) fn seen(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let notes: String = text(&output.stderr)
        .lines()
        .map(|line| format!("! {line}\n"))
        .collect();
    let code = output.status.code().unwrap();
    format!("{}{notes}[{code}]\n", text(&output.stdout))
}

/// A command line and what comes of it.
pub(crate) fn session(sandbox: &Sandbox, lines: &[&str]) -> String {
    let mut session = String::new();
    for line in lines {
        let output = opentact(sandbox).args(words(line)).output().unwrap();
        session += &format!("$ opentact {line}\n{}\n", seen(&output));
    }
    session
}

/// The words of a command line, with single quotes around those that have spaces.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split('\'').enumerate().flat_map(|(index, part)| {
        let words: Vec<_> = match index % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        };
        words
    })
}

/// Compares with a snapshot in which what is different each time has a name.
#[macro_export]
macro_rules! assert_session {
    ($session:expr, $(@$snapshot:literal)?) => {
        insta::with_settings!({filters => [
            (r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?( UTC|Z)", "<time>"),
            (r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12} ", "<group>                              "),
            (r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", "<group>"),
            (r"\d+ ms", "<n> ms"),
            (r"127.0.0.1:\d+", "127.0.0.1:<port>"),
        ]}, { insta::assert_snapshot!($session, $(@$snapshot)?) });
    };
}
