//! What the sandbox answers to what no client should send, seen without the SDK.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use opentact_sandbox::Sandbox;
use serde_json::json;
use support::{NOBODY, envelope, refusal, request, sandbox};

async fn create(sandbox: &Sandbox, body: &'static str) -> String {
    let request = request(sandbox, "alice", "POST", "/app/group");
    refusal(
        request
            .header("content-type", "application/json")
            .body(body),
    )
    .await
}

#[tokio::test]
async fn bodies_that_break_the_spec() {
    let sandbox = sandbox().await;
    let mut refusals = String::new();
    for body in [
        "",
        "{",
        "[]",
        "{}",
        r#"{"name": null}"#,
        r#"{"name": "ab"}"#,
        r#"{"name": "Sales", "users": null}"#,
        r#"{"name": "Sales", "users": ["0B6C3F5E-8F0A-4B53-9D3E-6A1F6E7C2D41"]}"#,
    ] {
        refusals += &format!("{body}\n  {}\n", create(&sandbox, body).await);
    }
    insta::assert_snapshot!(refusals);
    let long = json!({ "name": "é".repeat(80) });
    let request = request(&sandbox, "alice", "POST", "/app/group");
    assert_eq!(envelope(request.json(&long)).await.0, 200);
}

#[tokio::test]
async fn paths_methods_and_headers_that_break_the_spec() {
    let sandbox = sandbox().await;
    let alice = |method, path| request(&sandbox, "alice", method, path);
    let json = "application/json";
    let text = alice("POST", "/app/group")
        .header("content-type", "text/plain")
        .body("{}");
    let unsaid = alice("POST", "/app/group").body("{}");
    let large = alice("POST", "/app/group")
        .header("content-type", json)
        .body(vec![b' '; 1024 * 1024 + 1]);
    let nobody = request(&sandbox, "nobody", "GET", "/app/group");
    let stranger = reqwest::Client::new().get(format!("{}/app/group", sandbox.url()));
    let requests = [
        alice("GET", "/app/groups"),
        alice("GET", "/app/group/"),
        alice("GET", "/../app/group"),
        alice("PUT", "/app/group"),
        alice("OPTIONS", &format!("/app/group/{NOBODY}")),
        alice("DELETE", "/app/group/0B6C3F5E-8F0A-4B53-9D3E-6A1F6E7C2D41"),
        alice("DELETE", "/app/group/%FF"),
        alice("DELETE", &format!("/app/group/{NOBODY}")),
        text,
        unsaid,
        large,
        nobody,
        stranger.try_clone().unwrap(),
        stranger.header("X-Auth-HA1B-Token", "guessed"),
    ];
    let mut refusals = String::new();
    for request in requests {
        refusals += &format!("{}\n", refusal(request).await);
    }
    insta::assert_snapshot!(refusals);
}

#[tokio::test]
async fn methods_that_a_path_takes() {
    let sandbox = sandbox().await;
    let answer = request(&sandbox, "alice", "PUT", "/app/group")
        .send()
        .await
        .unwrap();
    let mut allowed: Vec<_> = answer.headers()["allow"]
        .to_str()
        .unwrap()
        .split(',')
        .collect();
    allowed.sort();
    assert_eq!(allowed, ["GET", "HEAD", "POST"]);
}

#[tokio::test]
async fn json_by_any_way_of_writing_its_name() {
    let sandbox = sandbox().await;
    for name in [
        "application/json",
        "Application/JSON;charset=utf-8",
        "application/json ; a=b",
    ] {
        let request = request(&sandbox, "alice", "POST", "/app/group");
        let request = request
            .header("content-type", name)
            .body(r#"{"name": "Sales"}"#);
        assert_eq!(envelope(request).await.0, 200, "{name}");
    }
}
