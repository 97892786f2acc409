//! The handling of requests: routes, authentication, validation, faults.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, RawPathParams, Request};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter};
use axum::{Json, RequestPartsExt, Router};
use serde_json::{Map, Value};

use crate::connection::ResponseOverride;
use crate::error::UnknownOperation;
use crate::fault::{Fault, FaultKind, Faults};
use crate::operations::{Input, Payload, perform};
use crate::received::{Reached, RequestLog};
use crate::response::{ErrorResponse, Result, envelope};
use crate::schema::check;
use crate::spec::{Operation, RequestBody, Spec};
use crate::state::State;
use crate::user::Account;

/// The maximum size of a request body in bytes: enough for 25,000 users.
pub(crate) const MAX_BODY_SIZE: usize = 1024 * 1024;

/// The state that all requests share.
pub(crate) struct Service {
    pub(crate) spec: Arc<Spec>,
    pub(crate) state: Mutex<State>,
    pub(crate) faults: Faults,
    /// The requests received so far.
    pub(crate) requests: RequestLog,
    /// The SIP users of the start.
    pub(crate) accounts: Vec<Account>,
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
        let reached = Reached {
            operation: operation.name().to_owned(),
            path: path.clone(),
        };
        let handler = async move |request: Request| {
            let fault = service.faults.take(&operation);
            let faulted = fault.as_ref().map(FaultKind::as_faulted);
            let mut response = service.handle(operation, fault, request).await;
            response.extensions_mut().insert(reached);
            if let Some(faulted) = faulted {
                response.extensions_mut().insert(faulted);
            }
            response
        };
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
        fault: Option<FaultKind>,
        request: Request,
    ) -> Response<Body> {
        match fault {
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
        let is_example = matches!(result, Ok(Payload::Example(_)));
        let (status, envelope) = envelope(result.map(Payload::into_value), operation.success);
        if self.check_responses
            && let Err(error) = operation.check_response(status, &envelope)
        {
            let message = format!("the response of the sandbox breaks the spec: {error}");
            return ErrorResponse::new(StatusCode::INTERNAL_SERVER_ERROR, message).into_response();
        }
        let mut response = (status, Json(envelope)).into_response();
        if is_example {
            let value = HeaderValue::from_static("example");
            response.headers_mut().insert(EXAMPLE_HEADER, value);
        }
        response
    }

    async fn carry_out(&self, operation: &Operation, request: Request) -> Result<Payload> {
        let (mut head, body) = request.into_parts();
        let caller = self
            .state()
            .credentials
            .caller(&operation.credentials, &head.headers)?;
        let path = head.extract::<RawPathParams>().await;
        let path = path.map_err(|_| ErrorResponse::bad_request("the path is not UTF-8"))?;
        let path: Vec<_> = path
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        check_path(operation, &path)?;
        let query = read_query(operation, head.uri.query().unwrap_or_default())?;
        let body = match &operation.body {
            Some(expected) => read_body(expected, &head.headers, body).await?,
            None => Value::Null,
        };
        let input = Input {
            caller,
            path,
            query,
            body,
        };
        perform(&mut self.state(), operation, &input)
    }

    pub(crate) fn inject(&self, fault: Fault) -> std::result::Result<(), UnknownOperation> {
        if let Some(name) = &fault.operation
            && self.spec.operation(name).is_none()
        {
            let known = self.spec.operations.iter();
            return Err(UnknownOperation {
                name: name.clone(),
                known: known.map(|operation| operation.name().to_owned()).collect(),
            });
        }
        self.faults.push(fault);
        Ok(())
    }

    /// Restores the state of the start, and removes faults and requests.
    pub(crate) fn reset(&self) {
        *self.state() = State::new(self.accounts.clone());
        self.faults.clear();
        self.requests.clear();
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The header of a response that is the example of the spec, because the sandbox keeps no state for
/// the operation.
const EXAMPLE_HEADER: &str = "x-sandbox";

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

/// Returns the query parameters of an operation. Others are ignored.
fn read_query(operation: &Operation, query: &str) -> Result<Map<String, Value>> {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let mut values = Map::new();
    for parameter in &operation.query_parameters {
        let name = &parameter.name;
        let sent = pairs.iter().find(|(known, _)| known == name);
        let value = match sent {
            Some((_, text)) if parameter.is_text => Value::from(&**text),
            // Text that is no number or boolean is refused by the schema.
            Some((_, text)) => serde_json::from_str(text).unwrap_or_else(|_| Value::from(&**text)),
            None if parameter.required => {
                let message = format!("the query parameter `{name}` is missing");
                return Err(ErrorResponse::bad_request(message));
            }
            None => continue,
        };
        check(&parameter.schema, &format!("`{name}`"), &value)
            .map_err(ErrorResponse::bad_request)?;
        values.insert(name.clone(), value);
    }
    Ok(values)
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
