//! Idle connections, and the protocol of connections.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::future::join_all;
use opentact_api::{Client, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use crate::support::GROUP;
use crate::support::authority::Authority;
use crate::support::child;
use crate::support::server::{Server, TOKEN};
use crate::support::tls_server::TlsServer;

const CALLS: usize = 100;
/// Far more than closing connections takes.
const DEADLINE: Duration = Duration::from_secs(60);

fn builder(server: &Server) -> ClientBuilder {
    Client::builder().ha1b_token(TOKEN).base_url(&server.url)
}

async fn call(client: &Client) {
    client.list_groups().send().await.unwrap();
}

/// Makes many calls at once, and waits until few of their connections are open.
async fn expect_idle_after_a_burst(client: ClientBuilder, server: &Server, few: usize) {
    let client = client.build().unwrap();
    join_all((0..CALLS).map(|_| call(&client))).await;
    let requests = server.requests();
    let used: HashSet<_> = requests.iter().map(|request| request.peer).collect();
    assert!(used.len() > few, "{}", used.len());
    let closed = async {
        while server.open_connections() > few {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(DEADLINE, closed).await.unwrap();
    call(&client).await;
}

#[tokio::test]
async fn burst_of_calls_leaves_few_connections() {
    // No connection is closed because it was idle for too long.
    let forever = Duration::from_secs(3600);
    let server = Server::start().await;
    let default = builder(&server).pool_idle_timeout(forever);
    expect_idle_after_a_burst(default, &server, 32).await;
    let server = Server::start().await;
    let few = builder(&server).pool_idle_timeout(forever).pool_max_idle(3);
    expect_idle_after_a_burst(few, &server, 3).await;
}

/// Makes two calls with a pause between them, and returns their connections.
async fn two_calls(server: &Server, client: ClientBuilder, pause: Duration) -> HashSet<SocketAddr> {
    let client = client.build().unwrap();
    call(&client).await;
    sleep(pause).await;
    call(&client).await;
    let requests = server.requests();
    requests.iter().map(|request| request.peer).collect()
}

#[tokio::test]
async fn connection_is_reused_until_it_was_idle_for_too_long() {
    let server = Server::start().await;
    let pause = Duration::from_millis(200);
    let client = || builder(&server);
    assert_eq!(two_calls(&server, client(), Duration::ZERO).await.len(), 1);
    for forever in [Duration::from_secs(3600), Duration::MAX] {
        let patient = client().pool_idle_timeout(forever);
        assert_eq!(two_calls(&server, patient, pause).await.len(), 1);
    }
    let short = client().pool_idle_timeout(pause / 4);
    assert_eq!(two_calls(&server, short, pause).await.len(), 2);
    for none in [
        client().pool_idle_timeout(Duration::ZERO),
        client().pool_max_idle(0),
    ] {
        assert_eq!(two_calls(&server, none, Duration::ZERO).await.len(), 2);
    }
}

#[tokio::test]
async fn connection_without_idle_time_is_closed_after_its_call() {
    let server = Server::start().await;
    let client = builder(&server).pool_idle_timeout(Duration::ZERO);
    let client = client.build().unwrap();
    call(&client).await;
    let closed = async {
        while server.open_connections() > 0 {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(DEADLINE, closed).await.unwrap();
    drop(client);
}

/// Starts a server that closes each connection a millisecond after its response, without saying so.
/// Returns its base URL.
async fn hasty_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = Vec::new();
                while !request.ends_with(b"}") {
                    if stream.read_buf(&mut request).await? == 0 {
                        return Ok(());
                    }
                }
                let group = format!(r#"{{"uuid": "{GROUP}", "name": "Sales"}}"#);
                let body = format!(r#"{{"success": true, "payload": {group}}}"#);
                let length = body.len();
                let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}");
                stream.write_all(response.as_bytes()).await?;
                sleep(Duration::from_millis(1)).await;
                std::io::Result::Ok(())
            });
        }
    });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn server_that_closes_after_its_response_loses_no_call_without_idle_time() {
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(hasty_server().await);
    let client = client.pool_idle_timeout(Duration::ZERO).build().unwrap();
    for _ in 0..300 {
        let request = client.create_group().body_map(|body| body.name("Sales"));
        request.send().await.unwrap();
    }
}

/// A task of the pool that panics ends the child process.
#[tokio::test]
async fn idle_time_beyond_the_range_of_the_clock_makes_no_task_panic() {
    if !child::runs_alone("pool::idle_time_beyond_the_range_of_the_clock_makes_no_task_panic") {
        return;
    }
    std::panic::set_hook(Box::new(|_| std::process::abort()));
    let server = Server::start().await;
    let forever = builder(&server).pool_idle_timeout(Duration::MAX);
    let pause = Duration::from_millis(50);
    assert_eq!(two_calls(&server, forever, pause).await.len(), 1);
}

/// Returns the protocol that a client chooses if the server offers HTTP/2 and HTTP/1.1.
async fn chosen_protocol(set: fn(ClientBuilder) -> ClientBuilder) -> Option<String> {
    let authority = Authority::new();
    let mut config = authority.server(&["127.0.0.1"]);
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let server = TlsServer::start(config).await;
    let client = server
        .client("127.0.0.1")
        .root_certificate_pem(authority.pem());
    // A response to HTTP/2 is not in this server.
    let _ = set(client).build().unwrap().list_groups().send().await;
    server.sessions().pop().and_then(|session| session.protocol)
}

#[cfg(not(feature = "http2"))]
#[tokio::test]
async fn protocol_without_the_feature_http2_is_http_1() {
    let chosen = chosen_protocol(|client| client).await;
    assert_eq!(chosen.as_deref(), Some("http/1.1"));
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn protocol_with_the_feature_http2_is_http_2_unless_turned_off() {
    let chosen = chosen_protocol(|client| client).await;
    assert_eq!(chosen.as_deref(), Some("h2"));
    let chosen = chosen_protocol(ClientBuilder::http1_only).await;
    assert_eq!(chosen.as_deref(), Some("http/1.1"));
}
