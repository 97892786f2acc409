//! The reference at `/docs`. Everything that it loads comes from the sandbox.
#![cfg(feature = "docs")]
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use reqwest::StatusCode;
use serde_json::Value;
use support::{envelope, sandbox};

#[tokio::test]
async fn the_reference_is_served_without_the_network() {
    let sandbox = sandbox().await;
    let root = format!("http://{}", sandbox.address());
    let get = async |path: &str| {
        let answer = reqwest::get(format!("{root}{path}")).await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        (answer.url().path().to_owned(), answer.text().await.unwrap())
    };
    for path in ["/", "/docs"] {
        let (page, html) = get(path).await;
        assert_eq!(page, "/docs/");
        // Without it, a phone lays the page out as wide as a desktop, and shows it tiny.
        assert!(html.contains(r#"name="viewport""#), "{html}");
        let assets = html
            .split(['"', '\''])
            .filter(|text| text.starts_with("./"));
        let assets: Vec<_> = assets.map(|asset| asset.trim_start_matches('.')).collect();
        assert!(assets.len() >= 4, "{html}");
        for asset in assets {
            assert!(!get(&format!("/docs{asset}")).await.1.is_empty());
        }
        assert!(
            !html.contains("http://") && !html.contains("https://"),
            "{html}"
        );
    }
    let (_, initializer) = get("/docs/swagger-initializer.js").await;
    assert!(initializer.contains("/openapi.json"), "{initializer}");
    let document: Value = serde_json::from_str(&get("/openapi.json").await.1).unwrap();
    assert_eq!(document["servers"][0]["url"], "/rest");
    assert!(document["paths"]["/app/group"]["get"].is_object());
}

/// What cannot be answered is refused in the envelope, here as under `/rest`.
#[tokio::test]
async fn other_methods_and_paths_are_refused_in_the_envelope() {
    let sandbox = sandbox().await;
    let root = format!("http://{}", sandbox.address());
    let http = reqwest::Client::new();
    for path in ["/", "/docs", "/docs/", "/openapi.json"] {
        let post = http.post(format!("{root}{path}"));
        let answer = post.try_clone().unwrap().send().await.unwrap();
        assert_eq!(answer.headers()["allow"], "GET,HEAD", "{path}");
        assert_eq!(envelope(post).await.0, StatusCode::METHOD_NOT_ALLOWED);
    }
    let missing = http.get(format!("{root}/docs/missing.js"));
    assert_eq!(envelope(missing).await.0, StatusCode::NOT_FOUND);
}
