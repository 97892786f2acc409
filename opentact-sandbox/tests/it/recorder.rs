//! The recorder between a client and a service, over real sockets.

use std::path::Path;

use opentact_api::{Client, ErrorKind, RetryPolicy};
use opentact_sandbox::{Fault, Recorder, RecorderSettings, Sandbox, StartError};
use reqwest::redirect::Policy;
use serde_json::{Value, json};

use crate::support::sandbox;

async fn start(base_url: &str, folder: &Path) -> Result<Recorder, StartError> {
    let http = reqwest::Client::builder().redirect(Policy::none());
    let settings = RecorderSettings {
        address: ([127, 0, 0, 1], 0).into(),
        base_url: base_url.to_owned(),
        folder: folder.to_owned(),
        http: http.build().unwrap(),
        log: Box::new(|_| {}),
    };
    Recorder::start(settings).await
}

fn client(sandbox: &Sandbox, recorder: &Recorder) -> Client {
    let client = Client::builder()
        .ha1b_token(sandbox.token("alice"))
        .sign_in(sandbox.email(), sandbox.password())
        .base_url(recorder.url());
    client.retry(RetryPolicy::never()).build().unwrap()
}

/// Returns the files of a folder by name, the first one first.
fn files(folder: &Path) -> Vec<(String, Value)> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries
        .map(|entry| {
            let entry = entry.unwrap();
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, serde_json::from_str(&text).unwrap())
        })
        .collect();
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    files
}

#[tokio::test]
async fn recorder_writes_each_request_and_response_without_secrets() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().unwrap());
    let folder = folder.path().join("recording");
    let recorder = start(sandbox.url(), &folder).await.unwrap();
    let client = client(&sandbox, &recorder);
    let create = client.create_group();
    let create = create.body_map(|body| body.name("Sales"));
    create.send().await.unwrap();
    client.list_tn_leases().send().await.unwrap();
    sandbox.inject(Fault::status(503)).unwrap();
    client.list_groups().send().await.unwrap_err();

    let files = files(&folder);
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "0001-create_group-200.json",
            "0002-sign_in-200.json",
            "0003-list_tn_leases-200.json",
            "0004-list_groups-503.json",
            "seed.json",
        ]
    );
    let pair = &files[0].1;
    assert_eq!(pair["base_url"], sandbox.url());
    assert_eq!(pair["request"]["path"], "/app/group");
    assert_eq!(pair["request"]["body"], json!({ "name": "Sales" }));
    assert_eq!(pair["request"]["headers"]["x-auth-ha1b-token"], "***");
    assert_eq!(pair["response"]["body"]["payload"]["name"], "Sales");
    assert_eq!(pair["response"]["body"]["payload"]["owner"]["ha1"], "***");
    assert_eq!(pair["spec"], json!({ "request": null, "response": null }));
    let sign_in = &files[1].1["response"]["body"]["payload"];
    assert_eq!(sign_in["token"], "***");
    let all = files.iter().map(|(_, file)| file.to_string());
    let all: String = all.collect();
    for secret in ["sandbox-alice", "sandbox-password", "eyJ"] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}

#[tokio::test]
async fn recorded_responses_are_a_seed_for_another_sandbox() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().unwrap());
    let recorder = start(sandbox.url(), folder.path()).await.unwrap();
    let recorded = client(&sandbox, &recorder);
    recorded.list_same_domain_users().send().await.unwrap();
    let users: Vec<_> = ["alice", "bob"]
        .iter()
        .filter_map(|login| sandbox.uuid(login))
        .collect();
    let create = recorded.create_group();
    let create = create.body_map(|body| body.name("Sales").users(users));
    create.send().await.unwrap();
    let renamed = recorded.create_group();
    let renamed = renamed.body_map(|body| body.name("Suport")).send().await;
    let rename = recorded.update_group().uuid(renamed.unwrap().uuid);
    let rename = rename.body_map(|body| body.name("Support"));
    rename.send().await.unwrap();

    let seed = std::fs::read_to_string(folder.path().join("seed.json"));
    let again = Sandbox::builder().seed(seed.unwrap()).check_responses();
    let again = again.start().await.unwrap();
    let alice = Client::builder()
        .ha1b_token(again.token("alice"))
        .base_url(again.url());
    let groups = alice.build().unwrap().list_groups().send().await.unwrap();
    let names: Vec<_> = groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["Sales", "Support"]);
    let users = groups[0].users.iter();
    let logins: Vec<_> = users.map(|user| user.login.clone().unwrap()).collect();
    assert_eq!(logins, ["alice", "bob"]);
}

