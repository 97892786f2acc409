//! Requests of browsers from pages of other origins, and the health check.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{request, sandbox};

const ORIGIN: &str = "https://app.example.com";

#[tokio::test]
async fn preflight_allows_the_methods_and_headers_of_any_operation() {
    let sandbox = sandbox().await;
    let root = format!("http://{}", sandbox.address());
    let http = reqwest::Client::new();
    for path in ["/rest/app/group", "/_sandbox/faults", "/openapi.json"] {
        let preflight = http
            .request(Method::OPTIONS, format!("{root}{path}"))
            .header("Origin", ORIGIN)
            .header("Access-Control-Request-Method", "PATCH")
            .header(
                "Access-Control-Request-Headers",
                "authorization,x-auth-ha1b-token",
            )
            .header("Access-Control-Request-Private-Network", "true");
        let response = preflight.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::NO_CONTENT, "{path}");
        let header = |name: &str| response.headers()[name].to_str().unwrap();
        assert_eq!(header("access-control-allow-origin"), "*");
        assert!(header("access-control-allow-methods").contains("PATCH"));
        assert_eq!(
            header("access-control-allow-headers"),
            "authorization,x-auth-ha1b-token"
        );
        assert_eq!(header("access-control-allow-private-network"), "true");
    }
    let plain = http.request(Method::OPTIONS, format!("{root}/rest/app/group"));
    let plain = plain.send().await.unwrap();
    assert_eq!(plain.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn response_to_a_page_of_another_origin_is_readable_for_the_page() {
    let sandbox = sandbox().await;
    for (path, status) in [("/app/group", 200), ("/nowhere", 404)] {
        let call = request(&sandbox, "alice", "GET", path).header("Origin", ORIGIN);
        let response = call.send().await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert_eq!(response.headers()["access-control-expose-headers"], "*");
    }
    let same_origin = request(&sandbox, "alice", "GET", "/app/group");
    let response = same_origin.send().await.unwrap();
    assert!(
        !response
            .headers()
            .contains_key("access-control-allow-origin")
    );
}

#[tokio::test]
async fn healthz_responds_without_credentials_as_the_control_document_says() {
    let sandbox = sandbox().await;
    let url = format!("http://{}/healthz", sandbox.address());
    let response = reqwest::get(url).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let health: serde_json::Value = response.json().await.unwrap();
    assert_eq!(health, json!({ "status": "ok" }));
    let url = format!("http://{}/_sandbox/openapi.json", sandbox.address());
    let document = reqwest::get(url).await.unwrap();
    let document: serde_json::Value = document.json().await.unwrap();
    let documented = &document["paths"]["/healthz"];
    assert_eq!(documented["servers"][0]["url"], "/");
    assert!(documented["get"]["responses"]["200"].is_object());
}
