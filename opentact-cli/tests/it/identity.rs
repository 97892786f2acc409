//! Signing in and out, and the profiles that keep tokens.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use opentact_sandbox::{Fault, Sandbox, User};
use tempfile::TempDir;

use crate::support::{assert_session, opentact, sandbox, transcript};

/// Returns `opentact` without a token, and with its profiles in this folder.
pub(crate) fn without_token(sandbox: &Sandbox, folder: &Path) -> Command {
    let mut command = opentact(sandbox);
    command
        .env_remove("OPENTACT_HA1B_TOKEN")
        .env("OPENTACT_CONFIG_DIR", folder);
    command
}

/// Runs a command line with this standard input, and returns it with its transcript.
pub(crate) fn run(mut command: Command, line: &str, stdin: &str) -> String {
    command.args(line.split(' '));
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that fails early does not read it.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    format!("$ opentact {line}\n{}\n", transcript(&output))
}

/// Runs command lines without a token, in turn, each with its standard input.
fn session(sandbox: &Sandbox, folder: &TempDir, lines: &[(&str, &str)]) -> String {
    let lines = lines.iter();
    let sessions =
        lines.map(|(line, stdin)| run(without_token(sandbox, folder.path()), line, stdin));
    sessions.collect()
}

fn kept(folder: &TempDir, file: &str) -> String {
    std::fs::read_to_string(folder.path().join(file)).unwrap()
}

/// Starts a sandbox whose user alice has the HA1B token of the formula.
async fn sandbox_with_password() -> Sandbox {
    let token = opentact_api::ha1b("alice", "sip.example.org", "sip-password");
    let alice = User::new("alice").token(token.expose_secret());
    Sandbox::builder().user(alice).start().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn login_keeps_a_token_until_logout_deletes_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let login = "login --email alice@example.com --password-file -";
    let mut all = session(
        &sandbox,
        &folder,
        &[
            (login, "sandbox-password\n"),
            ("whoami --columns account_user,base_url -v", ""),
            ("profile list", ""),
        ],
    );
    let tokens = kept(&folder, "tokens.toml");
    let token = tokens.split('"').nth(1).unwrap().to_owned();
    assert!(!kept(&folder, "profiles.toml").contains(&token));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let metadata = std::fs::metadata(folder.path().join("tokens.toml")).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }
    all += &session(
        &sandbox,
        &folder,
        &[
            ("logout", ""),
            ("profile list", ""),
            ("logout", ""),
            ("whoami", ""),
        ],
    );
    assert!(!folder.path().join("tokens.toml").exists());
    assert!(!all.contains(&token), "{all}");
    // The token is gone at the service too.
    let mut command = without_token(&sandbox, folder.path());
    command.env("OPENTACT_BEARER_TOKEN", &token);
    let refused = run(command, "whoami", "");
    assert!(refused.contains("[4]"), "{refused}");
    assert_session!(all);
}

#[tokio::test(flavor = "multi_thread")]
async fn login_with_wrong_password_keeps_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let login = "login --email alice@example.com --password-file -";
    let session = session(
        &sandbox,
        &folder,
        &[(login, "wrong"), (login, ""), ("login", "")],
    );
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    assert_session!(session);
}

#[tokio::test(flavor = "multi_thread")]
async fn login_as_sip_user_computes_the_token() {
    let sandbox = sandbox_with_password().await;
    let folder = tempfile::tempdir().unwrap();
    let login = "login --sip --login alice --domain sip.example.org --password-file -";
    let session = session(
        &sandbox,
        &folder,
        &[
            (login, "wrong"),
            (login, "sip-password"),
            ("whoami --columns sip_user -v", ""),
            ("group list", ""),
        ],
    );
    assert_session!(session);
}

#[tokio::test(flavor = "multi_thread")]
async fn login_with_a_token_keeps_it_if_the_service_accepts_it() {
    let sandbox = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    let session = session(
        &sandbox,
        &folder,
        &[
            ("login --token --token-file -", "wrong"),
            ("login --token-file -", "sandbox-alice"),
            (
                "login --token --token-file - --profile a/b",
                "sandbox-alice",
            ),
            (
                "login --token --token-file - --profile alice",
                "sandbox-alice",
            ),
            (
                "login --token --token-file - --profile bob --json",
                "sandbox-bob",
            ),
            (
                "login --token --bearer --token-file - --profile alice",
                "sandbox-bearer-token",
            ),
            (
                "profile list --profile alice --columns profile,user,kind,current",
                "",
            ),
            ("whoami --profile bob --columns sip_user", ""),
            ("whoami --profile bobb", ""),
            // Without a profile of the name `default`.
            ("whoami", ""),
        ],
    );
    assert_session!(session);
}

