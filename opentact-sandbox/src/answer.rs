//! Answers, in the envelope that the vendor documents.

use axum::Json;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde_json::{Value, json};

/// What comes of a request: a payload, or a refusal.
pub(crate) type Outcome = Result<Value, Refusal>;

/// Why a request is not carried out.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    message: String,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { status, message }
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }
}

/// The status and the envelope of an outcome.
pub(crate) fn envelope(outcome: &Outcome) -> (StatusCode, Value) {
    match outcome {
        Ok(payload) => (
            StatusCode::OK,
            json!({ "success": true, "payload": payload }),
        ),
        Err(Refusal { status, message }) => (
            *status,
            json!({ "success": false, "message": message, "status": status.as_u16() }),
        ),
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        let (status, envelope) = envelope(&Err(self));
        (status, Json(envelope)).into_response()
    }
}
