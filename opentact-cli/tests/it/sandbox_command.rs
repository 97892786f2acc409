//! The command `opentact sandbox`.

use std::process::Stdio;

use crate::support::{assert_session, opentact, sandbox, transcript};

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn sandbox_serves_its_users_until_a_signal() {
    use std::io::{BufRead as _, BufReader, Read as _};

    let other = sandbox().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), r#"[{"login": "zoe", "token": "t0"}]"#).unwrap();
    for signal in ["INT", "TERM"] {
        let mut command = opentact(&other);
        command
            .args(["sandbox", "--port", "0", "--users"])
            .arg(file.path());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        stdout.read_line(&mut first).unwrap();
        let url = first.trim().strip_prefix("Base URL   ").unwrap();
        let mut list = opentact(&other);
        list.env("OPENTACT_BASE_URL", url)
            .env("OPENTACT_HA1B_TOKEN", "t0");
        assert!(list.args(["group", "list"]).status().unwrap().success());
        let pid = child.id().to_string();
        let kill = std::process::Command::new("kill")
            .args(["-s", signal, &pid])
            .status();
        assert!(kill.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).unwrap();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut rest)
            .unwrap();
        assert!(
            rest.contains("zoe") && rest.contains("alice@example.com"),
            "{rest}"
        );
        assert!(!rest.contains("t0") && !rest.contains("sandbox-"), "{rest}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sandbox_with_unusable_options_exits_with_a_usage_error() {
    let other = sandbox().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "[]").unwrap();
    let twins = tempfile::NamedTempFile::new().unwrap();
    let twin = r#"{"login": "zoe", "token": "token-of-zoe"}"#;
    std::fs::write(twins.path(), format!("[{twin}, {twin}]")).unwrap();
    let port = other.address().port().to_string();
    let mut sessions = String::new();
    for arguments in [
        &["--port", port.as_str()][..],
        &["--address", "0.0.0.0", "--port", "0"],
        &["--users", "/nowhere/users.json"],
        &["--users", file.path().to_str().unwrap()],
        &["--port", "0", "--users", twins.path().to_str().unwrap()],
    ] {
        let mut command = opentact(&other);
        let output = command.arg("sandbox").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", transcript(&output));
        sessions += &format!(
            "$ opentact sandbox {}\n{}\n",
            arguments.join(" "),
            transcript(&output)
        );
    }
    let sessions = sessions.replace(&port, "<port>");
    let sessions = sessions.replace(file.path().to_str().unwrap(), "<file>");
    let sessions = sessions.replace(twins.path().to_str().unwrap(), "<twins>");
    assert_session!(sessions, @r"
    $ opentact sandbox --port <port>
    ! error: cannot listen on 127.0.0.1:<port>: Address already in use (os error 98); choose another port with --port
    [2]

    $ opentact sandbox --address 0.0.0.0 --port 0
    ! error: other machines could reach 0.0.0.0:0 and act as the users of the sandbox; pass --expose-to-network to allow this
    [2]

    $ opentact sandbox --users /nowhere/users.json
    ! error: /nowhere/users.json: No such file or directory (os error 2)
    [2]

    $ opentact sandbox --users <file>
    ! error: <file>: the file lists no users
    [2]

    $ opentact sandbox --port 0 --users <twins>
    ! error: <twins>: user `zoe`: another user has the same login
    [2]
    ");
}
