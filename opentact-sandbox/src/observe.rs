//! The log of the requests that programs send to the service, and not to the sandbox itself.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;
use chrono::Utc;
use futures_util::StreamExt as _;
use serde_json::Value;

use crate::body::MAX_BODY_SIZE;
use crate::mask::{SecretNames, Secrets};
use crate::received::{Faulted, Reached, ReceivedRequest};
use crate::response::ErrorResponse;
use crate::service::Service;
use crate::time::timestamp;

/// The largest body that is kept, in bytes.
const KEPT_BODY: usize = 64 * 1024;

/// The paths of the sandbox itself. Requests to them are not logged.
const OWN_PATHS: [&str; 4] = ["/_sandbox", "/docs", "/openapi.json", "/healthz"];

/// Adds a request and its outcome to the log.
pub(crate) async fn log_request(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let path = request.uri().path();
    let is_own = |own: &&str| {
        let rest = path.strip_prefix(*own);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if path == "/" || OWN_PATHS.iter().any(is_own) {
        return next.run(request).await;
    }
    // A client that gives up ends its connection, but not the request.
    let handled = tokio::spawn(handle(service, request, next)).await;
    handled.unwrap_or_else(|_| {
        let message = "the sandbox failed; its output has the cause";
        ErrorResponse::new(StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
    })
}

async fn handle(service: Arc<Service>, request: Request, next: Next) -> Response<Body> {
    let started = Instant::now();
    let received_on = timestamp(Utc::now());
    let (head, body) = request.into_parts();
    let (start, body) = peek(body).await;
    let kept = head.clone();
    let response = next.run(Request::from_parts(head, body)).await;
    let reached = response.extensions().get::<Reached>();
    let fault = response.extensions().get::<Faulted>().copied();
    let has_status = fault.is_none_or(|fault| fault.has_status);
    let mut received = describe(&kept, &start, reached, &service.spec.secret_names);
    received.received_on = received_on;
    received.fault = fault.map(|fault| fault.kind);
    received.status = has_status.then(|| response.status().as_u16());
    received.duration = started.elapsed();
    service.requests.push(received);
    response
}

/// Reads a body up to the limit of the sandbox. Returns these bytes, and the body as it was.
async fn peek(body: Body) -> (Vec<u8>, Body) {
    let mut rest = body.into_data_stream();
    let mut start = Vec::new();
    while start.len() <= MAX_BODY_SIZE {
        match rest.next().await {
            Some(Ok(bytes)) => start.extend_from_slice(&bytes),
            Some(Err(error)) => {
                let failed = futures_util::stream::iter([Err::<Bytes, _>(error)]);
                return (start, Body::from_stream(failed));
            }
            None => return (start.clone(), Body::from(start)),
        }
    }
    let first = futures_util::stream::iter([Ok(Bytes::from(start.clone()))]);
    (start, Body::from_stream(first.chain(rest)))
}

fn describe(
    head: &Parts,
    body: &[u8],
    reached: Option<&Reached>,
    names: &SecretNames,
) -> ReceivedRequest {
    let mut secrets = Secrets::default();
    let mut headers = names.mask_headers(&head.headers, &mut secrets);
    let query = names.mask_query(head.uri.query().unwrap_or_default(), &mut secrets);
    let mut path = match reached {
        Some(reached) => names.mask_path(head.uri.path(), &reached.path, &mut secrets),
        None => names.mask_unknown_path(head.uri.path(), &mut secrets),
    };
    let mut body_shown = json_body(body);
    if let Some(body) = &mut body_shown {
        names.mask_properties(body, &mut secrets);
        secrets.mask(body);
    }
    let mut query = Value::from(query);
    secrets.mask(&mut query);
    secrets.mask(&mut headers);
    secrets.mask_text(&mut path);
    ReceivedRequest {
        received_on: String::new(),
        method: head.method.to_string(),
        path,
        query: query.as_object().cloned().unwrap_or_default(),
        headers,
        body: body_shown,
        body_size: body.len(),
        operation: reached.map(|reached| reached.operation.clone()),
        fault: None,
        status: None,
        duration: std::time::Duration::ZERO,
    }
}

/// Returns a body that is JSON and not too large. Secrets in other bodies could not be masked by name.
fn json_body(body: &[u8]) -> Option<Value> {
    let is_small = body.len() <= KEPT_BODY;
    is_small
        .then(|| serde_json::from_slice(body).ok())
        .flatten()
}
