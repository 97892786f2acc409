//! The options of a single call: its time limits, retry policy, headers and token.

use std::time::Duration;

use insta::assert_snapshot;
use opentact_api::{Client, Error, ErrorKind, RetryPolicy};

use crate::support::faults::Behaviour;
use crate::support::faulty_server::FaultyServer;
use crate::support::secrets;
use crate::support::server::{Response, Server, TOKEN};

const LONG: Duration = Duration::from_secs(600);
const SHORT: Duration = Duration::from_millis(100);

/// Starts a server that always asks the client to slow down.
async fn busy_server() -> Server {
    let body = r#"{"success": false, "message": "slow down", "status": 429}"#;
    Server::with(Response::json(429, body)).await
}

/// Starts a server that takes longer than [`SHORT`] for each response.
async fn slow_server() -> Server {
    Server::responding(|_| {
        std::thread::sleep(SHORT * 5);
        Response::json(200, r#"{"success": true, "payload": []}"#)
    })
    .await
}

fn builder(url: &str) -> opentact_api::ClientBuilder {
    let retry = RetryPolicy::default().initial_delay(Duration::from_millis(1));
    Client::builder()
        .ha1b_token(TOKEN)
        .base_url(url)
        .retry(retry)
}

#[tokio::test(flavor = "multi_thread")]
async fn timeout_of_a_call_replaces_that_of_the_client() {
    let silent = FaultyServer::start(Behaviour::StaySilent).await;
    let patient = builder(&silent.url).timeout(LONG).attempt_timeout(LONG);
    let client = patient.build().unwrap();
    let error = client.list_groups().timeout(SHORT).send().await;
    let error = error.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(
        error.to_string().contains("the call took longer than"),
        "{error}"
    );

    let hasty = builder(&silent.url).timeout(SHORT).build().unwrap();
    let error = hasty.list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let server = slow_server().await;
    let hasty = builder(&server.url).timeout(SHORT).build().unwrap();
    hasty.list_groups().timeout(LONG).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn attempt_timeout_of_a_call_replaces_that_of_the_client() {
    let silent = FaultyServer::start(Behaviour::StaySilent).await;
    let patient = builder(&silent.url).timeout(LONG).attempt_timeout(LONG);
    let client = patient.build().unwrap();
    let error = client.list_groups().attempt_timeout(SHORT).send().await;
    let error = error.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 3));
    assert!(
        error.to_string().contains("the attempt took longer than"),
        "{error}"
    );

    let hasty = |url: &str| {
        let hasty = builder(url).attempt_timeout(SHORT);
        hasty.retry(RetryPolicy::never()).build().unwrap()
    };
    let error = hasty(&silent.url).list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let server = slow_server().await;
    let hasty = hasty(&server.url);
    let request = hasty.list_groups().attempt_timeout(LONG);
    request.send().await.unwrap();
}

#[tokio::test]
async fn retry_policy_of_a_call_replaces_that_of_the_client() {
    let server = busy_server().await;
    let client = server.client();
    let once = client.list_groups().retry(RetryPolicy::never()).send();
    assert_eq!(once.await.unwrap_err().attempts(), 1);
    let twice = RetryPolicy::default()
        .max_attempts(2)
        .initial_delay(Duration::ZERO);
    let call = client.list_groups().retry(twice).send();
    assert_eq!(call.await.unwrap_err().attempts(), 2);
    assert_eq!(server.requests().len(), 3);
    let call = client.list_groups().send();
    assert_eq!(call.await.unwrap_err().attempts(), 3, "of the client");
}

#[tokio::test]
async fn header_of_a_call_is_sent_with_each_attempt() {
    let server = busy_server().await;
    let client = server.client();
    let request = client.list_groups().header("X-Request-Id", "first");
    let request = request.header("x-request-id", "second");
    let request = request.header("User-Agent", "another program");
    assert!(request.send().await.is_err());
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.header("x-request-id"), Some("second"));
        assert_eq!(request.header("user-agent"), Some("another program"));
        assert_eq!(request.header("x-auth-ha1b-token"), Some(TOKEN));
    }
    assert!(client.list_groups().send().await.is_err());
    assert_eq!(server.requests()[0].header("x-request-id"), None);
}

