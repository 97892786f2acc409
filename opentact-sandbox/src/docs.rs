//! The spec as a browsable reference. It works offline and sends its requests to this sandbox.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{Response, StatusCode};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use utoipa_swagger_ui::{Config, serve};

use crate::response::ErrorResponse;
use crate::spec::Spec;

const PAGE: &str = "/docs/";
/// The style that fits the page to the width of a phone, even if a table is wider.
const PHONE_LAYOUT: &str = r#"<meta name="viewport" content="width=device-width, initial-scale=1">
  <style>.swagger-ui .opblock-body { overflow-x: auto }</style>
  </head>"#;

pub(crate) fn router(spec: &Spec) -> Router {
    let document = Arc::new(with_sandbox_as_server(spec));
    let config = Config::new(["/openapi.json"])
        .try_it_out_enabled(true)
        .display_request_duration(true)
        .validator_url("none")
        .use_base_layout();
    let config = Arc::new(config);
    let file = move |path: String| {
        let config = Arc::clone(&config);
        async move { file(&path, config) }
    };
    let index = file.clone();
    Router::new()
        .route("/", get(redirect_to_page))
        .route("/docs", get(redirect_to_page))
        .route(PAGE, get(async move || index(String::new()).await))
        .route(
            "/docs/{*path}",
            get(async move |Path(path)| file(path).await),
        )
        .route(
            "/openapi.json",
            get(async move || Json(Value::clone(&document))),
        )
}

/// Returns the spec with the sandbox as its only server.
fn with_sandbox_as_server(spec: &Spec) -> Value {
    let mut document = spec.document.clone();
    document["servers"] = json!([{ "url": spec.base_path, "description": "This sandbox." }]);
    document
}

async fn redirect_to_page() -> impl IntoResponse {
    (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, PAGE)])
}

fn file(path: &str, config: Arc<Config<'static>>) -> Response<Body> {
    match serve(path, config) {
        Ok(Some(file)) if file.content_type == "text/html" => {
            let page = String::from_utf8_lossy(&file.bytes);
            Html(page.replace("</head>", PHONE_LAYOUT)).into_response()
        }
        Ok(Some(file)) => ([(CONTENT_TYPE, file.content_type)], file.bytes).into_response(),
        _ => ErrorResponse::not_found("there is nothing at this path").into_response(),
    }
}
