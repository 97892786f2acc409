//! Tests that run again in a child process. Environment variables and memory belong to a process.

use std::process::Command;

/// The variable that is set in a child process.
const CHILD: &str = "OPENTACT_TEST_CHILD";

/// Returns `true` in a process that [`command`] started.
pub(crate) fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// Returns the command that runs this one test in a child process, with its output.
pub(crate) fn command(test: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([test, "--exact", "--nocapture"])
        .env(CHILD, "1");
    command
}

/// Returns `true` in a child process. Otherwise runs the test in one and returns `false`.
pub(crate) fn runs_alone(test: &str) -> bool {
    if !is_child() {
        pass(&mut command(test));
    }
    is_child()
}

/// Runs the command of a test and returns its standard output.
pub(crate) fn pass(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stdout}\n{stderr}");
    assert!(stdout.contains("1 passed"), "{command:?} ran no test");
    stdout
}
