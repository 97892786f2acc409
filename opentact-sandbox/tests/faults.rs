//! Faults on demand, over real sockets.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::time::{Duration, Instant};

use opentact_api::{Client, ErrorKind, RetryPolicy};
use opentact_sandbox::{Fault, Sandbox};
use support::{client, sandbox};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What comes back for a list of groups, to the last byte.
async fn bytes(sandbox: &Sandbox) -> String {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let token = sandbox.token("alice");
    let request = format!(
        "GET /rest/app/group HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-auth-ha1b-token: {token}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    // A connection that is broken may be reset instead of closed.
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

#[tokio::test]
async fn a_status_with_a_time_to_wait() {
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
async fn as_often_as_it_is_told_and_for_one_operation() {
    let sandbox = sandbox().await;
    sandbox
        .inject(Fault::status(503).times(2).operation("create_group"))
        .unwrap();
    let alice = Client::builder(sandbox.token("alice")).base_url(sandbox.url());
    let retry = RetryPolicy::default().initial_delay(Duration::from_millis(1));
    let alice = alice.retry(retry).build().unwrap();
    assert!(alice.list_groups().send().await.is_ok());
    let created = alice
        .create_group()
        .body_map(|body| body.name("Sales"))
        .send();
    assert_eq!(created.await.unwrap().name, "Sales");
    assert_eq!(alice.list_groups().send().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_delay() {
    let sandbox = sandbox().await;
    let time = Duration::from_millis(300);
    sandbox.inject(Fault::delay(time)).unwrap();
    let started = Instant::now();
    assert!(client(&sandbox, "alice").list_groups().send().await.is_ok());
    assert!(started.elapsed() >= time);
}

#[tokio::test]
async fn a_dropped_connection_and_raw_bytes() {
    let sandbox = sandbox().await;
    sandbox.inject(Fault::drop_connection()).unwrap();
    assert_eq!(bytes(&sandbox).await, "");
    sandbox
        .inject(Fault::raw("HTTP/1.1 200 OK\r\n\r\nno envelope"))
        .unwrap();
    assert_eq!(bytes(&sandbox).await, "HTTP/1.1 200 OK\r\n\r\nno envelope");
    assert!(
        bytes(&sandbox)
            .await
            .starts_with("HTTP/1.1 200 OK\r\ncontent-type: application/json")
    );
    let large = "x".repeat(8 * 1024 * 1024);
    sandbox.inject(Fault::raw(large.clone())).unwrap();
    assert!(bytes(&sandbox).await == large);
}

/// What is not answered as it should be is not carried out either.
#[tokio::test]
async fn nothing_is_carried_out() {
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
async fn faults_that_are_not_met() {
    let sandbox = sandbox().await;
    let error = sandbox.inject(Fault::status(500).operation("list_group"));
    let error = error.unwrap_err().to_string();
    let start = "there is no operation `list_group`; there are ";
    let known: Vec<&str> = error.strip_prefix(start).unwrap().split(", ").collect();
    assert!(known.contains(&"list_groups") && known.contains(&"add_group_user"));
    sandbox.inject(Fault::status(500).times(0)).unwrap();
    sandbox
        .inject(Fault::status(500).operation("GetSIPGroupsListApp").times(9))
        .unwrap();
    sandbox.clear_faults();
    assert!(client(&sandbox, "alice").list_groups().send().await.is_ok());
}
