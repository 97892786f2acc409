//! The spans and events of `tracing`, with OpenTelemetry's names for HTTP clients. They contain no
//! body, and a path with its values only at the level `TRACE`.
//!
//! The path of this module is their target, which users name in filters.

use std::time::Duration;

use reqwest::{StatusCode, Url};
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Span, debug, info_span, trace, warn};

use crate::error::Error;
use crate::operation::Operation;

/// Returns the span of a call. It contains a span for each attempt.
pub(crate) fn call_span(operation: &Operation) -> Span {
    info_span!(
        "call",
        otel.name = operation.name,
        opentact.operation = operation.name,
    )
}

/// An attempt and its span.
pub(crate) struct Attempt {
    span: Span,
    started: Instant,
}

impl Attempt {
    /// Starts the span of an attempt. `resent` is the number of attempts before it.
    pub(crate) fn start(operation: &Operation, url: &Url, resent: u32) -> Self {
        let span = info_span!(
            "attempt",
            otel.kind = "client",
            otel.name = format_args!("{} {}", operation.method, operation.path),
            otel.status_code = Empty,
            opentact.operation = operation.name,
            http.request.method = operation.method,
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            url.template = operation.path,
            server.address = url.host_str(),
            server.port = url.port_or_known_default(),
            "error.type" = Empty,
        );
        if resent > 0 {
            span.record("http.request.resend_count", resent);
        }
        span.in_scope(|| trace!(url.path = url.path(), "sending"));
        Self {
            span,
            started: Instant::now(),
        }
    }

    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Logs a successful attempt.
    pub(crate) fn succeeded(self, status: StatusCode) {
        let status = status.as_u16();
        self.span.record("http.response.status_code", status);
        let _entered = self.span.enter();
        debug!(
            http.client.request.duration = self.started.elapsed().as_secs_f64(),
            http.response.status_code = status,
            "succeeded"
        );
    }

    /// Logs a failed attempt, and the delay of the next attempt if there is one.
    pub(crate) fn failed(self, error: &Error, delay: Option<Duration>) {
        let status = error.status().map(|status| status.as_u16());
        let error_type = error_type(error);
        self.span.record("http.response.status_code", status);
        self.span.record("error.type", &*error_type);
        self.span.record("otel.status_code", "ERROR");
        let _entered = self.span.enter();
        let duration = self.started.elapsed().as_secs_f64();
        match delay {
            Some(delay) => warn!(
                http.client.request.duration = duration,
                http.response.status_code = status,
                "error.type" = &*error_type,
                delay = delay.as_secs_f64(),
                "failed, will be retried"
            ),
            None => debug!(
                http.client.request.duration = duration,
                http.response.status_code = status,
                "error.type" = &*error_type,
                "failed"
            ),
        }
    }
}

/// Returns `error.type` as OpenTelemetry defines it: the status of an error response, or else the kind
/// of the error.
fn error_type(error: &Error) -> String {
    match error.status() {
        Some(status) if status.is_client_error() || status.is_server_error() => {
            status.as_str().to_owned()
        }
        _ => error.kind().as_str().to_owned(),
    }
}