#[tokio::test]
async fn seed_starts_a_sandbox_whatever_the_service_sends_and_grows_with_each_session() {
    const SALES: &str = "11111111-1111-4111-8111-111111111111";
    const OTHER: &str = "33333333-3333-4333-8333-333333333333";
    const ZOE: &str = "22222222-2222-4222-8222-222222222222";
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().unwrap());
    let user = |uuid: &str, domain: &str| {
        json!({ "uuid": uuid, "login": "zoe", "nickname": "Z", "is_active": "yes",
            "created_on": "2026-01-05T08:00:00Z", "sip_domain": { "domain": domain } })
    };
    let other = user(OTHER, "b.example.com");
    let zoe = user(ZOE, "a.example.com");
    let (users, sales) = (
        format!("app/group/{SALES}/users"),
        format!("app/group/{SALES}"),
    );
    let group = json!({ "uuid": SALES, "name": "Sales", "owner": zoe, "users": [zoe, other] });
    let renamed = json!({ "uuid": SALES, "name": "Shop", "owner": zoe });
    let gone = json!({ "uuid": ZOE, "name": "Gone", "owner": zoe, "users": [] });
    // Each request is a session of its own.
    for (method, path, payload) in [
        ("GET", "app/users", json!([zoe, other, { "uuid": 5 }])),
        ("GET", "app/group", json!([group, gone])),
        ("PATCH", &sales, renamed),
        ("DELETE", &format!("{users}/{ZOE}"), json!({})),
        ("DELETE", &format!("app/group/{ZOE}"), json!({})),
    ] {
        let recorder = start(sandbox.url(), folder.path()).await.unwrap();
        let body = json!({ "success": true, "payload": payload });
        let response = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}");
        sandbox.inject(Fault::raw(response)).unwrap();
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = reqwest::Client::new().request(method, format!("{}/{path}", recorder.url()));
        assert_eq!(request.send().await.unwrap().status(), 200);
        recorder.stop().await;
    }
    let seed = std::fs::read_to_string(folder.path().join("seed.json")).unwrap();
    let again = Sandbox::builder().seed(seed.clone()).check_responses();
    again.start().await.unwrap();
    let seed: Value = serde_json::from_str(&seed).unwrap();
    let domains = seed["domains"].as_array().unwrap().iter();
    let domains: Vec<_> = domains.map(|domain| &domain["domain"]).collect();
    assert_eq!(
        domains,
        ["sip.example.com", "a.example.com", "b.example.com"]
    );
    let user = |uuid: &str, domain: &str| {
        json!({ "uuid": uuid, "login": "zoe", "created_on": "2026-01-05T08:00:00Z",
            "sip_domain": domain })
    };
    let other = user(OTHER, "b.example.com");
    assert_eq!(seed["users"], json!([user(ZOE, "a.example.com"), other]));
    let sales = json!({ "uuid": SALES, "name": "Shop", "owner": ZOE, "users": [OTHER] });
    assert_eq!(seed["groups"], json!([sales]));
}

#[tokio::test]
async fn recorder_names_what_breaks_the_spec() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().unwrap());
    let recorder = start(sandbox.url(), folder.path()).await.unwrap();
    let body = r#"{"success": true, "payload": [{"uuid": 5}]}"#;
    let response = format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{body}");
    sandbox.inject(Fault::raw(response)).unwrap();
    let http = reqwest::Client::new();
    let list = http.get(format!("{}/app/group", recorder.url()));
    assert_eq!(list.send().await.unwrap().text().await.unwrap(), body);
    let unknown = http.get(format!("{}/nowhere", recorder.url()));
    assert_eq!(unknown.send().await.unwrap().status(), 404);

    let files = files(folder.path());
    let mistake = files[0].1["spec"]["response"].as_str().unwrap();
    assert!(mistake.starts_with("`payload.0"), "{mistake}");
    assert_eq!(files[1].0, "0002-get-404.json");
    assert_eq!(files[1].1["spec"], Value::Null);
}

