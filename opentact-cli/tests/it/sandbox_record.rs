//! `opentact sandbox --record`.

use crate::sandbox_command::Running;
use crate::support::{assert_session, opentact, sandbox, stdout, transcript};

#[tokio::test(flavor = "multi_thread")]
async fn record_writes_what_commands_send_and_receive() {
    let service = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let arguments = ["--quiet", "--record", path, "--base-url", service.url()];
    let (recorder, url) = Running::start(&arguments);
    let mut command = opentact(&service);
    command.env("OPENTACT_BASE_URL", &url);
    let created = command.args(["group", "create", "Sales"]).output().unwrap();
    assert!(created.status.success(), "{}", transcript(&created));
    let groups = stdout(&service, &["group", "list"]);
    assert!(groups.contains("Sales"), "{groups}");
    let log = recorder.stop();
    assert!(log.starts_with("0001-create_group-200.json\n"), "{log}");
    let pair = folder.path().join("0001-create_group-200.json");
    let pair = std::fs::read_to_string(pair).unwrap();
    assert!(pair.contains("Sales"), "{pair}");
    assert!(!pair.contains(&service.token("alice")), "{pair}");
}

#[tokio::test(flavor = "multi_thread")]
async fn record_without_a_service_that_the_user_named_is_a_usage_error() {
    let service = sandbox().await;
    let mut sessions = String::new();
    for arguments in [
        &["--record"][..],
        &["--record", "--base-url", "http://example.com/rest"],
        &["--record", "--base-url", "example.com"],
        &["--record", "--expose-to-network"],
        &["--base-url", "https://example.com"],
    ] {
        // `OPENTACT_BASE_URL` is set.
        let mut command = opentact(&service);
        let output = command
            .args(["sandbox", "--port", "0"])
            .args(arguments)
            .output();
        let output = transcript(&output.unwrap());
        sessions += &format!("$ opentact sandbox {}\n{output}\n", arguments.join(" "));
    }
    assert_session!(sessions, @"");
}
