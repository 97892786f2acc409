//! A sandbox whose answers are checked, and two ways to talk to it.
#![allow(dead_code)] // each test file uses a part of it
#![allow(clippy::unwrap_used)] // helpers of tests

use opentact_api::{Client, RetryPolicy};
use opentact_sandbox::Sandbox;
use reqwest::{Method, StatusCode};
use serde_json::Value;

pub(crate) const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::builder().check_answers().start().await.unwrap()
}

/// A client of the SDK that tries once.
pub(crate) fn client(sandbox: &Sandbox, login: &str) -> Client {
    let client = Client::builder(sandbox.token(login)).base_url(sandbox.url());
    client.retry(RetryPolicy::never()).build().unwrap()
}

/// A request without the SDK, as user `login`.
pub(crate) fn request(
    sandbox: &Sandbox,
    login: &str,
    method: &str,
    path: &str,
) -> reqwest::RequestBuilder {
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    reqwest::Client::new()
        .request(method, format!("{}{path}", sandbox.url()))
        .header("X-Auth-HA1B-Token", sandbox.token(login))
}

/// What comes back: the status, and the envelope.
pub(crate) async fn envelope(request: reqwest::RequestBuilder) -> (StatusCode, Value) {
    let answer = request.send().await.unwrap();
    let status = answer.status();
    assert_eq!(answer.headers()["content-type"], "application/json");
    let envelope: Value = answer.json().await.unwrap();
    assert_eq!(envelope["success"], status.is_success());
    if !status.is_success() {
        assert_eq!(envelope["status"], status.as_u16());
    }
    (status, envelope)
}

/// A refusal in a line.
pub(crate) async fn refusal(request: reqwest::RequestBuilder) -> String {
    let (status, envelope) = envelope(request).await;
    format!(
        "{}: {}",
        status.as_u16(),
        envelope["message"].as_str().unwrap()
    )
}
