//! The limits of a call: its duration, the size of the response, and the number of calls at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use opentact_api::{Client, ClientBuilder, ErrorKind, RetryPolicy};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;

use crate::support::GROUP;
use crate::support::faults::Behaviour;
use crate::support::faulty_server::FaultyServer;
#[cfg(feature = "http2")]
use crate::support::http2::Http2;
use crate::support::server::{Response, Server, TOKEN};
#[cfg(feature = "http2")]
use crate::support::tls;
#[cfg(target_os = "linux")]
use crate::support::tls_server::read_head;

const MOMENT: Duration = Duration::from_millis(200);
/// The time limits of a client for which a test sets no other.
const LONG: Duration = Duration::from_secs(600);
/// Far more than any call takes, and less than [`LONG`].
const DEADLINE: Duration = Duration::from_secs(60);

/// Returns the settings of a client with long time limits and many attempts.
fn patient(url: &str) -> ClientBuilder {
    let retry = RetryPolicy::default()
        .max_attempts(1000)
        .initial_delay(Duration::from_millis(1))
        .max_retry_after(LONG);
    Client::builder()
        .ha1b_token(TOKEN)
        .base_url(url)
        .connect_timeout(LONG)
        .attempt_timeout(LONG)
        .timeout(LONG)
        .retry(retry)
}

/// Awaits a call, which must end by itself.
async fn ended<T>(call: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, call).await.unwrap()
}

#[tokio::test]
async fn call_with_a_time_limit_is_retried_until_then() {
    let server = FaultyServer::start(Behaviour::StaySilent).await;
    let client = patient(&server.url).attempt_timeout(MOMENT);
    let client = client.timeout(MOMENT * 3).build().unwrap();
    let error = ended(client.list_groups().send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!((2..=3).contains(&error.attempts()), "{error}");
}

#[tokio::test]
async fn attempt_ends_with_the_time_limit_of_the_call() {
    let server = FaultyServer::start(Behaviour::StaySilent).await;
    let client = patient(&server.url).timeout(MOMENT).build().unwrap();
    let error = ended(client.list_groups().send()).await.unwrap_err();
    insta::assert_snapshot!(error, @"list_groups (GET /app/group): the service did not respond in time: the call took longer than 200 ms");
}

/// The server asks for a wait that the client accepts, but that the time limit does not allow.
#[tokio::test]
async fn retry_after_beyond_the_time_limit_ends_the_call_at_once() {
    let busy = Response::json(503, "").header("retry-after", "500");
    let server = Server::with(busy).await;
    let client = patient(&server.url).timeout(LONG / 2).build().unwrap();
    let error = ended(client.list_groups().send()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1));
    assert!(error.is_retryable());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(500)));
}

#[tokio::test]
async fn durations_beyond_the_range_of_the_clock_are_accepted() {
    let server = Server::start().await;
    let forever = Duration::MAX;
    let retry = RetryPolicy::default()
        .initial_delay(forever)
        .max_delay(forever);
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&server.url)
        .connect_timeout(forever)
        .attempt_timeout(forever)
        .timeout(forever)
        .retry(retry)
        .build()
        .unwrap();
    assert!(client.list_groups().send().await.is_ok());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn connect_to_a_busy_server_times_out() {
    let busy = BusyServer::start().await;
    connect_times_out(&busy.url()).await;
}

/// Nothing was sent, so that every operation is retried, and the message says so.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn attempt_that_ends_while_connecting_is_always_retried() {
    let busy = BusyServer::start().await;
    let client = patient(&busy.url()).attempt_timeout(MOMENT);
    let client = client.timeout(MOMENT * 4).build().unwrap();
    let request = client.create_group().body_map(|body| body.name("Sales"));
    let error = ended(request.send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.attempts() > 1 && error.is_retryable(), "{error}");
    let line = error.to_string();
    assert!(
        line.contains(", and the last attempt sent nothing"),
        "{line}"
    );
    assert!(!line.contains("carried it out"), "{line}");
}