/// Sends a request with a header that the client refuses, and returns the error.
async fn refused(client: &Client, name: &str, value: &str) -> Error {
    let request = client.list_groups().header(name, value);
    // A valid header does not hide the problem with the first one.
    let error = request.header("x-valid", "value").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{name}");
    assert_eq!((error.attempts(), error.is_retryable()), (0, false));
    error
}

#[tokio::test]
async fn header_that_is_reserved_or_not_valid_is_not_sent() {
    let server = Server::start().await;
    let client = server.client();
    for name in [
        "X-Auth-HA1B-Token",
        "Host",
        "Connection",
        "Keep-Alive",
        "Proxy-Authorization",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Content-Length",
        "Content-Type",
        "Content-Encoding",
        "Expect",
        "Accept",
        "Accept-Encoding",
    ] {
        let error = refused(&client, name, "value").await.to_string();
        assert!(error.contains(&name.to_lowercase()), "{error}");
    }
    let token = refused(&client, "x-auth-ha1b-token", "value").await;
    assert_snapshot!(token, @"list_groups (GET /app/group): nothing was sent: the header `x-auth-ha1b-token` carries a token: set it with `ha1b_token`");
    let token = refused(&client, "authorization", "value").await;
    assert_snapshot!(token, @"list_groups (GET /app/group): nothing was sent: the header `authorization` carries a token: set it with `bearer_token`");
    let host = refused(&client, "host", "value").await;
    assert_snapshot!(host, @"list_groups (GET /app/group): nothing was sent: the header `host` is reserved for the client");
    let name = refused(&client, "x request", "value").await;
    assert_snapshot!(name, @"list_groups (GET /app/group): nothing was sent: the name of a header is not valid");
    let value = refused(&client, "x-secret", "line\r\nx-other: canary").await;
    assert_snapshot!(value, @"list_groups (GET /app/group): nothing was sent: the header `x-secret` has a value with characters that a header cannot carry");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn token_of_a_call_replaces_that_of_the_client() {
    let server = Server::start().await;
    let client = server.client();
    client
        .list_groups()
        .ha1b_token("another")
        .send()
        .await
        .unwrap();
    client.list_groups().send().await.unwrap();
    let sent: Vec<_> = server.requests();
    let sent: Vec<_> = sent
        .iter()
        .map(|it| it.header("x-auth-ha1b-token"))
        .collect();
    assert_eq!(sent, [Some("another"), Some(TOKEN)]);
}

#[tokio::test]
async fn token_that_no_header_can_carry_is_not_sent() {
    let server = Server::start().await;
    let client = server.client();
    let error = client
        .list_groups()
        .ha1b_token("")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::InvalidRequest, 0)
    );
    assert_snapshot!(error, @"list_groups (GET /app/group): nothing was sent: the token of the request cannot be used: it is empty");
    assert!(server.requests().is_empty());
}

/// The service may know both tokens.
#[tokio::test]
async fn error_of_a_call_with_its_own_token_hides_both() {
    let own = "k3v9q/7dm2+xw8za5/p0rt6y1nb4==";
    let message = format!("neither {own} nor {}", secrets::in_all_encodings());
    let body = format!(r#"{{"success": false, "message": "{message}", "status": 403}}"#);
    let server = Server::with(Response::json(403, body)).await;
    let client = Client::builder()
        .ha1b_token(secrets::TOKEN)
        .base_url(&server.url);
    let client = client.build().unwrap();
    let request = client
        .list_groups()
        .ha1b_token(own)
        .header("x-secret", "canary");
    let shown = format!("{request:?} {request:#?}");
    assert!(
        shown.contains("x-secret") && !shown.contains("canary"),
        "{shown}"
    );
    let shown = shown + &secrets::shown_by(&request.send().await.unwrap_err());
    assert!(shown.contains("neither [token] nor"), "{shown}");
    assert!(!shown.contains(own), "{shown}");
    assert_eq!(secrets::find_in(&shown), None);
}
