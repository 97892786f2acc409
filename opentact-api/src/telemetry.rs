//! The spans and events of `tracing`, with OpenTelemetry's names for HTTP clients, and the reports to
//! the observer. They contain no body, and a path with its values, except secrets, only at the level
//! `TRACE`.
//!
//! The path of this module is their target, which users name in filters.

use std::time::Duration;

use reqwest::{StatusCode, Url};
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Span, debug, info_span, trace, warn};

use crate::credentials::redact::{MARKS, redacted};
use crate::credentials::token::Tokens;
use crate::error::Error;
use crate::observer::{AttemptReport, Observer};
use crate::operation::Operation;

/// Returns the span of a call. It contains a span for each attempt.
pub(crate) fn call_span(operation: &Operation) -> Span {
    info_span!(
        "call",
        otel.name = operation.name,
        opentact.operation = operation.name,
    )
}

/// An attempt: its span, and the report that the observer receives. Dropping it before its end reports
/// that the call was dropped.
pub(crate) struct Attempt<'a> {
    span: Span,
    started: Instant,
    report: AttemptReport<'a>,
    /// The observer, until it received the report.
    observer: Option<&'a dyn Observer>,
}

impl<'a> Attempt<'a> {
    /// Starts the span of an attempt. `resent` is the number of attempts before it.
    pub(crate) fn start(
        operation: &'static Operation,
        url: &'a Url,
        resent: u32,
        observer: Option<&'a dyn Observer>,
        tokens: &Tokens,
    ) -> Self {
        let report = AttemptReport {
            operation: operation.name,
            method: operation.method,
            url_template: operation.path,
            server_address: url.host_str().unwrap_or_default(),
            server_port: url.port_or_known_default(),
            attempt: resent.saturating_add(1),
            duration: Duration::ZERO,
            status: None,
            error_kind: None,
            is_cancelled: false,
            retry_in: None,
        };
        let span = info_span!(
            "attempt",
            otel.kind = "client",
            otel.name = format_args!("{} {}", report.method, report.url_template),
            otel.status_code = Empty,
            opentact.operation = report.operation,
            http.request.method = report.method,
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            url.template = report.url_template,
            server.address = report.server_address,
            server.port = report.server_port,
            "error.type" = Empty,
            opentact.warnings = Empty,
        );
        if resent > 0 {
            span.record("http.request.resend_count", resent);
        }
        // The path may contain a secret, such as the token of an invitation.
        let path = || redacted(url.path(), true, tokens, &MARKS);
        span.in_scope(|| trace!(url.scheme = url.scheme(), url.path = path(), "sending"));
        Self {
            span,
            started: Instant::now(),
            report,
            observer,
        }
    }

    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Logs and reports a successful attempt. `warnings` is the number of properties that were left out.
    pub(crate) fn succeeded(mut self, status: StatusCode, warnings: usize) {
        self.end(Some(status));
        self.log_success(status.as_u16(), warnings);
        self.tell_observer();
    }

    fn log_success(&self, status: u16, warnings: usize) {
        self.span.record("http.response.status_code", status);
        let duration = self.report.duration.as_secs_f64();
        if warnings > 0 {
            self.span.record("opentact.warnings", warnings);
            let _entered = self.span.enter();
            warn!(
                http.client.request.duration = duration,
                http.response.status_code = status,
                opentact.warnings = warnings,
                "succeeded, without properties that could not be read"
            );
        } else {
            let _entered = self.span.enter();
            debug!(
                http.client.request.duration = duration,
                http.response.status_code = status,
                "succeeded"
            );
        }
    }

    /// Logs and reports a failed attempt, and the delay of the next attempt if there is one.
    pub(crate) fn failed(mut self, error: &Error, delay: Option<Duration>) {
        self.end(error.status());
        self.report.error_kind = Some(error.kind());
        self.report.retry_in = delay;
        self.log_failure();
        self.tell_observer();
    }

    fn log_failure(&self) {
        let status = self.report.status.map(|status| status.as_u16());
        let error_type = self.report.error_type();
        self.span.record("http.response.status_code", status);
        self.span.record("error.type", error_type);
        self.span.record("otel.status_code", "ERROR");
        let _entered = self.span.enter();
        let duration = self.report.duration.as_secs_f64();
        match self.report.retry_in {
            Some(delay) => warn!(
                http.client.request.duration = duration,
                http.response.status_code = status,
                "error.type" = error_type,
                delay = delay.as_secs_f64(),
                "failed, will be retried"
            ),
            None => debug!(
                http.client.request.duration = duration,
                http.response.status_code = status,
                "error.type" = error_type,
                "failed"
            ),
        }
    }

    fn end(&mut self, status: Option<StatusCode>) {
        self.report.status = status;
        self.report.duration = self.started.elapsed();
    }

    /// Gives the report to the observer, once. If the observer panics, it gets no second report.
    fn tell_observer(&mut self) {
        if let Some(observer) = self.observer.take() {
            observer.on_attempt(&self.report);
        }
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if self.observer.is_some() {
            self.end(None);
            self.report.is_cancelled = true;
            self.tell_observer();
        }
    }
}