#[tokio::test(flavor = "multi_thread")]
async fn profile_is_not_used_for_another_service() {
    let (sandbox, other) = (sandbox().await, sandbox().await);
    let folder = tempfile::tempdir().unwrap();
    let login = ("login --token --token-file -", "sandbox-alice");
    let mut all = session(&sandbox, &folder, &[login]);
    // The base URL of the profile.
    let mut command = without_token(&sandbox, folder.path());
    command.env_remove("OPENTACT_BASE_URL");
    all += &run(command, "whoami --columns sip_user,base_url", "");
    all += &session(
        &other,
        &folder,
        &[("whoami", ""), ("whoami --profile default", ""), login],
    );
    assert_session!(all);
}

/// A token that nobody has must not stay valid.
#[tokio::test(flavor = "multi_thread")]
async fn login_that_cannot_keep_the_token_deletes_it_at_the_service() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    // The file of tokens cannot replace a folder.
    std::fs::create_dir_all(folder.path().join("tokens.toml/folder")).unwrap();
    let login = "-v login --email alice@example.com --password-file -";
    let session = session(&sandbox, &folder, &[(login, "sandbox-password")]);
    assert!(session.contains("[1]"), "{session}");
    assert!(session.contains("! DELETE http"), "{session}");
    assert!(!folder.path().join("profiles.toml").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn second_login_replaces_the_token_and_deletes_the_first_one() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let login = (
        "login --email alice@example.com --password-file -",
        "sandbox-password",
    );
    session(&sandbox, &folder, &[login]);
    let first = kept(&folder, "tokens.toml");
    session(&sandbox, &folder, &[login]);
    assert_ne!(kept(&folder, "tokens.toml"), first);
    let mut command = without_token(&sandbox, folder.path());
    command.env("OPENTACT_BEARER_TOKEN", first.split('"').nth(1).unwrap());
    assert!(run(command, "whoami", "").contains("[4]"));
    let whoami = session(&sandbox, &folder, &[("whoami -q", "")]);
    assert!(whoami.contains("[0]"), "{whoami}");
}

/// The token of one service must not be sent to another one, whatever the environment names.
#[tokio::test(flavor = "multi_thread")]
async fn logout_without_the_service_deletes_the_profile_and_warns() {
    let (sandbox, other) = (Sandbox::start().await.unwrap(), sandbox().await);
    let folder = tempfile::tempdir().unwrap();
    let login = "login --email alice@example.com --password-file -";
    session(&sandbox, &folder, &[(login, "sandbox-password")]);
    sandbox
        .inject(Fault::status(500).operation("delete_token").times(9))
        .unwrap();
    let session = session(&other, &folder, &[("logout", ""), ("logout", "")]);
    assert!(
        session.contains("it is still valid at the service"),
        "{session}"
    );
    assert!(
        session.contains("Deleted the profile `default`.\n[0]"),
        "{session}"
    );
    assert!(
        session.contains("there is no profile `default`"),
        "{session}"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn profiles_are_in_the_folders_of_the_platform() {
    let sandbox = sandbox().await;
    let home = tempfile::tempdir().unwrap();
    let login = |variables: &[(&str, &str)]| {
        let mut command = without_token(&sandbox, home.path());
        command
            .env_remove("OPENTACT_CONFIG_DIR")
            .env("HOME", home.path());
        for (name, folder) in variables {
            command.env(name, home.path().join(folder));
        }
        run(
            command,
            "login --no-keyring --token --token-file -",
            "sandbox-alice",
        )
    };
    login(&[]);
    assert!(home.path().join(".config/opentact/profiles.toml").exists());
    assert!(
        home.path()
            .join(".local/share/opentact/tokens.toml")
            .exists()
    );
    login(&[("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data")]);
    assert!(home.path().join("config/opentact/profiles.toml").exists());
    assert!(home.path().join("data/opentact/tokens.toml").exists());
}
