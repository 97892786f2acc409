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
    assert_session!(sessions, @"
    $ opentact sandbox --record
    ! error: --record needs --base-url: it sends requests only to a service that you name
    [2]

    $ opentact sandbox --record --base-url http://example.com/rest
    ! error: the base URL of --base-url cannot be used: plain `http` to another machine would show the token to the network; use `https`
    ! hint: for a host of your own network, such as a sandbox in a container, pass --allow-http HOST or set OPENTACT_ALLOW_HTTP
    [2]

    $ opentact sandbox --record --base-url example.com
    ! error: the base URL `example.com` of --base-url has no scheme
    ! hint: add http:// or https://
    [2]

    $ opentact sandbox --record --expose-to-network
    ! error: the argument '--record [<FOLDER>]' cannot be used with '--expose-to-network'
    ! 
    ! Usage: opentact sandbox --port <PORT> --record [<FOLDER>]
    ! 
    ! For more information, try '--help'.
    [2]

    $ opentact sandbox --base-url https://example.com
    ! error: `--base-url` means nothing to `opentact sandbox` without --record
    [2]
    ");
}
