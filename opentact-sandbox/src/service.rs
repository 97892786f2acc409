//! The handling of requests: routes, authentication, validation, faults.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Body;
use axum::extract::{ConnectInfo, RawPathParams, Request};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, MethodRouter};
use axum::{Json, RequestPartsExt, Router};
use serde_json::{Map, Value};

use crate::body;
use crate::connection::ResponseOverride;
use crate::error::UnknownOperation;
use crate::fault::{Fault, FaultKind, Faults};
use crate::file::{self, StateFile};
use crate::input::Input;
use crate::operations::{Payload, perform};
use crate::received::{Reached, RequestLog};
use crate::response::{ErrorResponse, Result, envelope};
use crate::spec::{Operation, Spec};
use crate::state::State;

/// The state that all requests share.
pub(crate) struct Service {
    pub(crate) spec: Arc<Spec>,
    pub(crate) state: Mutex<State>,
    /// The state at the start, for [`Service::reset`].
    pub(crate) initial: State,
    pub(crate) state_file: Option<StateFile>,
    pub(crate) faults: Faults,
    /// The requests received so far.
    pub(crate) requests: RequestLog,
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
        let caller = self.state().caller(&operation.credentials, &head.headers)?;
        let path = head.extract::<RawPathParams>().await;
        let path = path.map_err(|_| ErrorResponse::bad_request("the path is not UTF-8"))?;
        let path: Vec<_> = path
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        check_path(operation, &path)?;
        let query = read_query(operation, head.uri.query().unwrap_or_default())?;
        let body = match &operation.body {
            Some(expected) => body::read(expected, &head.headers, body).await?,
            None => Value::Null,
        };
        let known = operation.body.as_ref();
        let input = Input {
            caller,
            path,
            query,
            body,
            known: known.map_or_else(Vec::new, |body| body.properties.clone()),
        };
        let mut state = self.state();
        let payload = perform(&mut state, operation, &input)?;
        if operation.changes_state() && matches!(payload, Payload::Result(_)) {
            self.save(&state)?;
        }
        Ok(payload)
    }

    /// Returns the state, in the format of a seed.
    pub(crate) fn state_json(&self) -> Value {
        file::to_json(&self.state())
    }

    /// Restores the state of the start, and removes faults and requests.
    pub(crate) fn reset(&self) -> Result<()> {
        self.faults.clear();
        self.requests.clear();
        let mut state = self.state();
        *state = self.initial.clone();
        self.save(&state)
    }

    /// Adds the resources of a seed. If it has mistakes, the state stays as it is, and the message of
    /// the response shows them.
    pub(crate) fn seed(&self, name: &str, text: &str) -> Result<()> {
        let mut state = self.state();
        let mut seeded = state.clone();
        let read = file::read(&mut seeded, name, text);
        read.map_err(|findings| ErrorResponse::bad_request(findings.to_string()))?;
        *state = seeded;
        self.save(&state)
    }

    /// Writes the state to its file, if there is one.
    fn save(&self, state: &State) -> Result<()> {
        let Some(file) = &self.state_file else {
            return Ok(());
        };
        file.save(state).map_err(|error| {
            let message = format!(
                "the state was changed but not saved: {}: {error}",
                file.0.display()
            );
            ErrorResponse::new(StatusCode::INTERNAL_SERVER_ERROR, message)
        })
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

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The header of a response that is the example of the spec, because the sandbox keeps no state for
/// the operation.
const EXAMPLE_HEADER: &str = "x-sandbox";

fn check_path(operation: &Operation, path: &[(String, String)]) -> Result<()> {
    for parameter in &operation.path_parameters {
        let mut path = path.iter();
        let text = path.find(|(known, _)| *known == parameter.name);
        let text = text.map_or("", |(_, text)| text.as_str());
        parameter.value(text).map_err(ErrorResponse::bad_request)?;
    }
    Ok(())
}

/// Returns the query parameters of an operation. Others are ignored.
fn read_query(operation: &Operation, query: &str) -> Result<Map<String, Value>> {
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let mut values = Map::new();
    for parameter in &operation.query_parameters {
        let name = &parameter.name;
        match pairs.iter().find(|(known, _)| known == name) {
            Some((_, text)) => {
                let value = parameter.value(text).map_err(ErrorResponse::bad_request)?;
                values.insert(name.clone(), value);
            }
            None if parameter.required => {
                let message = format!("the query parameter `{name}` is missing");
                return Err(ErrorResponse::bad_request(message));
            }
            None => {}
        }
    }
    Ok(values)
}
