//! Injected faults, over real sockets.

use std::time::Duration;

use opentact_api::{Client, ErrorKind, StatusCode};
use opentact_sandbox::{Fault, Sandbox};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{client, sandbox};

/// Lists the groups, and returns all bytes of the response.
async fn response_bytes(sandbox: &Sandbox) -> String {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let token = sandbox.token("alice");
    let request = format!(
        "GET /rest/app/group HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-auth-ha1b-token: {token}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    // The sandbox might reset the connection instead of closing it.
    let _ = stream.read_to_string(&mut response).await;
    response
}

#[tokio::test]
async fn status_fault_with_retry_after_reaches_the_client() {
    let sandbox = sandbox().await;
    let busy = Fault::status(429).retry_after(Duration::from_secs(7));
    sandbox.inject(busy).unwrap();
    let alice = client(&sandbox, "alice");
    let error = alice.list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(alice.list_groups().send().await.is_ok());
}

#[tokio::test]
async fn fault_with_times_and_operation_affects_only_these_requests() {
    let sandbox = sandbox().await;
    // Without `Retry-After`, the client would not create the group a second time.
    let busy = Fault::status(503).retry_after(Duration::ZERO);
    sandbox
        .inject(busy.times(2).operation("create_group"))
        .unwrap();
    let alice = client(&sandbox, "alice");
    let create = || alice.create_group().body_map(|body| body.name("Sales"));
    assert!(alice.list_groups().send().await.is_ok());
    for _ in 0..2 {
        let error = create().send().await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    }
    assert_eq!(create().send().await.unwrap().name, "Sales");
    assert_eq!(alice.list_groups().send().await.unwrap().len(), 1);
}

#[tokio::test]
async fn delay_fault_beyond_the_timeout_of_the_client_times_out() {
    let sandbox = sandbox().await;
    let hour = Duration::from_secs(3600);
    sandbox.inject(Fault::delay(hour)).unwrap();
    let impatient = Client::builder()
        .ha1b_token(sandbox.token("alice"))
        .base_url(sandbox.url());
    let impatient = impatient.timeout(Duration::from_millis(100)).build();
    let error = impatient.unwrap().list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn delay_fault_carries_the_request_out_afterwards() {
    let sandbox = sandbox().await;
    let delay = Fault::delay(Duration::from_millis(10));
    sandbox.inject(delay).unwrap();
    let alice = client(&sandbox, "alice");
    let create = alice.create_group().body_map(|body| body.name("Sales"));
    assert_eq!(create.send().await.unwrap().name, "Sales");
    assert_eq!(alice.list_groups().send().await.unwrap().len(), 1);
}

#[tokio::test]
async fn delayed_request_of_a_client_that_gives_up_is_carried_out_and_logged() {
    let sandbox = sandbox().await;
    sandbox
        .inject(Fault::delay(Duration::from_millis(400)))
        .unwrap();
    let impatient = Client::builder()
        .ha1b_token(sandbox.token("alice"))
        .base_url(sandbox.url());
    let impatient = impatient.timeout(Duration::from_millis(100)).build();
    let impatient = impatient.unwrap();
    let create = impatient.create_group().body_map(|body| body.name("Sales"));
    let error = create.send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let logged = async {
        while sandbox.requests().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let logged = tokio::time::timeout(Duration::from_secs(10), logged).await;
    logged.expect("the request is logged");
    assert_eq!(sandbox.requests()[0].operation(), Some("create_group"));
    let groups = client(&sandbox, "alice").list_groups().send().await;
    assert_eq!(groups.unwrap()[0].name, "Sales");
}

#[tokio::test]
async fn drop_and_raw_faults_replace_the_whole_response() {
    let sandbox = sandbox().await;
    sandbox.inject(Fault::drop_connection()).unwrap();
    assert_eq!(response_bytes(&sandbox).await, "");
    sandbox
        .inject(Fault::raw("HTTP/1.1 200 OK\r\n\r\nno envelope"))
        .unwrap();
    assert_eq!(
        response_bytes(&sandbox).await,
        "HTTP/1.1 200 OK\r\n\r\nno envelope"
    );
    assert!(
        response_bytes(&sandbox)
            .await
            .starts_with("HTTP/1.1 200 OK\r\ncontent-type: application/json")
    );
    let large = "x".repeat(8 * 1024 * 1024);
    sandbox.inject(Fault::raw(large.clone())).unwrap();
    assert!(response_bytes(&sandbox).await == large);
}

#[tokio::test]
async fn fault_other_than_delay_does_not_carry_the_request_out() {
    let sandbox = sandbox().await;
    let alice = client(&sandbox, "alice");
    for fault in [
        Fault::status(500),
        Fault::drop_connection(),
        Fault::raw("x"),
    ] {
        sandbox.inject(fault).unwrap();
        let create = alice.create_group().body_map(|body| body.name("Sales"));
        assert!(create.send().await.is_err());
    }
    assert!(alice.list_groups().send().await.unwrap().is_empty());
}

#[tokio::test]
async fn inject_for_an_unknown_operation_fails_with_the_known_ones() {
    let sandbox = sandbox().await;
    let error = sandbox.inject(Fault::status(500).operation("list_group"));
    let error = error.unwrap_err().to_string();
    let start = "the spec has no operation `list_group`; it has ";
    let known: Vec<&str> = error.strip_prefix(start).unwrap().split(", ").collect();
    assert!(known.contains(&"list_groups") && known.contains(&"add_group_user"));
}

#[tokio::test]
async fn fault_that_is_cleared_or_for_no_request_has_no_effect() {
    let sandbox = sandbox().await;
    sandbox.inject(Fault::status(500).times(0)).unwrap();
    assert!(client(&sandbox, "alice").list_groups().send().await.is_ok());
    sandbox
        .inject(Fault::status(500).operation("GetSIPGroupsListApp").times(9))
        .unwrap();
    sandbox.clear_faults();
    assert!(client(&sandbox, "alice").list_groups().send().await.is_ok());
}
