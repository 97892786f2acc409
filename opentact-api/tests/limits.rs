//! How far a call goes at most: in time, in memory, and in number.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use opentact_api::{Client, ClientBuilder, ErrorKind, RetryPolicy};
use support::faults::Does;
use support::faulty::FaultyServer;
use support::{Answer, GROUP, Server, TOKEN};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Barrier;

const MOMENT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(20);

/// A client that waits long and tries often, where nothing else is said.
fn patient(url: &str) -> ClientBuilder {
    let retry = RetryPolicy::default()
        .max_attempts(1000)
        .initial_delay(Duration::from_millis(1));
    Client::builder(TOKEN)
        .base_url(url)
        .connect_timeout(LONG)
        .attempt_timeout(LONG)
        .timeout(LONG)
        .retry(retry)
}

/// What came of a call that may not go on for ever.
async fn ended<T>(call: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONG, call).await.unwrap()
}

#[tokio::test]
async fn the_whole_call_ends_in_time() {
    let server = FaultyServer::start(Does::KeepSilent).await;
    let client = patient(&server.url).attempt_timeout(MOMENT);
    let client = client.timeout(MOMENT * 5).build().unwrap();
    let started = Instant::now();
    let error = client.list_groups().send().await.unwrap_err();
    assert!((MOMENT * 4..LONG).contains(&started.elapsed()));
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!((2..=5).contains(&error.attempts()), "{error}");
}

#[tokio::test]
async fn an_attempt_is_cut_short_by_the_end_of_the_call() {
    let server = FaultyServer::start(Does::KeepSilent).await;
    let client = patient(&server.url).timeout(MOMENT).build().unwrap();
    let error = ended(client.list_groups().send()).await.unwrap_err();
    insta::assert_snapshot!(error, @"list_groups (GET /app/group): the service did not answer in time: the call took longer than 200ms");
}

/// Where the wait would outlast the call, the call ends at once, with what is known.
#[tokio::test]
async fn no_wait_outlasts_the_call() {
    let mut busy = Answer::json(503, "");
    busy.headers.push(("retry-after", "15".to_owned()));
    let server = Server::with(busy).await;
    let client = patient(&server.url).timeout(LONG / 2).build().unwrap();
    let started = Instant::now();
    let error = ended(client.list_groups().send()).await.unwrap_err();
    assert!(started.elapsed() < LONG / 2);
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1));
    assert!(error.is_retryable());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(15)));
}

#[tokio::test]
async fn times_that_are_too_long_for_a_clock() {
    let server = Server::start().await;
    let forever = Duration::MAX;
    let client = Client::builder(TOKEN)
        .base_url(&server.url)
        .connect_timeout(forever)
        .attempt_timeout(forever)
        .timeout(forever)
        .retry(
            RetryPolicy::default()
                .initial_delay(forever)
                .max_delay(forever),
        )
        .build()
        .unwrap();
    assert!(client.list_groups().send().await.is_ok());
}

/// A server that takes no further connections: its queue of them is full.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn connecting_ends_in_time() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while let Ok(stream) = tokio::time::timeout(MOMENT, TcpStream::connect(address)).await {
        queue.push(stream);
    }
    never_connects(&format!("http://{address}")).await;
}

#[tokio::test]
async fn agreeing_on_tls_ends_in_time() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    never_connects(&format!("https://{}", silent.local_addr().unwrap())).await;
}

/// Nothing was sent, so that any operation is tried again.
async fn never_connects(url: &str) {
    let client = patient(url).connect_timeout(MOMENT);
    let client = client.retry(RetryPolicy::never()).build().unwrap();
    let error = ended(client.list_groups().send()).await.unwrap_err();
    assert!(error.is_retryable());
    let line = error.to_string();
    // Whose clock it was that ran out is said in the words of other crates.
    let said = "did not answer in time: connecting took too long: ";
    assert!(line.contains(said), "{line}");
    let client = patient(url).connect_timeout(MOMENT);
    let client = client.timeout(MOMENT * 8).build().unwrap();
    let request = client.create_group().body_map(|body| body.name("Sales"));
    let started = Instant::now();
    let error = request.send().await.unwrap_err();
    assert!(started.elapsed() < LONG);
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.attempts() > 1, "{error}");
}

/// An answer of so many bytes.
fn padded(bytes: usize) -> Vec<u8> {
    let mut body = br#"{"success": true, "payload": []}"#.to_vec();
    body.resize(bytes, b' ');
    body
}

