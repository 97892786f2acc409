//! A sandbox with checked responses, a client of the SDK, and requests without the SDK.

use opentact_api::{Client, RetryPolicy};
use opentact_sandbox::Sandbox;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;

pub(crate) const UNKNOWN_UUID: &str = "00000000-0000-4000-8000-000000000000";

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::builder().check_responses().start().await.unwrap()
}

/// Returns a client of the SDK that does not retry.
pub(crate) fn client(sandbox: &Sandbox, login: &str) -> Client {
    let client = Client::builder()
        .ha1b_token(sandbox.token(login))
        .base_url(sandbox.url());
    client.retry(RetryPolicy::never()).build().unwrap()
}

/// Returns a request without the SDK, as the user `login`.
pub(crate) fn request(sandbox: &Sandbox, login: &str, method: &str, path: &str) -> RequestBuilder {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    reqwest::Client::new()
        .request(method, format!("{}{path}", sandbox.url()))
        .header("X-Auth-HA1B-Token", sandbox.token(login))
}

/// Sends a request, and returns the status and the envelope of the response.
pub(crate) async fn envelope(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    assert_eq!(response.headers()["content-type"], "application/json");
    let envelope: Value = response.json().await.unwrap();
    assert_eq!(envelope["success"], status.is_success());
    if !status.is_success() {
        assert_eq!(envelope["status"], status.as_u16());
    }
    (status, envelope)
}

/// Sends a request, and returns the status and the message of the error response.
pub(crate) async fn error_response(request: RequestBuilder) -> String {
    let (status, envelope) = envelope(request).await;
    let message = envelope["message"].as_str().unwrap();
    format!("{}: {message}", status.as_u16())
}

/// Sends a request with a bearer token, and returns the status and the payload or message.
pub(crate) async fn account_call(
    sandbox: &Sandbox,
    token: &str,
    method: Method,
    path: &str,
    body: Value,
) -> (u16, Value) {
    let request = reqwest::Client::new().request(method, format!("{}{path}", sandbox.url()));
    let mut request = request.bearer_auth(token);
    if !body.is_null() {
        request = request.json(&body);
    }
    let (status, mut envelope) = envelope(request).await;
    let key = match status.is_success() {
        true => "payload",
        false => "message",
    };
    (status.as_u16(), envelope[key].take())
}
