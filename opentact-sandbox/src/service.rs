//! Requests, from the socket to the answer.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, RawPathParams, Request};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter};
use axum::{Json, RequestPartsExt, Router};
use serde_json::Value;
use uuid::Uuid;

use crate::answer::{Outcome, Refusal, envelope};
use crate::connection::Instead;
use crate::fault::{Effect, Faults};
use crate::operations::{Input, perform};
use crate::spec::{Operation, RequestBody, Spec};
use crate::store::Store;

/// How large the body of a request may be: enough for 25,000 users.
const MAX_BODY_SIZE: usize = 1024 * 1024;

/// What all requests share.
pub(crate) struct Service {
    pub(crate) spec: Arc<Spec>,
    pub(crate) store: Mutex<Store>,
    pub(crate) faults: Faults,
    /// Whether every answer is checked against the spec.
    pub(crate) check_answers: bool,
}

/// A route for each operation of the spec.
pub(crate) fn router(service: &Arc<Service>) -> Result<Router, String> {
    let mut router = Router::new();
    for operation in &service.spec.operations {
        let filter = MethodFilter::try_from(operation.method.clone());
        let filter = filter.map_err(|error| error.to_string())?;
        let (service, operation) = (Arc::clone(service), Arc::clone(operation));
        let path = format!("{}{}", service.spec.base_path, operation.path);
        let handler = move |request: Request| Arc::clone(&service).answer(operation, request);
        router = router.route(&path, MethodRouter::new().on(filter, handler));
    }
    Ok(router)
}

/// Refuses other paths, and other methods of the paths that the router has by now.
pub(crate) fn refuse_all_else(router: Router) -> Router {
    router
        .fallback(async || Refusal::not_found("there is nothing at this path"))
        .method_not_allowed_fallback(async || {
            let message = "this path takes other methods, which are in the header Allow";
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, message)
        })
}

impl Service {
    async fn answer(
        self: Arc<Self>,
        operation: Arc<Operation>,
        request: Request,
    ) -> Response<Body> {
        match self.faults.next(&operation) {
            Some(Effect::Delay(time)) => tokio::time::sleep(time).await,
            Some(Effect::Status(status, retry_after)) => {
                let mut refusal = Refusal::new(status, "a fault on demand").into_response();
                if let Some(time) = retry_after {
                    let seconds = HeaderValue::from(time.as_secs());
                    refusal.headers_mut().insert(RETRY_AFTER, seconds);
                }
                return refusal;
            }
            Some(Effect::Raw(bytes)) => {
                if let Some(ConnectInfo(instead)) = request.extensions().get() {
                    Instead::write(instead, bytes);
                }
                return Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "never sent")
                    .into_response();
            }
            None => {}
        }
        let outcome = self.outcome(&operation, request).await;
        let (status, answer) = envelope(&outcome);
        if self.check_answers
            && let Err(what) = operation.check_answer(status, &answer)
        {
            let message = format!("the sandbox breaks the spec: {what}");
            return Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, message).into_response();
        }
        (status, Json(answer)).into_response()
    }

    async fn outcome(&self, operation: &Operation, request: Request) -> Outcome {
        let (mut head, body) = request.into_parts();
        let user = self.authenticate(operation, &head.headers)?;
        let path = head.extract::<RawPathParams>().await;
        let path = path.map_err(|_| Refusal::bad_request("the path is not UTF-8"))?;
        let path: Vec<_> = path
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        check_path(operation, &path)?;
        let body = match &operation.body {
            Some(expected) => read_body(expected, &head.headers, body).await?,
            None => Value::Null,
        };
        let input = Input { user, path, body };
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        perform(&mut store, &operation.id, &input)
    }

    /// The user whose token a request carries.
    fn authenticate(&self, operation: &Operation, headers: &HeaderMap) -> Result<Uuid, Refusal> {
        let refused = |message: String| Refusal::new(StatusCode::UNAUTHORIZED, message);
        let mut names = operation.token_headers.iter();
        let Some(token) = names.find_map(|name| headers.get(name)) else {
            let names = operation.token_headers.join(" or ");
            return Err(refused(format!("the header {names} is missing")));
        };
        let token = token.to_str().unwrap_or_default();
        let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        store.user_with_token(token).ok_or_else(|| {
            refused(match token.strip_prefix(NOBODY) {
                Some(login) => format!("the sandbox has no user `{login}`"),
                None => "this is nobody's token".to_owned(),
            })
        })
    }
}

/// What the token of a user begins with who is not there.
pub(crate) const NOBODY: &str = "nobody-is-called-";

fn check_path(operation: &Operation, path: &[(String, String)]) -> Result<(), Refusal> {
    for (name, schema) in &operation.path_parameters {
        let mut path = path.iter();
        let value = path
            .find(|(known, _)| known == name)
            .map(|(_, value)| value);
        let value = value.map_or(Value::Null, |value| value.as_str().into());
        schema
            .check(&format!("`{name}`"), &value)
            .map_err(Refusal::bad_request)?;
    }
    Ok(())
}

async fn read_body(
    expected: &RequestBody,
    headers: &HeaderMap,
    body: Body,
) -> Result<Value, Refusal> {
    let body = to_bytes(body, MAX_BODY_SIZE).await.map_err(|_| {
        let message = format!("the body is larger than {MAX_BODY_SIZE} bytes");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    })?;
    if body.is_empty() {
        return match expected.required {
            true => Err(Refusal::bad_request("the body is missing")),
            false => Ok(Value::Null),
        };
    }
    if !is_json(headers) {
        let message = "the body has to be application/json, and its Content-Type has to say so";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let body = serde_json::from_slice(&body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Refusal::bad_request(format!(
            "the body is no JSON, at line {line}, column {column}"
        ))
    })?;
    let checked = expected.schema.check("the body", &body);
    checked.map_err(Refusal::bad_request)?;
    Ok(body)
}

/// Whether a request says that its body is JSON, whatever parameters come with it.
fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let media_type = content_type.and_then(|value| value.split(';').next());
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"))
}