#[tokio::test]
async fn response_without_content_and_unknown_path_with_a_secret_are_recorded() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().unwrap());
    let recorder = start(sandbox.url(), folder.path()).await.unwrap();
    let empty = Fault::raw("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
    sandbox.inject(empty).unwrap();
    let http = reqwest::Client::new();
    let list = http.get(format!("{}/app/group", recorder.url()));
    assert_eq!(list.send().await.unwrap().status(), 204);
    let unknown = http.put(format!("{}/app/invite/canary", recorder.url()));
    assert_eq!(unknown.send().await.unwrap().status(), 405);

    let files = files(folder.path());
    assert_eq!(files[0].1["spec"]["response"], Value::Null);
    assert_eq!(files[1].1["request"]["path"], "/app/invite/***");
    assert!(!files[1].1.to_string().contains("canary"));
}

#[tokio::test]
async fn recorder_continues_the_numbers_of_its_folder() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().unwrap());
    for _ in 0..2 {
        let recorder = start(sandbox.url(), folder.path()).await.unwrap();
        client(&sandbox, &recorder)
            .list_groups()
            .send()
            .await
            .unwrap();
        recorder.stop().await;
    }
    let files = files(folder.path());
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names[..2],
        ["0001-list_groups-200.json", "0002-list_groups-200.json"]
    );
}

#[tokio::test]
async fn recorder_sends_nothing_beyond_its_base_url() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().unwrap());
    let recorder = start(sandbox.url(), folder.path()).await.unwrap();
    let root = format!("http://{}", recorder.address());
    // An HTTP client would resolve `..` itself.
    for target in [
        "/_sandbox",
        "/restaurant",
        "/rest/../_sandbox",
        "/rest/%2e%2E/_sandbox",
        "http://example.com/rest/../x",
        "http://example.com/x",
    ] {
        let response = raw(&recorder, target).await;
        assert!(response.starts_with("HTTP/1.1 404"), "{target}: {response}");
    }
    // The host of an absolute target is ignored.
    let response = raw(&recorder, "http://example.com/rest/app/group").await;
    assert!(response.starts_with("HTTP/1.1 401"), "{response}");
    assert_eq!(sandbox.requests().len(), 1);
    drop(sandbox);
    let lost = reqwest::get(format!("{root}/rest/app/group"))
        .await
        .unwrap();
    assert_eq!(lost.status(), 502);
    let body = lost.text().await.unwrap();
    assert!(
        body.contains("the recorder got no response from 127.0.0.1"),
        "{body}"
    );
}

/// Sends a request line as it is, and returns the response.
async fn raw(recorder: &Recorder, target: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let stream = tokio::net::TcpStream::connect(recorder.address()).await;
    let mut stream = stream.unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response
}

#[tokio::test]
async fn recorder_with_unusable_settings_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut errors = String::new();
    for url in [
        "",
        "ftp://example.com",
        "https://user:password@example.com",
        "https://example.com/rest?debug",
    ] {
        let error = start(url, folder.path()).await.unwrap_err();
        errors += &format!("{url:?}: {error}\n");
    }
    let settings = RecorderSettings {
        address: ([0, 0, 0, 0], 0).into(),
        base_url: "https://example.com".to_owned(),
        folder: folder.path().to_owned(),
        http: reqwest::Client::new(),
        log: Box::new(|_| {}),
    };
    errors += &Recorder::start(settings).await.unwrap_err().to_string();
    insta::assert_snapshot!(errors, @r#"
    "": the base URL: relative URL without a base
    "ftp://example.com": the base URL must be `http` or `https`, without credentials or a query
    "https://user:password@example.com": the base URL must be `http` or `https`, without credentials or a query
    "https://example.com/rest?debug": the base URL must be `http` or `https`, without credentials or a query
    a recorder listens on loopback addresses only, and not on 0.0.0.0:0
    "#);
}

#[tokio::test]
async fn redirect_of_the_service_is_recorded_and_not_followed() {
    let (sandbox, folder) = (sandbox().await, tempfile::tempdir().unwrap());
    let elsewhere = Sandbox::start().await.unwrap();
    let recorder = start(sandbox.url(), folder.path()).await.unwrap();
    let response = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {}/app/group\r\ncontent-length: 0\r\n\r\n",
        elsewhere.url()
    );
    sandbox.inject(Fault::raw(response)).unwrap();
    let error = client(&sandbox, &recorder).list_groups().send().await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!(files(folder.path())[0].0, "0001-list_groups-307.json");
    assert!(elsewhere.requests().is_empty());
}
