//! The spec as a browsable reference. It works offline and sends its requests to this sandbox.

mod document;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{Response, StatusCode};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::{Json, Router};
use utoipa_swagger_ui::{Config, serve};

use crate::response::ErrorResponse;
use crate::service::Service;

const PAGE: &str = "/docs/";

/// The style that fits the page to the width of a phone.
const STYLE: &str = include_str!("docs/page.css");

pub(crate) fn router(service: Arc<Service>) -> Router {
    let config = Config::new(["/openapi.json"])
        .try_it_out_enabled(true)
        .display_request_duration(true)
        .persist_authorization(true)
        .doc_expansion("none")
        .default_models_expand_depth(0)
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
            get(async move || Json(document::for_sandbox(&service))),
        )
}

async fn redirect_to_page() -> impl IntoResponse {
    (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, PAGE)])
}

fn file(path: &str, config: Arc<Config<'static>>) -> Response<Body> {
    match serve(path, config) {
        Ok(Some(file)) if file.content_type == "text/html" => {
            let page = String::from_utf8_lossy(&file.bytes);
            let head = format!(
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
                 <style>\n{STYLE}</style>\n</head>"
            );
            let title = format!("<title>{}</title>", document::TITLE);
            let page = page.replace("<title>Swagger UI</title>", &title);
            Html(page.replace("</head>", &head)).into_response()
        }
        Ok(Some(file)) => ([(CONTENT_TYPE, file.content_type)], file.bytes).into_response(),
        _ => ErrorResponse::not_found("there is nothing at this path").into_response(),
    }
}
