//! Faults on demand, with which users test the error handling of their programs.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;

use crate::received::Faulted;
use crate::spec::Operation;

/// A fault for the next request, or for several.
///
/// ```
/// use std::time::Duration;
/// use opentact_sandbox::Fault;
///
/// let busy = Fault::status(503).retry_after(Duration::from_secs(1)).times(2);
/// let slow = Fault::delay(Duration::from_secs(30)).operation("list_groups");
/// let broken = Fault::raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{");
/// let gone = Fault::drop_connection();
/// # let _ = (busy, slow, broken, gone);
/// ```
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) times: u32,
    pub(crate) operation: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum FaultKind {
    /// The request is carried out after this time.
    Delay(Duration),
    /// The response has this status, and `Retry-After` if there is a duration.
    Status(StatusCode, Option<Duration>),
    /// The response is these bytes, and the connection is closed after them.
    Raw(Vec<u8>),
}

impl FaultKind {
    /// Returns the fault for the log of requests.
    pub(crate) fn as_faulted(&self) -> Faulted {
        let (kind, has_status) = match self {
            Self::Delay(_) => ("delay_ms", true),
            Self::Status(..) => ("status", true),
            Self::Raw(bytes) if bytes.is_empty() => ("drop", false),
            Self::Raw(_) => ("raw", false),
        };
        Faulted { kind, has_status }
    }
}

impl Fault {
    /// Delays the request, then carries it out.
    pub fn delay(time: Duration) -> Self {
        Self::new(FaultKind::Delay(time))
    }

    /// Responds with a status and the error envelope, and does not carry the request out.
    /// A number outside of 200 to 999 counts as 500.
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).ok();
        let status = status.filter(|status| !status.is_informational());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(FaultKind::Status(status, None))
    }

    /// Closes the connection without a response, and does not carry the request out.
    pub fn drop_connection() -> Self {
        Self::raw([])
    }

    /// Writes these bytes instead of a response, closes the connection, and does not carry the
    /// request out.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(FaultKind::Raw(bytes.into()))
    }

    /// Adds `Retry-After` to the response, in whole seconds. Affects only [`Fault::status`].
    pub fn retry_after(mut self, time: Duration) -> Self {
        if let FaultKind::Status(_, retry_after) = &mut self.kind {
            *retry_after = Some(time);
        }
        self
    }

    /// Sets the number of requests with this fault. The default is one.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Limits the fault to one operation. The name is the `operationId` of the spec, or the name
    /// in Rust: `list_groups`.
    pub fn operation(mut self, name: impl Into<String>) -> Self {
        self.operation = Some(name.into());
        self
    }

    fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            times: 1,
            operation: None,
        }
    }

    fn applies_to(&self, operation: &Operation) -> bool {
        self.times > 0
            && self
                .operation
                .as_ref()
                .is_none_or(|name| operation.has_name(name))
    }
}

/// The pending faults, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(crate) fn push(&self, fault: Fault) {
        self.with(|faults| faults.push(fault));
    }

    pub(crate) fn clear(&self) {
        self.with(Vec::clear);
    }

    pub(crate) fn list(&self) -> Vec<Fault> {
        self.with(|faults| faults.clone())
    }

    /// Takes the oldest fault that applies to a request for an operation.
    pub(crate) fn take(&self, operation: &Operation) -> Option<FaultKind> {
        self.with(|faults| {
            let fault = faults
                .iter_mut()
                .find(|fault| fault.applies_to(operation))?;
            fault.times -= 1;
            let kind = fault.kind.clone();
            faults.retain(|fault| fault.times > 0);
            Some(kind)
        })
    }

    fn with<T>(&self, change: impl FnOnce(&mut Vec<Fault>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
