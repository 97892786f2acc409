//! Responses, in the envelope that the vendor documents.

use axum::Json;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde_json::{Value, json};

/// The result of an operation: a payload, or an error response.
pub(crate) type Result<T = Value, E = ErrorResponse> = std::result::Result<T, E>;

/// An error response to a request, which was not carried out.
#[derive(Clone, Debug)]
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    message: String,
}

impl ErrorResponse {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { status, message }
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }
}

/// Returns the status and the envelope for the result of an operation. `success` is the status of its
/// success.
pub(crate) fn envelope(result: Result, success: StatusCode) -> (StatusCode, Value) {
    match result {
        Ok(payload) => (success, json!({ "success": true, "payload": payload })),
        Err(ErrorResponse { status, message }) => (
            status,
            json!({ "success": false, "message": message, "status": status.as_u16() }),
        ),
    }
}

impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response<Body> {
        let (status, envelope) = envelope(Err(self), StatusCode::OK);
        (status, Json(envelope)).into_response()
    }
}
