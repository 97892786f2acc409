//! The API under `/_sandbox`, over real HTTP, and its document.

use openapi_tree::{JsonSchemas, Source, Style, load, load_valid};
use opentact_api::ErrorKind;
use opentact_sandbox::Sandbox;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{client, envelope, error_response, sandbox};

/// Sends a request to the control API, and checks the response against its document.
async fn control(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    body: Option<Value>,
) -> (StatusCode, Value) {
    let root = format!("http://{}/_sandbox", sandbox.address());
    let http = reqwest::Client::new();
    let verb = Method::from_bytes(method.as_bytes()).unwrap();
    let request = http.request(verb, format!("{root}{path}"));
    let request = match body {
        Some(body) => request.body(body.to_string()),
        None => request,
    };
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    let document = reqwest::get(format!("{root}/openapi.json")).await.unwrap();
    let document = document.text().await.unwrap();
    let document = load(Source::new("openapi.json", document.as_str())).unwrap();
    let template = if path.is_empty() { "/" } else { path };
    let root = &document.root;
    let operation = openapi_tree::Operation::all(root).find(|operation| {
        operation.path.key == template && operation.method.key.to_uppercase() == method
    });
    let operation = operation.unwrap();
    let mut responses = operation.responses(root);
    let documented = responses.find(|(key, _)| key.key == status.as_str());
    assert!(documented.is_some(), "{method} {path}: {status} {text}");
    let Some(schema) = documented
        .unwrap()
        .1
        .descend(["content", "application/json", "schema"])
    else {
        assert_eq!(text, "", "{method} {path}");
        return (status, Value::Null);
    };
    let value: Value = serde_json::from_str(&text).unwrap();
    let schema = JsonSchemas::new(root).compile(schema).unwrap();
    let errors: Vec<_> = schema.errors(&value).collect();
    assert!(errors.is_empty(), "{method} {path}: {errors:?} in {text}");
    (status, value)
}

#[tokio::test]
async fn document_of_the_control_api_is_valid() {
    let sandbox = sandbox().await;
    let url = format!("http://{}/_sandbox/openapi.json", sandbox.address());
    let text = reqwest::get(url).await.unwrap().text().await.unwrap();
    let document = load_valid(Source::new("openapi.json", text.as_str()));
    let findings = document.err().map(|findings| findings.render(Style::Plain));
    assert_eq!(findings, None);
}