/// The message must not deny that the first attempt sent the request.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn attempt_that_ends_while_connecting_after_one_that_sent_tells_them_apart() {
    let (listener, url) = BusyServer::listener();
    let server = tokio::spawn(async move {
        let (mut first, _) = listener.accept().await.unwrap();
        read_head(&mut first).await.unwrap();
        BusyServer::filling(listener).await
    });
    let client = patient(&url).attempt_timeout(MOMENT * 10);
    let client = client.retry(RetryPolicy::default().max_attempts(2).initial_delay(MOMENT));
    let call = client.build().unwrap();
    let error = ended(call.list_groups().send()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 2));
    assert_snapshot!(error, @"list_groups (GET /app/group): the service did not respond in time: the attempt took longer than 2 s, and the last attempt sent nothing, after 2 attempts");
    drop(server.await);
}

/// A server whose queue is full, so that it accepts no further connection.
struct BusyServer {
    listener: TcpListener,
    _queue: Vec<TcpStream>,
}

impl BusyServer {
    async fn start() -> Self {
        Self::filling(Self::listener().0).await
    }

    /// Returns a listener with a short queue, and its URL.
    fn listener() -> (TcpListener, String) {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        (listener, url)
    }

    /// Fills the queue of a listener.
    async fn filling(listener: TcpListener) -> Self {
        let address = listener.local_addr().unwrap();
        let mut queue = Vec::new();
        while let Ok(stream) = tokio::time::timeout(MOMENT, TcpStream::connect(address)).await {
            queue.push(stream.unwrap());
        }
        Self {
            listener,
            _queue: queue,
        }
    }

    fn url(&self) -> String {
        format!("http://{}", self.listener.local_addr().unwrap())
    }
}

#[tokio::test]
async fn tls_handshake_with_a_silent_server_times_out() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    connect_times_out(&format!("https://{}", silent.local_addr().unwrap())).await;
}

/// Nothing was sent, so that every operation is retried.
async fn connect_times_out(url: &str) {
    let client = patient(url).connect_timeout(MOMENT);
    let client = client.retry(RetryPolicy::never()).build().unwrap();
    let error = ended(client.list_groups().send()).await.unwrap_err();
    assert!(error.is_retryable());
    let line = error.to_string();
    // The rest of the line is the text of other crates.
    let message = "did not respond in time: connecting took too long: ";
    assert!(line.contains(message), "{line}");
    let client = patient(url).connect_timeout(MOMENT);
    let client = client.timeout(MOMENT * 4).build().unwrap();
    let request = client.create_group().body_map(|body| body.name("Sales"));
    let error = ended(request.send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.attempts() > 1, "{error}");
}

/// The server neither responds nor acknowledges pings. An attempt that times out would leave the
/// connection to the next one.
#[cfg(feature = "http2")]
#[tokio::test]
async fn http_2_connection_of_a_dead_server_is_given_up() {
    let dead = Http2 {
        settings: Vec::new(),
        at_once: None,
        on_request: Vec::new(),
        flood: None,
        is_alive: false,
        closes: false,
    };
    let server = FaultyServer::start(Behaviour::Http2(dead)).await;
    let client = patient(&server.url).only_root_certificates_pem(tls::trusted_pem());
    let client = client.build().unwrap();
    let call = ended(client.list_groups().send());
    let recovered = async {
        while server.requests() == 0 {
            tokio::time::sleep(MOMENT / 10).await;
        }
        // For new requests: the one that was sent gets no response.
        server.recover();
    };
    let (called, ()) = tokio::join!(call, recovered);
    assert_eq!(called.unwrap().len(), 1);
    assert_eq!(server.requests(), 2);
}

/// Returns a response body of this size.
fn padded(bytes: usize) -> Vec<u8> {
    let mut body = br#"{"success": true, "payload": []}"#.to_vec();
    body.resize(bytes, b' ');
    body
}

#[tokio::test]
async fn response_above_max_response_size_is_refused() {
    let server = Server::with(Response::json(200, padded(10_000))).await;
    let with_limit = |limit| {
        let client = patient(&server.url).max_response_size(limit);
        client.build().unwrap()
    };
    assert!(with_limit(10_000).list_groups().send().await.is_ok());
    let error = with_limit(9_999).list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    insta::assert_snapshot!(error, @"list_groups (GET /app/group): the response is too large, status 200 OK: it is larger than 9999 bytes (raise `max_response_size` if responses can be that large)");
}