#[tokio::test]
async fn answers_up_to_the_limit() {
    let server = Server::with(Answer::json(200, padded(10_000))).await;
    let with_limit = |limit| {
        patient(&server.url)
            .max_response_size(limit)
            .build()
            .unwrap()
    };
    assert!(with_limit(10_000).list_groups().send().await.is_ok());
    let error = with_limit(9_999).list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    insta::assert_snapshot!(error, @"list_groups (GET /app/group): the answer is too large, status 200 OK: it is larger than 9999 bytes (raise `max_response_size` if it is to be that large)");
}

#[tokio::test]
async fn the_limit_where_nothing_is_said() {
    const MIB: usize = 1024 * 1024;
    let server = Server::with(Answer::json(200, padded(64 * MIB))).await;
    assert!(server.client().list_groups().send().await.is_ok());
    let server = Server::with(Answer::json(200, padded(64 * MIB + 1))).await;
    let error = server.client().list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}

/// An answer that says at its start that it is too large is not waited for.
#[tokio::test]
async fn an_answer_that_announces_its_size() {
    let start = "HTTP/1.1 200 OK\r\ncontent-length: 10001\r\n\r\n";
    let server = FaultyServer::start(Does::Trickle(start.to_owned())).await;
    let client = patient(&server.url)
        .max_response_size(10_000)
        .timeout(MOMENT * 10);
    let error = client.build().unwrap().list_groups().send().await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::BodyTooLarge);
}

/// Calls that are dropped at any moment leave the client usable, and do not go on.
#[tokio::test]
async fn calls_that_are_dropped() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = patient(&format!("http://{}", listener.local_addr().unwrap()));
    let client = client.build().unwrap();
    for moment in [0, 0, 1, 2, 5, 10, 20, 50] {
        let call = client.delete_group().uuid(GROUP).send();
        let moment = Duration::from_millis(moment);
        assert!(tokio::time::timeout(moment, call).await.is_err());
    }
    // Nobody is at the other end of a connection any more.
    let mut dropped = 0;
    while let Ok(accepted) = tokio::time::timeout(MOMENT, listener.accept()).await {
        let (mut stream, _) = accepted.unwrap();
        let mut request = Vec::new();
        let read = stream.read_to_end(&mut request);
        tokio::time::timeout(LONG, read).await.unwrap().unwrap();
        dropped += 1;
    }
    assert!(dropped > 0);
    let answered = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        answer(&mut stream).await;
    };
    let (called, ()) = tokio::join!(client.list_groups().send(), answered);
    called.unwrap();
}

/// None of these calls is answered before all of them are there.
#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_calls_at_once() {
    const CALLS: usize = 2000;
    // Both ends of each connection are in this process.
    rlimit::increase_nofile_limit(3 * CALLS as u64).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = patient(&format!("http://{}", listener.local_addr().unwrap()));
    let client = client.build().unwrap();
    let all_there = Arc::new(Barrier::new(CALLS));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let all_there = Arc::clone(&all_there);
            tokio::spawn(async move {
                all_there.wait().await;
                answer(&mut stream).await;
            });
        }
    });
    let calls = (0..CALLS).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.list_groups().send().await.map(drop) })
    });
    let calls: Vec<_> = calls.collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

async fn answer(stream: &mut TcpStream) {
    // What is not read would reset the connection when it is closed.
    let _request = stream.read(&mut [0; 4096]).await.unwrap();
    let body = r#"{"success": true, "payload": []}"#;
    let length = body.len();
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(answer.as_bytes()).await.unwrap();
}

/// A clone is the same client: it goes on with the connection that another one made.
#[tokio::test]
async fn clones_share_connections() {
    let server = Server::start().await;
    let client = server.client();
    for _ in 0..3 {
        client.clone().list_groups().send().await.unwrap();
    }
    let ports = server
        .requests()
        .iter()
        .map(|request| request.peer)
        .collect::<Vec<_>>();
    assert!(ports.windows(2).all(|pair| pair[0] == pair[1]), "{ports:?}");
}

/// No panic, where a program has no runtime.
#[test]
fn without_a_runtime() {
    let client = Client::builder(TOKEN).build().unwrap();
    let call = pin!(client.list_groups().send());
    let Poll::Ready(Err(error)) = call.poll(&mut Context::from_waker(Waker::noop())) else {
        unreachable!("it was sent");
    };
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 0)
    );
    insta::assert_snapshot!(error, @"list_groups (GET /app/group): nothing was sent: there is no Tokio runtime here; await it in one, as `#[tokio::main]` starts");
}
