//! The retry of a call that the service refused.

use std::time::Duration;

use opentact_api::{Client, ClientBuilder, Error, RetryPolicy};

use crate::support::server::{Response, Server, TOKEN};

fn client(server: &Server, policy: RetryPolicy) -> ClientBuilder {
    let policy = policy.initial_delay(Duration::from_millis(1));
    Client::builder()
        .ha1b_token(TOKEN)
        .base_url(&server.url)
        .retry(policy)
}

async fn create(client: ClientBuilder) -> Error {
    let client = client.build().unwrap();
    let request = client.create_group().body_map(|body| body.name("Sales"));
    request.send().await.unwrap_err()
}

/// A gateway may have forwarded the request before it responded with 503.
#[tokio::test]
async fn create_with_503_is_not_retried() {
    let server = Server::with(Response::json(503, "{}")).await;
    let error = create(client(&server, RetryPolicy::default())).await;
    assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    assert_eq!(server.requests().len(), 1);
    let advice = "(the service may have carried it out: check before you retry)";
    assert!(error.to_string().ends_with(advice), "{error}");
}

#[tokio::test]
async fn create_with_503_is_retried_if_the_policy_trusts_it() {
    let in_the_envelope = Response::json(200, r#"{"success": false, "status": 503}"#);
    for response in [Response::json(503, "{}"), in_the_envelope] {
        let server = Server::with(response).await;
        let policy = RetryPolicy::default().retry_unavailable(true);
        let error = create(client(&server, policy)).await;
        assert_eq!((error.attempts(), error.is_retryable()), (3, true));
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn create_with_another_5xx_is_not_retried_if_the_policy_trusts_503() {
    for status in [500, 502, 504] {
        let server = Server::with(Response::json(status, "{}")).await;
        let policy = RetryPolicy::default().retry_unavailable(true);
        let error = create(client(&server, policy)).await;
        assert_eq!((error.attempts(), error.is_retryable()), (1, false));
    }
}
