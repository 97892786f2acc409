//! The handling of requests: routes, authentication, validation, faults.

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

use crate::connection::ResponseOverride;
use crate::fault::{FaultKind, Faults};
use crate::operations::{Input, perform};
use crate::response::{ErrorResponse, Result, envelope};
use crate::schema::check;
use crate::spec::{Operation, RequestBody, Spec};
use crate::store::Store;

/// The maximum size of a request body in bytes: enough for 25,000 users.
const MAX_BODY_SIZE: usize = 1024 * 1024;

/// The state that all requests share.
pub(crate) struct Service {
    pub(crate) spec: Arc<Spec>,
    pub(crate) store: Mutex<Store>,
    pub(crate) faults: Faults,
    /// `true` if every response is checked against the spec.
    pub(crate) check_responses: bool,
}

/// Returns a router with a route for each operation of the spec.
pub(crate) fn router(service: &Arc<Service>) -> Result<Router, String> {
    let mut router = Router::new();
    for operation in &service.spec.operations {
        let filter = MethodFilter::try_from(operation.method.clone());
        let filter = filter.map_err(|error| error.to_string())?;
        let (service, operation) = (Arc::clone(service), Arc::clone(operation));
        let path = format!("{}{}", service.spec.base_path, operation.path);
        let handler = move |request: Request| Arc::clone(&service).handle(operation, request);
        router = router.route(&path, MethodRouter::new().on(filter, handler));
    }
    Ok(router)
}

/// Adds error responses for other paths, and for other methods of the paths that the router has.
pub(crate) fn with_fallbacks(router: Router) -> Router {
    router
        .fallback(async || ErrorResponse::not_found("there is nothing at this path"))
        .method_not_allowed_fallback(async || {
            let message = "this path does not support this method; see the header Allow";
            ErrorResponse::new(StatusCode::METHOD_NOT_ALLOWED, message)
        })
}

impl Service {
    async fn handle(
        self: Arc<Self>,
        operation: Arc<Operation>,
        request: Request,
    ) -> Response<Body> {
        match self.faults.take(&operation) {
            Some(FaultKind::Delay(time)) => tokio::time::sleep(time).await,
            Some(FaultKind::Status(status, retry_after)) => {
                let mut response = ErrorResponse::new(status, "an injected fault").into_response();
                if let Some(time) = retry_after {
                    let seconds = HeaderValue::from(time.as_secs());
                    response.headers_mut().insert(RETRY_AFTER, seconds);
                }
                return response;
            }
            Some(FaultKind::Raw(bytes)) => {
                if let Some(ConnectInfo(connection)) = request.extensions().get() {
                    ResponseOverride::set(connection, bytes);
                }
                return ErrorResponse::new(StatusCode::INTERNAL_SERVER_ERROR, "replaced")
                    .into_response();
            }
            None => {}
        }
        let result = self.carry_out(&operation, request).await;
        let (status, envelope) = envelope(&result);
        if self.check_responses
            && let Err(error) = operation.check_response(status, &envelope)
        {
            let message = format!("the response of the sandbox breaks the spec: {error}");
            return ErrorResponse::new(StatusCode::INTERNAL_SERVER_ERROR, message).into_response();
        }
        (status, Json(envelope)).into_response()
    }

    async fn carry_out(&self, operation: &Operation, request: Request) -> Result {
        let (mut head, body) = request.into_parts();
        let user = self.authenticate(operation, &head.headers)?;
        let path = head.extract::<RawPathParams>().await;
        let path = path.map_err(|_| ErrorResponse::bad_request("the path is not UTF-8"))?;
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

    /// Returns the user whose token the request carries.
    fn authenticate(&self, operation: &Operation, headers: &HeaderMap) -> Result<Uuid> {
        let unauthorized = |message: String| ErrorResponse::new(StatusCode::UNAUTHORIZED, message);
        let mut names = operation.token_headers.iter();
        let Some(token) = names.find_map(|name| headers.get(name)) else {
            let names = operation.token_headers.join(" or ");
            return Err(unauthorized(format!("the header {names} is missing")));
        };
        let token = token.to_str().unwrap_or_default();
        let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        store.user_with_token(token).ok_or_else(|| {
            unauthorized(match token.strip_prefix(UNKNOWN_LOGIN) {
                Some(login) => format!("the sandbox has no user `{login}`"),
                None => "no user has this token".to_owned(),
            })
        })
    }
}

/// The prefix of the token that stands for a user who does not exist; the login follows.
pub(crate) const UNKNOWN_LOGIN: &str = "unknown-login-";

fn check_path(operation: &Operation, path: &[(String, String)]) -> Result<()> {
    for (name, schema) in &operation.path_parameters {
        let mut path = path.iter();
        let value = path
            .find(|(known, _)| known == name)
            .map(|(_, value)| value);
        let value = value.map_or(Value::Null, |value| value.as_str().into());
        check(schema, &format!("`{name}`"), &value).map_err(ErrorResponse::bad_request)?;
    }
    Ok(())
}

async fn read_body(expected: &RequestBody, headers: &HeaderMap, body: Body) -> Result {
    let body = to_bytes(body, MAX_BODY_SIZE).await.map_err(|_| {
        let message = format!("the body is larger than {MAX_BODY_SIZE} bytes");
        ErrorResponse::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    })?;
    if body.is_empty() {
        return match expected.required {
            true => Err(ErrorResponse::bad_request("the body is missing")),
            false => Ok(Value::Null),
        };
    }
    if !is_json(headers) {
        let message = "the body must be JSON, and its Content-Type application/json";
        return Err(ErrorResponse::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            message,
        ));
    }
    let body = serde_json::from_slice(&body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        ErrorResponse::bad_request(format!(
            "the body is not JSON, at line {line}, column {column}"
        ))
    })?;
    check(&expected.schema, "the body", &body).map_err(ErrorResponse::bad_request)?;
    Ok(body)
}

/// Returns `true` if the Content-Type is JSON, with any parameters.
fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let media_type = content_type.and_then(|value| value.split(';').next());
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"))
}