#[tokio::test]
async fn default_max_response_size_is_8_mib() {
    const MIB: usize = 1024 * 1024;
    let server = Server::with(Response::json(200, padded(8 * MIB))).await;
    assert!(server.client().list_groups().send().await.is_ok());
    let server = Server::with(Response::json(200, padded(8 * MIB + 1))).await;
    let error = server.client().list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}

/// The runtime has one thread, which must be free when the time is over. Decoding the body takes much
/// longer.
#[tokio::test]
async fn undecodable_response_of_8_mib_ends_in_time() {
    const TIMEOUT: Duration = Duration::from_millis(100);
    let users = [r#"{"login": "alice", "dob": 5}"#; 8].join(",");
    let group = format!(r#"{{"uuid": "{GROUP}", "name": "Sales", "users": [{users}]}},"#);
    let groups = group.repeat((8 * 1024 * 1024 - 100) / group.len());
    let body = format!(r#"{{"success": true, "payload": [{groups}{{"uuid": 5}}]}}"#);
    let server = Server::with(Response::json(200, body)).await;
    let client = patient(&server.url).timeout(TIMEOUT).build().unwrap();
    let start = Instant::now();
    let error = client.list_groups().send().await.unwrap_err();
    let taken = start.elapsed();
    assert!(taken < TIMEOUT * 10, "{taken:?}");
    let expected = [ErrorKind::Timeout, ErrorKind::UndecodableResponse];
    assert!(expected.contains(&error.kind()), "{error}");
}

#[tokio::test]
async fn response_that_announces_too_many_bytes_is_refused_before_they_arrive() {
    let start = "HTTP/1.1 200 OK\r\ncontent-length: 10001\r\n\r\n";
    let server = FaultyServer::start(Behaviour::Trickle(start.to_owned())).await;
    let client = patient(&server.url).max_response_size(10_000);
    let client = client.build().unwrap();
    let error = ended(client.list_groups().send()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}

#[tokio::test]
async fn dropped_call_closes_its_connection_and_leaves_the_client_usable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = patient(&format!("http://{}", listener.local_addr().unwrap()));
    let client = client.build().unwrap();
    for moment in [0, 0, 1, 2, 5, 10, 20, 50] {
        let call = client.delete_group().uuid(GROUP).send();
        let moment = Duration::from_millis(moment);
        assert!(tokio::time::timeout(moment, call).await.is_err());
    }
    let mut dropped = 0;
    while let Ok(accepted) = tokio::time::timeout(MOMENT, listener.accept()).await {
        let (mut stream, _) = accepted.unwrap();
        let mut request = Vec::new();
        // Ends only if the client has closed its end.
        ended(stream.read_to_end(&mut request)).await.unwrap();
        dropped += 1;
    }
    assert!(dropped > 0);
    let served = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        respond(&mut stream).await;
    };
    let (called, ()) = tokio::join!(client.list_groups().send(), served);
    called.unwrap();
}

/// The server responds to none of the calls before all of them have arrived.
#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_calls_run_at_once() {
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
                respond(&mut stream).await;
            });
        }
    });
    let calls = (0..CALLS).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.list_groups().send().await.map(drop) })
    });
    let calls: Vec<_> = calls.collect();
    for call in calls {
        ended(call).await.unwrap().unwrap();
    }
}

async fn respond(stream: &mut TcpStream) {
    // Closing a connection with unread bytes would reset it.
    let _request = stream.read(&mut [0; 4096]).await.unwrap();
    let body = r#"{"success": true, "payload": []}"#;
    let length = body.len();
    let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(response.as_bytes()).await.unwrap();
}

#[tokio::test]
async fn clones_of_a_client_share_connections() {
    let server = Server::start().await;
    let client = server.client();
    for _ in 0..3 {
        client.clone().list_groups().send().await.unwrap();
    }
    let requests = server.requests();
    let ports: Vec<_> = requests.iter().map(|request| request.peer).collect();
    assert!(ports.windows(2).all(|pair| pair[0] == pair[1]), "{ports:?}");
}