#[tokio::test]
async fn root_shows_the_url_and_the_credentials() {
    let sandbox = sandbox().await;
    let (status, shown) = control(&sandbox, "GET", "", None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(shown["url"], sandbox.url());
    assert_eq!(shown["users"][0]["login"], "alice");
    assert_eq!(shown["users"][0]["token"], sandbox.token("alice"));
    assert_eq!(shown["account_user"]["password"], sandbox.password());
}

#[tokio::test]
async fn injected_faults_are_listed_affect_requests_and_can_be_cleared() {
    let sandbox = sandbox().await;
    let alice = client(&sandbox, "alice");
    for fault in [
        json!({ "status": 503, "retry_after": 7, "times": 2, "operation": "list_groups" }),
        json!({ "delay_ms": 1, "times": 1 }),
        json!({ "drop": true, "times": 1 }),
        json!({ "raw": "HTTP/1.1 200 OK\r\n\r\n{", "times": 1 }),
        json!({ "raw_base64": "/w==", "times": 1 }),
    ] {
        let (status, injected) = control(&sandbox, "POST", "/faults", Some(fault.clone())).await;
        assert_eq!((status, injected), (StatusCode::CREATED, fault));
    }
    let error = alice.list_groups().send().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(error.retry_after().unwrap().as_secs(), 7);
    let (_, faults) = control(&sandbox, "GET", "/faults", None).await;
    let faults = faults["faults"].as_array().unwrap();
    assert_eq!((faults.len(), &faults[0]["times"]), (5, &json!(1)));
    let (status, _) = control(&sandbox, "DELETE", "/faults", None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert!(alice.list_groups().send().await.is_ok());
    let drop = json!({ "drop": true });
    control(&sandbox, "POST", "/faults", Some(drop)).await;
    let error = alice.list_groups().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionLost);
}

#[tokio::test]
async fn unusable_fault_is_refused_with_the_mistake() {
    let sandbox = sandbox().await;
    let mut refused = String::new();
    for body in [
        r#"{"status": 503"#,
        "",
        "[]",
        "{}",
        r#"{"times": 2}"#,
        r#"{"status": 99}"#,
        r#"{"status": "503"}"#,
        r#"{"status": 503, "drop": true}"#,
        r#"{"drop": false}"#,
        r#"{"drop": true, "retry_after": 1}"#,
        r#"{"delay_ms": -1}"#,
        r#"{"raw_base64": "?"}"#,
        r#"{"status": 503, "time": 2}"#,
        r#"{"status": 503, "times": 0}"#,
    ] {
        let url = format!("http://{}/_sandbox/faults", sandbox.address());
        let request = reqwest::Client::new().post(url).body(body);
        refused += &format!("{body}\n  {}\n", error_response(request).await);
    }
    insta::assert_snapshot!(refused, @r#"
    {"status": 503
      400: the body is not JSON: EOF while parsing an object, at line 1, column 14

      400: the body is not JSON: EOF while parsing a value, at line 1, column 0
    []
      400: the body: the value is not of type "object" (`type` in the spec)
    {}
      400: a fault has exactly one of `status`, `delay_ms`, `drop`, `raw` and `raw_base64`
    {"times": 2}
      400: a fault has exactly one of `status`, `delay_ms`, `drop`, `raw` and `raw_base64`
    {"status": 99}
      400: `status`: the value is less than the minimum of 200 (`minimum` in the spec)
    {"status": "503"}
      400: `status`: the value is not of type "integer" (`type` in the spec)
    {"status": 503, "drop": true}
      400: a fault has exactly one of `status`, `delay_ms`, `drop`, `raw` and `raw_base64`
    {"drop": false}
      400: `drop`: the value is not one of true (`enum` in the spec)
    {"drop": true, "retry_after": 1}
      400: `retry_after` needs `status`
    {"delay_ms": -1}
      400: `delay_ms`: the value is less than the minimum of 0 (`minimum` in the spec)
    {"raw_base64": "?"}
      400: `raw_base64` is not Base64: Invalid symbol 63, offset 0.
    {"status": 503, "time": 2}
      400: the body: Additional properties are not allowed ('time' was unexpected) (`additionalProperties` in the spec)
    {"status": 503, "times": 0}
      400: `times`: the value is less than the minimum of 1 (`minimum` in the spec)
    "#);
    let body = json!({ "status": 503, "operation": "list_group" });
    let (status, error) = control(&sandbox, "POST", "/faults", Some(body)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("the spec has no operation `list_group`; "));
}

#[tokio::test]
async fn reset_restores_the_state_of_the_start() {
    let sandbox = sandbox().await;
    let alice = client(&sandbox, "alice");
    let create = alice.create_group().body_map(|body| body.name("Sales"));
    create.send().await.unwrap();
    let fault = json!({ "status": 500 });
    control(&sandbox, "POST", "/faults", Some(fault)).await;
    let (status, _) = control(&sandbox, "POST", "/reset", None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let (_, requests) = control(&sandbox, "GET", "/requests", None).await;
    assert_eq!(requests, json!({ "requests": [] }));
    assert!(alice.list_groups().send().await.unwrap().is_empty());
}

#[tokio::test]
async fn seed_is_in_the_state_and_mistakes_in_it_are_refused_with_their_place() {
    let sandbox = sandbox().await;
    let url = format!("http://{}/_sandbox/seed", sandbox.address());
    let http = reqwest::Client::new();
    let alice = sandbox.uuid("alice").unwrap();
    let seed = format!("groups:\n  - name: Support\n    owner: {alice}\n    users: [{alice}]\n");
    let seeded = http.post(&url).body(seed).send().await.unwrap();
    assert_eq!(seeded.status(), StatusCode::NO_CONTENT);
    let groups = client(&sandbox, "alice").list_groups().send().await;
    assert_eq!(groups.unwrap()[0].name, "Support");
    let (_, state) = control(&sandbox, "GET", "/state", None).await;
    assert_eq!(state["groups"][0]["name"], "Support");
    let broken = http.post(&url).body("groups:\n  - nam: Sales\n");
    let message = error_response(broken).await;
    assert!(message.starts_with("400: "), "{message}");
    assert!(message.contains("seed:2:5"), "{message}");
}

#[tokio::test]
async fn received_requests_are_listed_without_their_secrets() {
    let sandbox = sandbox().await;
    let alice = client(&sandbox, "alice");
    let create = alice.create_group().body_map(|body| body.name("Sales"));
    create.send().await.unwrap();
    let root = format!("http://{}", sandbox.address());
    let http = reqwest::Client::new();
    let unknown = http.get(format!("{root}/rest/nowhere?name=a&name=b&token=canary-1"));
    unknown.bearer_auth("canary-2").send().await.unwrap();
    let sign_in = http.get(format!("{root}/rest/auth"));
    let sign_in = sign_in.basic_auth("alice@example.com", Some("canary-3"));
    sign_in.send().await.unwrap();
    let body = json!({ "name": "canary-4", "nested": [{ "Password": "canary-4" }] });
    let nested = http.post(format!("{root}/rest/app/group")).json(&body);
    nested.send().await.unwrap();
    let not_json = http.post(format!("{root}/rest/app/group"));
    let not_json = not_json.body("{\"password\": \"canary-5\"");
    not_json.send().await.unwrap();
    let token = http.delete(format!("{root}/rest/token/canary-6"));
    token.bearer_auth("canary-7").send().await.unwrap();
    sandbox
        .inject(opentact_sandbox::Fault::drop_connection())
        .unwrap();
    alice.list_groups().send().await.unwrap_err();

    let (_, listed) = control(&sandbox, "GET", "/requests", None).await;
    assert!(!listed.to_string().contains("canary"), "{listed:#}");
    assert!(!listed.to_string().contains("sandbox-alice"), "{listed:#}");
    let requests = listed["requests"].as_array().unwrap();
    assert_eq!(requests[0]["headers"]["x-auth-ha1b-token"], "***");
    assert_eq!(requests[0]["body"], json!({ "name": "Sales" }));
    assert_eq!(requests[1]["query"]["name"], json!(["a", "b"]));
    assert_eq!(requests[3]["body"]["nested"][0]["Password"], "***");
    assert_eq!(requests[4].get("body"), None);
    let lines: Vec<_> = sandbox.requests().iter().map(ToString::to_string).collect();
    let lines = lines.join("\n");
    insta::with_settings!({filters => [(r"\d+ ms", "<n> ms")]}, {
        insta::assert_snapshot!(lines, @"
        POST /rest/app/group create_group 200 <n> ms
        GET /rest/nowhere?name=a&name=b&token=*** 404 <n> ms
        GET /rest/auth sign_in 401 <n> ms
        POST /rest/app/group create_group 401 <n> ms
        POST /rest/app/group create_group 401 <n> ms
        DELETE /rest/token/*** delete_token 401 <n> ms
        GET /rest/app/group list_groups no response (fault: drop) <n> ms
        ");
    });
    let (status, _) = control(&sandbox, "DELETE", "/requests", None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn secrets_are_masked_under_any_usual_name_and_in_unknown_paths() {
    let sandbox = sandbox().await;
    let root = sandbox.url();
    let http = reqwest::Client::new();
    for path in [
        "/app/invite/canary-1",
        "/app/invite/canary-2/x",
        "/App//Invite/canary-3",
        "/token/canary-4/canary-5",
        "/rest/app/invite/canary-6",
        "/nowhere?access-token=canary-7&key=canary-8",
    ] {
        http.put(format!("{root}{path}")).send().await.unwrap();
    }
    http.put(format!("{root}/token/list")).send().await.unwrap();
    let body = json!({
        "client_secret": "canary-9", "secret_key": "canary-10", "api-key": "canary-11",
        "card_number": "canary-12", "accessToken": "canary-13", "userPin": "canary-14",
        "is_shipping": "kept",
        "text": "see https://example.com/?jwt=eyJhbGciOi.eyJjYW5hcn.c2lnbmF0dXJl&x=1, \
                 canary, canary-and-more, session-value",
    });
    let create = http.post(format!("{root}/app/group")).json(&body);
    let create = create
        .header("X-Api-Key", "canary")
        .header("Password", "canary-and-more");
    let create = create.header("Cookie", "theme=light; session=\"session-value\"");
    create.send().await.unwrap();

    let (_, listed) = control(&sandbox, "GET", "/requests", None).await;
    let requests = listed["requests"].as_array().unwrap();
    let paths = requests
        .iter()
        .map(|request| request["path"].as_str().unwrap());
    assert_eq!(
        paths.collect::<Vec<_>>(),
        [
            "/rest/app/invite/***",
            "/rest/app/invite/***/***",
            "/rest/App//Invite/***",
            "/rest/token/***/***",
            "/rest/rest/app/invite/***",
            "/rest/nowhere",
            "/rest/token/list",
            "/rest/app/group",
        ]
    );
    let body = &requests[7]["body"];
    assert_eq!(body["is_shipping"], "kept");
    let text = "see https://example.com/?jwt=***&x=1, ***, ***, ***";
    assert_eq!(body["text"], text);
    assert!(!listed.to_string().contains("canary"), "{listed:#}");
}

#[tokio::test]
async fn large_or_broken_body_reaches_the_operation_as_it_was() {
    let sandbox = sandbox().await;
    let url = format!("{}/app/group", sandbox.url());
    let request = |body: String| {
        let request = reqwest::Client::new().post(&url).body(body);
        let request = request.header("Content-Type", "application/json");
        request.header("X-Auth-HA1B-Token", sandbox.token("alice"))
    };
    let padding = " ".repeat(100 * 1024);
    let (status, _) = envelope(request(format!("{{\"name\": \"Sales\"}}{padding}"))).await;
    assert_eq!(status, StatusCode::OK);
    let (status, _) = envelope(request(" ".repeat(2 * 1024 * 1024))).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    let requests = sandbox.requests();
    assert_eq!((requests.len(), requests[0].body()), (2, None));
}

#[tokio::test]
async fn on_request_receives_each_request_to_the_service() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let sandbox = Sandbox::builder().on_request(move |request| {
        // The receiver lives as long as the test.
        let _ = sender.send(request.operation().map(str::to_owned));
    });
    let sandbox = sandbox.start().await.unwrap();
    let alice = client(&sandbox, "alice");
    alice.list_groups().send().await.unwrap();
    control(&sandbox, "GET", "/faults", None).await;
    drop(sandbox);
    assert_eq!(receiver.try_iter().next().flatten().unwrap(), "list_groups");
    assert_eq!(receiver.try_iter().next(), None);
}

#[tokio::test]
async fn large_state_can_be_given_back_as_a_seed() {
    let sandbox = sandbox().await;
    sandbox.seed("numbers: [12025500000-12025599999]").unwrap();
    let (_, state) = control(&sandbox, "GET", "/state", None).await;
    assert!(state.to_string().len() > 1024 * 1024);
    sandbox.seed("numbers: []").unwrap();
    let (status, _) = control(&sandbox, "POST", "/seed", Some(state.clone())).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(sandbox.state(), state);
}
