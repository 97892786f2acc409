//! The reference at `/docs`. Everything that it loads comes from the sandbox.
#![cfg(feature = "docs")]
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use serde_json::Value;
use support::sandbox;

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
    let (_, yaml) = get("/openapi.yaml").await;
    assert_eq!(yaml, include_str!("../../openapi/groups.yaml"));
    let document: Value = serde_json::from_str(&get("/openapi.json").await.1).unwrap();
    assert_eq!(document["servers"][0]["url"], "/rest");
    assert!(document["paths"]["/app/group"]["get"].is_object());
}
