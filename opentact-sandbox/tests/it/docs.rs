//! The reference at `/docs`.

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::{envelope, sandbox};

#[tokio::test]
async fn docs_page_loads_everything_from_the_sandbox() {
    let sandbox = sandbox().await;
    let root = format!("http://{}", sandbox.address());
    let get = async |path: &str| {
        let response = reqwest::get(format!("{root}{path}")).await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        (
            response.url().path().to_owned(),
            response.text().await.unwrap(),
        )
    };
    for path in ["/", "/docs"] {
        let (page, html) = get(path).await;
        assert_eq!(page, "/docs/");
        // Without it, a phone shows the page at the width of a desktop, too small to read.
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

#[tokio::test]
async fn unsupported_method_or_path_of_the_docs_responds_with_the_envelope() {
    let sandbox = sandbox().await;
    let root = format!("http://{}", sandbox.address());
    let http = reqwest::Client::new();
    for path in ["/", "/docs", "/docs/", "/openapi.json"] {
        let post = http.post(format!("{root}{path}"));
        let response = post.try_clone().unwrap().send().await.unwrap();
        assert_eq!(response.headers()["allow"], "GET,HEAD", "{path}");
        assert_eq!(envelope(post).await.0, StatusCode::METHOD_NOT_ALLOWED);
    }
    let missing = http.get(format!("{root}/docs/missing.js"));
    assert_eq!(envelope(missing).await.0, StatusCode::NOT_FOUND);
}
