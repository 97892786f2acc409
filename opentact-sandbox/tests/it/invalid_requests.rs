//! The responses to invalid requests, without the SDK.

use opentact_sandbox::Sandbox;
use serde_json::json;

use crate::support::{UNKNOWN_UUID, envelope, error_response, request, sandbox};

async fn create(sandbox: &Sandbox, body: &'static str) -> String {
    let request = request(sandbox, "alice", "POST", "/app/group");
    error_response(
        request
            .header("content-type", "application/json")
            .body(body),
    )
    .await
}

#[tokio::test]
async fn create_group_with_an_invalid_body_names_property_and_keyword() {
    let sandbox = sandbox().await;
    let mut responses = String::new();
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
        responses += &format!("`{body}`\n  {}\n", create(&sandbox, body).await);
    }
    insta::assert_snapshot!(responses, @r#"
    ``
      400: the body is missing
    `{`
      400: the body is not JSON: EOF while parsing an object, at line 1, column 1
    `[]`
      400: the body: the value is not of type "object" (`type` in the spec)
    `{}`
      400: the body: "name" is a required property (`required` in the spec)
    `{"name": null}`
      400: `name`: the value is not of type "string" (`type` in the spec)
    `{"name": "ab"}`
      400: `name`: the value is shorter than 3 characters (`minLength` in the spec)
    `{"name": "Sales", "users": null}`
      400: `users`: the value is not of type "array" (`type` in the spec)
    `{"name": "Sales", "users": ["0B6C3F5E-8F0A-4B53-9D3E-6A1F6E7C2D41"]}`
      400: `users.0`: the value does not match "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$" (`pattern` in the spec)
    "#);
    let long = json!({ "name": "é".repeat(80) });
    let request = request(&sandbox, "alice", "POST", "/app/group");
    assert_eq!(envelope(request.json(&long)).await.0, 200);
}

#[tokio::test]
async fn request_with_an_invalid_path_method_or_header_is_rejected() {
    let sandbox = sandbox().await;
    let alice = |method, path| request(&sandbox, "alice", method, path);
    let json = "application/json";
    let text = alice("POST", "/app/group")
        .header("content-type", "text/plain")
        .body("{}");
    let untyped = alice("POST", "/app/group").body("{}");
    let large = alice("POST", "/app/group")
        .header("content-type", json)
        .body(vec![b' '; 1024 * 1024 + 1]);
    let unknown = request(&sandbox, "nobody", "GET", "/app/group");
    let anonymous = reqwest::Client::new().get(format!("{}/app/group", sandbox.url()));
    let requests = [
        alice("GET", "/app/groups"),
        alice("GET", "/app/group/"),
        alice("GET", "/../app/group"),
        alice("PUT", "/app/group"),
        alice("OPTIONS", &format!("/app/group/{UNKNOWN_UUID}")),
        alice("DELETE", "/app/group/0B6C3F5E-8F0A-4B53-9D3E-6A1F6E7C2D41"),
        alice("DELETE", "/app/group/%FF"),
        alice("DELETE", &format!("/app/group/{UNKNOWN_UUID}")),
        text,
        untyped,
        large,
        unknown,
        anonymous.try_clone().unwrap(),
        anonymous.header("X-Auth-HA1B-Token", "guessed"),
    ];
    let mut responses = String::new();
    for request in requests {
        responses += &format!("{}\n", error_response(request).await);
    }
    insta::assert_snapshot!(responses, @r#"
    404: there is nothing at this path
    404: there is nothing at this path
    404: there is nothing at this path
    405: this path does not support this method; see the header Allow
    405: this path does not support this method; see the header Allow
    400: `uuid`: the value does not match "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$" (`pattern` in the spec)
    400: the path is not UTF-8
    404: there is no such group
    415: the body must be JSON, and its Content-Type application/json
    415: the body must be JSON, and its Content-Type application/json
    413: the body is larger than 1048576 bytes
    401: the sandbox has no user `nobody`
    401: the header X-Auth-HA1B-Token is missing
    401: no user has these credentials
    "#);
}

#[tokio::test]
async fn unsupported_method_lists_the_allowed_ones() {
    let sandbox = sandbox().await;
    let response = request(&sandbox, "alice", "PUT", "/app/group")
        .send()
        .await
        .unwrap();
    let mut allowed: Vec<_> = response.headers()["allow"]
        .to_str()
        .unwrap()
        .split(',')
        .collect();
    allowed.sort();
    assert_eq!(allowed, ["GET", "HEAD", "POST"]);
}

#[tokio::test]
async fn content_type_json_in_any_notation_is_accepted() {
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

#[tokio::test]
async fn body_that_is_not_json_is_named_as_what_it_is() {
    let sandbox = sandbox().await;
    let nested = |levels: usize| {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        format!("{{\"name\": \"Sales\", \"x\": {open}{close}}}").into_bytes()
    };
    let gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let mut responses = String::new();
    for (name, encoding, body) in [
        ("comma", None, b"{\"name\": \"Sales\",\n }".to_vec()),
        ("quotes", None, b"{name: 1}".to_vec()),
        ("mark", None, "\u{feff}{}".as_bytes().to_vec()),
        ("not UTF-8", None, b"{\"name\": \"\xff\"}".to_vec()),
        ("two", None, b"{} {}".to_vec()),
        ("form", None, b"name=Sales".to_vec()),
        ("49 levels", None, nested(49)),
        ("50 levels", None, nested(50)),
        ("200 levels", None, nested(200)),
        ("gzip", None, gzip.clone()),
        ("gzip in the header", Some("gzip"), gzip),
    ] {
        let mut request = request(&sandbox, "alice", "POST", "/app/group");
        if let Some(encoding) = encoding {
            request = request.header("content-encoding", encoding);
        }
        let request = request
            .header("content-type", "application/json")
            .body(body);
        let (status, envelope) = envelope(request).await;
        let message = envelope["message"].as_str().unwrap_or_default();
        responses += format!("{name}: {} {message}", status.as_u16()).trim_end();
        responses.push('\n');
    }
    insta::assert_snapshot!(responses);
}
