//! The questions of `opentact login`, on a pseudo-terminal.

use opentact_sandbox::Sandbox;

use crate::identity::without_token;
use crate::support::{opentact, sandbox};
use crate::terminal::{finish, on_terminal};

#[tokio::test(flavor = "multi_thread")]
async fn login_asks_for_email_and_password_and_hides_the_password() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut session = on_terminal(without_token(&sandbox, folder.path()), &["login"]);
    session.exp_string("E-mail").unwrap();
    session.send_line(&sandbox.email()).unwrap();
    session.exp_string("Password").unwrap();
    session.send_line(&sandbox.password()).unwrap();
    let (rest, code) = finish(session);
    assert!(rest.contains("bearer"), "{rest}");
    assert!(!rest.contains(&sandbox.password()), "{rest}");
    assert_eq!(code, 0);
    assert!(folder.path().join("tokens.toml").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn login_with_a_token_asks_for_it_and_hides_it() {
    let sandbox = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    let mut session = on_terminal(
        without_token(&sandbox, folder.path()),
        &["login", "--token"],
    );
    session.exp_string("HA1B token").unwrap();
    session.send_line("sandbox-bob").unwrap();
    let (rest, code) = finish(session);
    assert!(
        rest.contains("ha1b") && !rest.contains("sandbox-bob"),
        "{rest}"
    );
    assert_eq!(code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn login_ends_at_control_d_and_keeps_nothing() {
    let sandbox = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["login"][..], &["login", "--email", "alice@example.com"]] {
        let mut session = on_terminal(without_token(&sandbox, folder.path()), arguments);
        let question = if arguments.len() == 1 {
            "E-mail"
        } else {
            "Password"
        };
        session.exp_string(question).unwrap();
        session.send_control('d').unwrap();
        let (rest, code) = finish(session);
        assert!(rest.contains("error:"), "{rest}");
        assert_ne!(code, 0, "{rest}");
    }
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn login_checks_the_options_before_it_asks() {
    let sandbox = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    for (name, value) in [
        ("OPENTACT_BASE_URL", "127.0.0.1:4010/rest"),
        ("OPENTACT_BASE_URL", "http://example.com"),
        ("OPENTACT_CA_FILE", "no.pem"),
        ("OPENTACT_PROFILE", "a/b"),
    ] {
        let mut command = without_token(&sandbox, folder.path());
        command.env(name, value);
        let (shown, code) = finish(on_terminal(command, &["login"]));
        assert!(
            shown.contains("error:") && !shown.contains("E-mail"),
            "{shown}"
        );
        assert_eq!(code, 2, "{shown}");
    }
    let mut command = opentact(&sandbox);
    command.env("OPENTACT_CONFIG_DIR", folder.path());
    let (shown, _) = finish(on_terminal(command, &["login", "--columns", "nothing"]));
    assert!(
        shown.contains("no column") && !shown.contains("E-mail"),
        "{shown}"
    );
}
