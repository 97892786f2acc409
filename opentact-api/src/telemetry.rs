//! Spans and events of `tracing`, with the names that OpenTelemetry gives to what an HTTP client
//! does. No body is in them, and a path with its values only at the level `TRACE`.

use std::time::Duration;

use reqwest::{StatusCode, Url};
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Span, debug, info_span, trace, warn};

use crate::Error;
use crate::operation::Operation;

/// The span of a call, in which there is one for each attempt.
pub(crate) fn call_span(operation: &Operation) -> Span {
    info_span!(
        "call",
        otel.name = operation.name,
        opentact.operation = operation.name,
    )
}

/// The span of an attempt.
pub(crate) struct Attempt {
    span: Span,
    started: Instant,
}

impl Attempt {
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

    pub(crate) fn succeeded(self, status: StatusCode) {
        let status = status.as_u16();
        self.span.record("http.response.status_code", status);
        let _entered = self.span.enter();
        debug!(
            http.client.request.duration = self.started.elapsed().as_secs_f64(),
            http.response.status_code = status,
            "answered"
        );
    }

    /// Tells of a failure, and of the next attempt where there is to be one.
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
                "failed, to be tried again"
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

/// The status of an error answer, as OpenTelemetry wants it, or else the kind of the error.
fn error_type(error: &Error) -> String {
    match error.status() {
        Some(status) if status.is_client_error() || status.is_server_error() => {
            status.as_str().to_owned()
        }
        _ => error.kind().as_str().to_owned(),
    }
}
