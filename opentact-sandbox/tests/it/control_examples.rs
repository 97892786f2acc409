//! The examples of the control API in Python and for the shell.

use std::process::Command;

use opentact_sandbox::Sandbox;

/// Runs an example against a sandbox, and returns its output.
async fn run(interpreter: &str, example: &str) -> String {
    let sandbox = Sandbox::start().await.unwrap();
    let mut command = Command::new(interpreter);
    command
        .arg(format!("{}/examples/{example}", env!("CARGO_MANIFEST_DIR")))
        .arg(format!("http://{}", sandbox.address()));
    // A proxy would look for the sandbox on its own machine.
    for variable in ["http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"] {
        command.env_remove(variable);
    }
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = output.await.unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let shown = text(&output.stdout) + &text(&output.stderr);
    assert!(output.status.success(), "{shown}");
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn python_example_tests_a_program_with_faults_and_requests() {
    let output = run("python3", "control.py").await;
    assert!(output.contains("Ran 4 tests"), "{output}");
}

#[tokio::test(flavor = "multi_thread")]
async fn shell_example_shows_a_fault_and_the_requests() {
    let output = run("sh", "control.sh").await;
    for expected in [
        r#"{"status":"ok"}"#,
        r#"{"status":503,"retry_after":1,"times":1}"#,
        "status 503",
        "status 200",
        r#""operation":"list_groups""#,
    ] {
        assert!(output.contains(expected), "{output}");
    }
    assert!(!output.contains("sandbox-alice"), "{output}");
}
