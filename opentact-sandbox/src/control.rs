//! The API under `/_sandbox`, with which tests in any language control the sandbox.

mod faults;

use std::sync::{Arc, OnceLock};

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::HOST;
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use openapi_tree::{JsonSchemas, SchemaValidator, Source, load};
use serde_json::{Value, json};

use crate::body::{MAX_BODY_SIZE, parse};
use crate::credentials::BEARER_TOKEN;
use crate::received::ReceivedRequest;
use crate::resources::table::USERS;
use crate::response::{ErrorResponse, Result};
use crate::schema::check;
use crate::service::Service;

/// The document of this API.
const DOCUMENT: &str = include_str!("control/openapi.yaml");

/// The maximum size of a seed in bytes. A state with many resources can be given back as a seed.
const MAX_SEED_SIZE: usize = 64 * 1024 * 1024;

type Shared = State<Arc<Service>>;

/// The document as JSON, with the schema of a fault.
struct Control {
    document: Value,
    fault: SchemaValidator,
}

pub(crate) fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/_sandbox", get(show))
        .route("/_sandbox/", get(show))
        .route("/_sandbox/openapi.json", get(document))
        .route(
            "/_sandbox/faults",
            get(list_faults).post(inject).delete(clear_faults),
        )
        .route(
            "/_sandbox/requests",
            get(list_requests).delete(clear_requests),
        )
        .route("/_sandbox/reset", post(reset))
        .route("/_sandbox/seed", post(seed))
        .route("/_sandbox/state", get(show_state))
        .route("/healthz", get(async || Json(json!({ "status": "ok" }))))
        .with_state(service)
}

impl Control {
    fn embedded() -> Result<&'static Self> {
        static CONTROL: OnceLock<Result<Control, String>> = OnceLock::new();
        let control = CONTROL.get_or_init(|| {
            let source = Source::new("control/openapi.yaml", DOCUMENT);
            let document = load(source).map_err(|findings| findings.summary())?;
            let root = &document.root;
            let fault = root.descend(["components", "schemas", "Fault"]);
            let fault = fault.ok_or("the schema `Fault` is missing")?;
            Ok(Self {
                document: root.to_json(),
                fault: JsonSchemas::new(root).compile(fault)?,
            })
        });
        control
            .as_ref()
            .map_err(|reason| ErrorResponse::new(StatusCode::INTERNAL_SERVER_ERROR, reason.clone()))
    }
}

async fn document() -> Result<Json<Value>> {
    Ok(Json(Control::embedded()?.document.clone()))
}

/// Returns the URLs and the credentials. The host is that of the request, under which the caller reaches
/// the sandbox.
async fn show(State(service): Shared, headers: HeaderMap) -> Json<Value> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.unwrap_or("localhost");
    let state = service.state();
    let (email, password) = state.sign_in();
    let users = state.resources.all(USERS);
    let users = users.map(
        |(uuid, user)| json!({ "login": user["login"], "uuid": uuid, "token": user["token"] }),
    );
    Json(json!({
        "url": format!("http://{host}{}", service.spec.base_path),
        "docs": format!("http://{host}/docs"),
        "account_user": { "email": email, "password": password, "bearer_token": BEARER_TOKEN },
        "users": users.collect::<Vec<_>>(),
    }))
}

async fn list_faults(State(service): Shared) -> Json<Value> {
    let faults = service.faults.list();
    let faults: Vec<_> = faults.iter().map(faults::to_json).collect();
    Json(json!({ "faults": faults }))
}

async fn inject(State(service): Shared, body: Body) -> Result<Response<Body>> {
    let json = parse(&read(body, MAX_BODY_SIZE).await?)?;
    check(&Control::embedded()?.fault, "the body", &json).map_err(ErrorResponse::bad_request)?;
    let fault = faults::from_json(&json).map_err(ErrorResponse::bad_request)?;
    let json = faults::to_json(&fault);
    service
        .inject(fault)
        .map_err(|error| ErrorResponse::bad_request(error.to_string()))?;
    Ok((StatusCode::CREATED, Json(json)).into_response())
}

async fn clear_faults(State(service): Shared) -> StatusCode {
    service.faults.clear();
    StatusCode::NO_CONTENT
}

async fn list_requests(State(service): Shared) -> Json<Value> {
    let requests = service.requests.list();
    let requests: Vec<_> = requests.iter().map(ReceivedRequest::to_json).collect();
    Json(json!({ "requests": requests }))
}

async fn clear_requests(State(service): Shared) -> StatusCode {
    service.requests.clear();
    StatusCode::NO_CONTENT
}

async fn reset(State(service): Shared) -> Result<StatusCode> {
    service.reset()?;
    Ok(StatusCode::NO_CONTENT)
}

async fn seed(State(service): Shared, body: Body) -> Result<StatusCode> {
    let text = String::from_utf8(read(body, MAX_SEED_SIZE).await?);
    let text = text.map_err(|_| ErrorResponse::bad_request("the body is not UTF-8"))?;
    service.seed("seed", &text)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn show_state(State(service): Shared) -> Json<Value> {
    Json(service.state_json())
}

async fn read(body: Body, max_size: usize) -> Result<Vec<u8>> {
    let bytes = to_bytes(body, max_size).await.map_err(|_| {
        let message = format!("the body is larger than {max_size} bytes");
        ErrorResponse::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    })?;
    Ok(bytes.into())
}
