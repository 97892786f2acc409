//! Clients that start from a caller's own HTTP client, and the `User-Agent`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use opentact_api::{Client, ErrorKind, RetryPolicy, reqwest};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;

use crate::support::faults::Behaviour;
use crate::support::faulty_server::FaultyServer;
use crate::support::server::{Response, Server, TOKEN};

#[tokio::test]
async fn settings_of_an_own_http_client_apply() {
    let server = Server::start().await;
    let built = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&built);
    let header = HeaderName::from_static("x-tenant");
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&server.url)
        .http_client(move || {
            counter.fetch_add(1, Ordering::SeqCst);
            let headers = HeaderMap::from_iter([(header.clone(), HeaderValue::from_static("7"))]);
            reqwest::Client::builder().default_headers(headers)
        })
        .build()
        .unwrap();
    client.list_groups().send().await.unwrap();
    assert_eq!(built.load(Ordering::SeqCst), 1);
    let requests = server.requests();
    assert_eq!(requests[0].header("x-tenant"), Some("7"));
    let version = env!("CARGO_PKG_VERSION");
    let user_agent = format!("opentact-api/{version}");
    assert_eq!(requests[0].header("user-agent"), Some(&*user_agent));
}

/// The settings of the HTTP client are the opposite of the promises.
#[tokio::test]
async fn promises_hold_with_an_own_http_client() {
    let (elsewhere, proxy) = (Server::start().await, Server::start().await);
    let redirect = Response::json(302, "").header("location", &elsewhere.url);
    let server = Server::with(redirect).await;
    let proxy_url = proxy.url.clone();
    // No server of this test.
    let other_address = ([127, 0, 0, 2], 0).into();
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(server.url.replace("127.0.0.1", "localhost"))
        .http_client(move || {
            reqwest::Client::builder()
                .redirect(Policy::limited(10))
                .proxy(reqwest::Proxy::all(&proxy_url).unwrap())
                .resolve("localhost", other_address)
                .connect_timeout(Duration::ZERO)
                .user_agent("another")
        })
        .build()
        .unwrap();
    let error = client.list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
    assert!(elsewhere.requests().is_empty());
    assert!(proxy.requests().is_empty());
    let requests = server.requests();
    assert!(
        !requests[0]
            .header("user-agent")
            .unwrap()
            .contains("another")
    );
}

/// Its own retries would not be counted.
#[tokio::test]
async fn own_http_client_repeats_no_request_by_itself() {
    let server = Server::with(Response::json(503, "")).await;
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(server.url.replace("127.0.0.1", "localhost"))
        .retry(RetryPolicy::never())
        .http_client(|| {
            let retry = reqwest::retry::for_host("localhost").max_retries_per_request(3);
            let retry = retry.classify_fn(|attempt| match attempt.status() {
                Some(_) => attempt.retryable(),
                None => attempt.success(),
            });
            reqwest::Client::builder().retry(retry)
        })
        .build()
        .unwrap();
    let error = client.list_groups().send().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn timeout_of_an_own_http_client_counts_as_a_lost_connection() {
    let server = FaultyServer::start(Behaviour::StaySilent).await;
    let moment = Duration::from_millis(100);
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&server.url)
        .retry(RetryPolicy::never())
        .http_client(move || reqwest::Client::builder().timeout(moment))
        .build()
        .unwrap();
    let error = client.list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionLost, "{error}");
}

#[test]
fn own_http_client_that_cannot_be_built_is_an_error() {
    let unusable = || reqwest::Client::builder().user_agent("\n");
    let error = Client::builder()
        .ha1b_token(TOKEN)
        .base_url("http://127.0.0.1")
        .http_client(unusable)
        .build()
        .unwrap_err();
    insta::assert_snapshot!(error, @"the HTTP client cannot be set up: failed to parse header value");
}

#[tokio::test]
async fn user_agent_suffix_names_the_program() {
    let server = Server::start().await;
    let builder = || Client::builder().ha1b_token(TOKEN).base_url(&server.url);
    let client = builder().user_agent_suffix("nightly/1.2 (+https://example.com)");
    client.build().unwrap().list_groups().send().await.unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let user_agent = format!("opentact-api/{version} nightly/1.2 (+https://example.com)");
    assert_eq!(
        server.requests()[0].header("user-agent"),
        Some(&*user_agent)
    );
    let refused = ["", " a", "a\r\nx: y", "ä"].map(|suffix| {
        builder()
            .user_agent_suffix(suffix)
            .build()
            .unwrap_err()
            .to_string()
    });
    insta::assert_snapshot!(refused.join("\n"), @"
    the suffix of `User-Agent` cannot be used: it is empty, or starts or ends with white space
    the suffix of `User-Agent` cannot be used: it is empty, or starts or ends with white space
    the suffix of `User-Agent` cannot be used: it contains characters other than visible ASCII and spaces
    the suffix of `User-Agent` cannot be used: it contains characters other than visible ASCII and spaces
    ");
}
