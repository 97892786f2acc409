//! `opentact sandbox` with a seed, a state file, and two signals to stop.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;

use crate::sandbox_command::{Running, list_groups};

#[test]
fn sandbox_with_a_seed_and_a_state_file_keeps_both_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (seed, state) = (
        folder.path().join("seed.yaml"),
        folder.path().join("state.json"),
    );
    std::fs::write(&seed, "groups: [{name: Night shift, owner: alice}]\n").unwrap();
    let (seed, state) = (seed.to_str().unwrap(), state.to_str().unwrap());
    let arguments = ["--quiet", "--seed", seed, "--state", state];
    for warning in ["", "--seed and --users are ignored"] {
        let (sandbox, url) = Running::start(&arguments);
        let listed = list_groups(&url, &[]).stdout;
        assert!(String::from_utf8(listed).unwrap().contains("Night shift"));
        let stderr = sandbox.stop();
        assert!(stderr.contains(warning), "{stderr}");
    }
}

#[test]
fn sandbox_with_a_mistake_in_its_seed_shows_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let seed = folder.path().join("seed.yaml");
    std::fs::write(&seed, "users:\n  - login: zoe\n    firstname: Zoe\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_opentact"));
    command
        .env_clear()
        .args(["sandbox", "--port", "0", "--seed"])
        .arg(&seed);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let place = format!("{}:3:5", seed.display());
    for shown in [
        "error[unknown-key]: unknown property `firstname`\n",
        "did you mean `first_name`?\n",
        &place,
    ] {
        assert!(stderr.contains(shown), "{stderr}");
    }
}

/// Sends a request, and returns the connection, on which the response comes.
fn send(address: &str, method: &str, path: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let head =
        format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nx-auth-ha1b-token: sandbox-alice");
    let head = format!("{head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    stream
}

#[test]
fn sandbox_stops_at_once_after_a_second_interrupt() {
    let (mut sandbox, first) = Running::start(&[]);
    let url = first.strip_prefix("Base URL   http://").unwrap();
    let address = url.strip_suffix("/rest").unwrap();
    let fault = r#"{"delay_ms": 600000, "times": 2}"#;
    let mut response = String::new();
    let mut injected = send(address, "POST", "/_sandbox/faults", fault);
    injected.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 201"), "{response}");
    let pending = send(address, "GET", "/rest/app/group", "");
    // The second request has arrived when this connection is answered.
    send(address, "GET", "/healthz", "")
        .read_to_string(&mut response)
        .unwrap();

    let pid = sandbox.0.id().to_string();
    let interrupt = || {
        let kill = Command::new("kill").args(["-s", "INT", &pid]).status();
        assert!(kill.unwrap().success());
    };
    let stderr = BufReader::new(sandbox.0.stderr.take().unwrap());
    let mut lines = stderr.lines().map(Result::unwrap);
    let mut wait_for = |note: &str| {
        let found = lines.any(|line| line.contains(note));
        assert!(found, "no note: {note}");
    };
    wait_for("Press Ctrl-C to stop.");
    interrupt();
    wait_for("Stopping.");
    interrupt();
    assert_eq!(sandbox.0.wait().unwrap().code(), Some(130));
    drop(pending);
}
