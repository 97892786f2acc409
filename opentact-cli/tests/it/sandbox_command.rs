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
        for shown in ["zoe", "t0", "alice@example.com", "sandbox-password"] {
            assert!(rest.contains(shown), "{rest}");
        }
    }
}

/// A running `opentact sandbox`, which is killed when it is dropped.
#[cfg(unix)]
pub(crate) struct Running(pub(crate) std::process::Child);

#[cfg(unix)]
impl Running {
    /// Starts a sandbox, and returns it with the first line of its output.
    pub(crate) fn start(arguments: &[&str]) -> (Self, String) {
        use std::io::{BufRead as _, BufReader};

        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_opentact"));
        command
            .env_clear()
            .args(["sandbox", "--port", "0"])
            .args(arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut first = String::new();
        let stdout = child.stdout.as_mut().unwrap();
        BufReader::new(stdout).read_line(&mut first).unwrap();
        (Self(child), first.trim_end().to_owned())
    }

    /// Ends the sandbox, and returns its stderr.
    pub(crate) fn stop(mut self) -> String {
        use std::io::Read as _;

        let pid = self.0.id().to_string();
        let kill = std::process::Command::new("kill").arg(&pid).status();
        assert!(kill.unwrap().success());
        assert!(self.0.wait().unwrap().success());
        let mut stderr = String::new();
        let mut pipe = self.0.stderr.take().unwrap();
        pipe.read_to_string(&mut stderr).unwrap();
        stderr
    }
}

#[cfg(unix)]
impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already after `stop`.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs `opentact group list` as alice.
#[cfg(unix)]
pub(crate) fn list_groups(url: &str, variables: &[(&str, &str)]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_opentact"));
    command.env_clear().envs(variables.iter().copied());
    command
        .env("OPENTACT_BASE_URL", url)
        .env("OPENTACT_HA1B_TOKEN", "sandbox-alice")
        .stdin(Stdio::null());
    command.args(["group", "list"]).output().unwrap()
}

#[cfg(unix)]
#[test]
fn sandbox_with_output_json_starts_with_one_line_that_has_url_port_and_tokens() {
    let (sandbox, line) = Running::start(&["--output", "json"]);
    let started: serde_json::Value = serde_json::from_str(&line).unwrap();
    let port = started["port"].as_u64().unwrap();
    assert_eq!(started["url"], format!("http://127.0.0.1:{port}/rest"));
    assert_eq!(started["users"][0]["token"], "sandbox-alice");
    assert_eq!(started["account_user"]["password"], "sandbox-password");
    let url = started["url"].as_str().unwrap();
    assert!(list_groups(url, &[]).status.success());
    assert_eq!(sandbox.stop(), "");
}

#[cfg(unix)]
#[test]
fn sandbox_with_quiet_prints_only_the_url() {
    let (sandbox, line) = Running::start(&["--quiet"]);
    for hosts in ["", "other,"] {
        let output = list_groups(&line, &[("OPENTACT_ALLOW_HTTP", hosts)]);
        assert!(output.status.success(), "{}", transcript(&output));
    }
    assert_eq!(sandbox.stop(), "");
}

#[cfg(unix)]
#[test]
fn sandbox_with_verbose_logs_each_request_without_secrets() {
    let (sandbox, url) = Running::start(&["--quiet", "-v"]);
    list_groups(&url, &[]);
    let log = sandbox.stop();
    let line = log.split(" ms").next().unwrap();
    assert!(
        line.starts_with("GET /rest/app/group list_groups 200 "),
        "{log}"
    );
    assert!(!log.contains("sandbox-alice"), "{log}");
}

#[cfg(unix)]
#[test]
fn sandbox_exposed_to_the_network_prints_an_address_that_others_can_reach() {
    let (sandbox, url) = Running::start(&["--quiet", "--expose-to-network"]);
    let host = url.strip_prefix("http://").unwrap();
    let host = host.split(':').next().unwrap();
    assert_ne!(host, "0.0.0.0");
    // A machine without a network has no other address.
    if host != "127.0.0.1" {
        let refused = list_groups(&url, &[]);
        assert_session!(transcript(&refused).replace(host, "<host>"), @"
        ! error: the base URL of OPENTACT_BASE_URL cannot be used: plain `http` to another machine would show the token to the network; use `https`
        ! hint: for a host of your own network, such as a sandbox in a container, pass --allow-http HOST or set OPENTACT_ALLOW_HTTP
        [2]
        ");
    }
    let allowed = list_groups(&url, &[("OPENTACT_ALLOW_HTTP", host)]);
    assert!(allowed.status.success(), "{}", transcript(&allowed));
    sandbox.stop();
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
    ! error: <twins>: user `zoe`: another SIP user has the same `login`
    [2]
    ");
}
