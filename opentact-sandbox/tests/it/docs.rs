//! The reference at `/docs`.

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::{client, envelope, sandbox};

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
        assert!(html.contains("<title>OpenTACT sandbox</title>"), "{html}");
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
    let persists = r#""persistAuthorization": true"#;
    assert!(initializer.contains(persists), "{initializer}");
    let document: Value = serde_json::from_str(&get("/openapi.json").await.1).unwrap();
    assert_eq!(document["servers"][0]["url"], "/rest");
    assert!(document["paths"]["/app/group"]["get"].is_object());
    let shown = document["info"]["description"].as_str().unwrap();
    for credential in [
        &*sandbox.token("bob"),
        &sandbox.email(),
        &sandbox.password(),
        sandbox.bearer_token(),
    ] {
        assert!(shown.contains(credential), "{shown}");
    }
}

#[tokio::test]
async fn path_parameters_of_the_docs_are_prefilled_with_existing_resources() {
    let sandbox = sandbox().await;
    let url = format!("http://{}/openapi.json", sandbox.address());
    let parameter = async |name: &str| {
        let document: Value = reqwest::get(&url).await.unwrap().json().await.unwrap();
        document["components"]["parameters"][name].clone()
    };
    let user = parameter("SIPUserUuid").await;
    assert_eq!(user["example"], sandbox.uuid("bob").unwrap().to_string());
    let group = parameter("GroupUuid").await;
    let description = group["description"].as_str().unwrap();
    assert!(description.contains("none yet"), "{description}");
    let alice = client(&sandbox, "alice");
    let create = alice.create_group().body_map(|body| body.name("Sales"));
    let created = create.send().await.unwrap();
    let group = parameter("GroupUuid").await;
    assert_eq!(group["example"], created.uuid.to_string());
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
