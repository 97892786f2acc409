//! The sources of tokens, their order, and what can be wrong with a token.

use std::path::PathBuf;

use opentact_sandbox::Sandbox;
use tempfile::TempDir;

use crate::identity::{run, without_token};
use crate::support::{assert_session, opentact, sandbox};

/// Writes a file that only the user can read.
fn private(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let file = folder.path().join(name);
    std::fs::write(&file, content).unwrap();
    #[cfg(unix)]
    mode(&file, 0o600);
    file
}

#[cfg(unix)]
fn mode(file: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs `whoami` with a file of this content.
fn whoami(sandbox: &Sandbox, folder: &TempDir, content: &[u8]) -> String {
    let file = private(folder, "token.txt", content);
    let line = format!("whoami --columns sip_user --token-file {}", file.display());
    let session = run(opentact(sandbox), &line, "");
    let (_, transcript) = session.split_once('\n').unwrap();
    transcript.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_used_in_the_documented_order() {
    let sandbox = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    let file = private(&folder, "token.txt", "sandbox-bob\n");
    let line = format!(
        "whoami --columns sip_user -v --token-file {}",
        file.display()
    );
    let mut all = run(
        without_token(&sandbox, folder.path()),
        "login --token --token-file -",
        "sandbox-bob",
    );
    all += &run(
        without_token(&sandbox, folder.path()),
        "whoami --columns sip_user -v",
        "",
    );
    let with_variable = || {
        let mut command = without_token(&sandbox, folder.path());
        command.env("OPENTACT_HA1B_TOKEN", "sandbox-alice");
        command
    };
    all += &run(with_variable(), "whoami --columns sip_user -v", "");
    all += &run(
        with_variable(),
        "whoami --columns sip_user --profile default",
        "",
    );
    all += &run(with_variable(), &line, "");
    all += &run(
        with_variable(),
        "whoami --columns sip_user -v --token-file -",
        "sandbox-bob",
    );
    let mut command = with_variable();
    command.env("OPENTACT_BEARER_TOKEN", "wrong");
    all += &run(command, "whoami --columns sip_user,account_user -v", "");
    assert_session!(all);
}

#[tokio::test(flavor = "multi_thread")]
async fn token_file_can_hold_the_token_of_an_account_user() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = private(&folder, "token.txt", "sandbox-bearer-token");
    let line = format!(
        "whoami --columns account_user -v --token-file {}",
        file.display()
    );
    let session = run(opentact(&sandbox), &line, "");
    assert!(session.contains("Account user  alice"), "{session}");
    assert!(session.contains("bearer  the file"), "{session}");
    assert!(!session.contains("warning:"), "{session}");
}

#[tokio::test(flavor = "multi_thread")]
async fn token_with_a_fault_is_refused_with_its_source() {
    let sandbox = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    let contents: &[&[u8]] = &[
        b"sandbox-alice\n",
        b"  sandbox-alice \r\n\r\n",
        b"sandbox-alice\nsandbox-bob\n",
        b"\xef\xbb\xbfsandbox-alice",
        b"\xff\xfes\0a\0",
        b"sandbox-\xc3\xa4lice",
        b"sandbox-\xe4lice",
        b"Bearer sandbox-alice",
        b"sandbox\talice",
        b"\n",
    ];
    let mut all = String::new();
    for content in contents {
        all += &format!(
            "{}\n{}",
            content.escape_ascii(),
            whoami(&sandbox, &folder, content)
        );
    }
    for (name, value) in [
        ("OPENTACT_HA1B_TOKEN", ""),
        ("OPENTACT_BEARER_TOKEN", "sandbox-\u{e4}lice"),
        ("OPENTACT_JWT", "one\ntwo"),
    ] {
        let mut command = without_token(&sandbox, folder.path());
        command.env(name, value);
        all += &run(command, "whoami", "");
    }
    all += &run(opentact(&sandbox), "whoami --token-file -", "one\ntwo");
    all += &run(opentact(&sandbox), "whoami --token-file no.txt", "");
    assert_session!(all);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn token_file_that_others_can_read_is_warned_about() {
    let sandbox = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    let file = private(&folder, "token.txt", "sandbox-alice");
    let line = format!("group list --token-file {}", file.display());
    assert!(!run(opentact(&sandbox), &line, "").contains("warning:"));
    mode(&file, 0o644);
    let session = run(opentact(&sandbox), &line, "");
    assert!(
        session.contains("! warning: every user of this machine can read the token in"),
        "{session}"
    );
    assert!(session.contains("chmod 600"), "{session}");
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_token_says_how_to_get_one() {
    let sandbox = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    let session = run(without_token(&sandbox, folder.path()), "group list", "");
    assert_session!(session, @r"
    $ opentact group list
    ! error: there is no token
    ! hint: sign in with `opentact login`, or `opentact login --sip` as a SIP user; or set OPENTACT_HA1B_TOKEN (SIP user) or OPENTACT_BEARER_TOKEN (account user); or pass --token-file. To try it without an account, run `opentact sandbox`
    [2]
    ");
}
