//! The observer of attempts, for metrics.

use std::time::Duration;

use reqwest::StatusCode;

use crate::error::kind::ErrorKind;

/// An observer of the attempts of a client's calls, for metrics.
///
/// [`ClientBuilder::observer`](crate::ClientBuilder::observer) takes it. Every closure that takes an
/// [`AttemptReport`] is an observer:
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use opentact_api::{AttemptReport, Client};
///
/// let failures = Arc::new(AtomicU64::new(0));
/// let counter = Arc::clone(&failures);
/// let client = Client::builder().ha1b_token("the HA1B token")
///     .observer(move |attempt: &AttemptReport<'_>| {
///         if attempt.error_type().is_some() {
///             counter.fetch_add(1, Ordering::Relaxed);
///         }
///     })
///     .build()?;
/// # Ok::<_, opentact_api::BuildError>(())
/// ```
///
/// The example `metrics` records the metrics of OpenTelemetry.
pub trait Observer: Send + Sync + 'static {
    /// Receives the report on an attempt that has just ended.
    ///
    /// An attempt ends with a response that was read and decoded, with a failure, or when its call is
    /// dropped. A call that fails before its first attempt, such as one with an invalid request, has
    /// no report.
    ///
    /// The call waits for this method, so it must return soon. If it panics, the call panics.
    fn on_attempt(&self, attempt: &AttemptReport<'_>);
}

impl<F: Fn(&AttemptReport<'_>) + Send + Sync + 'static> Observer for F {
    fn on_attempt(&self, attempt: &AttemptReport<'_>) {
        self(attempt);
    }
}

/// A report on an attempt, for an [`Observer`]. It contains no token, no value of a parameter, and
/// nothing from a body.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AttemptReport<'a> {
    /// The method of [`Client`](crate::Client), such as `list_groups`.
    pub operation: &'static str,
    /// The HTTP method, such as `GET`.
    pub method: &'static str,
    /// The path template, such as `/app/group/{uuid}`, without the path of the base URL.
    pub url_template: &'static str,
    /// The host of the base URL.
    pub server_address: &'a str,
    /// The port of the base URL.
    pub server_port: Option<u16>,
    /// The number of this attempt in its call, from 1.
    pub attempt: u32,
    /// The time from the start of the attempt to its end, in which the payload is decoded.
    pub duration: Duration,
    /// The status of the response, or `None` if there was none, or if the call was dropped.
    pub status: Option<StatusCode>,
    /// The kind of the error, or `None` if the attempt did not fail.
    pub error_kind: Option<ErrorKind>,
    /// `true` if the call was dropped before the attempt ended. The service may have carried the
    /// operation out.
    pub is_cancelled: bool,
    /// The time until the next attempt, unless the call is dropped before it. `None` if this attempt
    /// ends its call.
    pub retry_in: Option<Duration>,
}

impl AttemptReport<'_> {
    /// Returns `true` if another attempt follows, unless the call is dropped before it.
    pub fn will_retry(&self) -> bool {
        self.retry_in.is_some()
    }

    /// Returns the value of OpenTelemetry's attribute `error.type`, or `None` if the attempt
    /// succeeded: the status of an error response, otherwise the
    /// [name of the kind](ErrorKind::as_str), or `cancelled`.
    pub fn error_type(&self) -> Option<&str> {
        let kind = self.error_kind.map(ErrorKind::as_str);
        let kind = kind.or(self.is_cancelled.then_some("cancelled"))?;
        let is_error = |status: &&StatusCode| status.is_client_error() || status.is_server_error();
        Some(
            self.status
                .as_ref()
                .filter(is_error)
                .map_or(kind, StatusCode::as_str),
        )
    }
}
