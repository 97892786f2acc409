//! The credentials of operations that accept other ones than the token of a SIP user.

use insta::assert_snapshot;
use opentact_sandbox::Sandbox;
use reqwest::{Client, RequestBuilder};

use crate::support::{envelope, sandbox};

fn get(sandbox: &Sandbox, path: &str) -> RequestBuilder {
    Client::new().get(format!("{}{path}", sandbox.url()))
}

#[tokio::test]
async fn each_operation_accepts_only_credentials_of_its_security_schemes() {
    let sandbox = sandbox().await;
    let basic = get(&sandbox, "/auth").basic_auth(sandbox.email(), Some(sandbox.password()));
    let (_, signed_in) = envelope(basic).await;
    let jwt = signed_in["payload"]["token"].as_str().unwrap().to_owned();
    let mut responses = String::new();
    for path in [
        "/auth",
        "/account",
        "/app",
        "/user/password_reset?email=alice@example.com",
    ] {
        let requests = [
            ("nothing", get(&sandbox, path)),
            (
                "a password",
                get(&sandbox, path).basic_auth(sandbox.email(), Some(sandbox.password())),
            ),
            (
                "a wrong password",
                get(&sandbox, path).basic_auth(sandbox.email(), Some("wrong")),
            ),
            ("a JWT", get(&sandbox, path).header("X-Auth-Token", &jwt)),
            (
                "a bearer token",
                get(&sandbox, path).bearer_auth(sandbox.bearer_token()),
            ),
            (
                "a wrong bearer token",
                get(&sandbox, path).bearer_auth("wrong"),
            ),
            (
                "the token of a SIP user",
                get(&sandbox, path).header("X-Auth-HA1B-Token", sandbox.token("alice")),
            ),
        ];
        for (name, request) in requests {
            let (status, envelope) = envelope(request).await;
            let message = envelope["message"].as_str().unwrap_or_default();
            responses += format!("{path} with {name}: {} {message}", status.as_u16()).trim_end();
            responses.push('\n');
        }
    }
    assert_snapshot!(responses);
}

#[tokio::test]
async fn operation_without_state_responds_with_the_example_of_the_spec() {
    let sandbox = sandbox().await;
    let request = get(&sandbox, "/dict/country").bearer_auth(sandbox.bearer_token());
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["x-sandbox"], "example");
    let envelope: serde_json::Value = response.json().await.unwrap();
    assert!(
        envelope["payload"]
            .as_array()
            .is_some_and(|countries| !countries.is_empty())
    );
    let request = get(&sandbox, "/app/group").header("X-Auth-HA1B-Token", sandbox.token("alice"));
    let response = request.send().await.unwrap();
    assert_eq!(response.headers().get("x-sandbox"), None);
}
