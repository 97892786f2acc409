//! Faults on demand, so that users test what their programs do about them.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;

use crate::spec::Operation;

/// Something that goes wrong with the next request, or as many as it is told.
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
    pub(crate) effect: Effect,
    times: u32,
    pub(crate) operation: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// The request is carried out after a while.
    Delay(Duration),
    /// The request is refused.
    Status(StatusCode, Option<Duration>),
    /// The request is not carried out, and these bytes are all that comes back.
    Raw(Vec<u8>),
}

impl Fault {
    /// Carries the request out, but not before so much time has gone by.
    pub fn delay(time: Duration) -> Self {
        Self::new(Effect::Delay(time))
    }

    /// Refuses the request with a status and the error envelope, and does not carry it out.
    /// What is no status from 200 to 999 counts as 500.
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).ok();
        let status = status.filter(|status| !status.is_informational());
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(Effect::Status(status, None))
    }

    /// Closes the connection without an answer; the request is not carried out.
    pub fn drop_connection() -> Self {
        Self::raw([])
    }

    /// Writes these bytes instead of an answer and closes the connection; the request is not
    /// carried out.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::new(Effect::Raw(bytes.into()))
    }

    /// Says in the answer how long to wait, in whole seconds. Only together with a status.
    pub fn retry_after(mut self, time: Duration) -> Self {
        if let Effect::Status(_, retry_after) = &mut self.effect {
            *retry_after = Some(time);
        }
        self
    }

    /// Sets how many requests meet this fault; one, where nothing is said.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Leaves requests for other operations alone. The name is the `operationId` of the spec,
    /// or the operation's name in Rust: `list_groups`.
    pub fn operation(mut self, name: impl Into<String>) -> Self {
        self.operation = Some(name.into());
        self
    }

    fn new(effect: Effect) -> Self {
        Self {
            effect,
            times: 1,
            operation: None,
        }
    }

    fn meets(&self, operation: &Operation) -> bool {
        self.times > 0
            && self
                .operation
                .as_ref()
                .is_none_or(|name| operation.is_called(name))
    }
}

/// The faults that are still to come, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub(crate) fn push(&self, fault: Fault) {
        self.with(|faults| faults.push(fault));
    }

    pub(crate) fn clear(&self) {
        self.with(Vec::clear);
    }

    /// What the next request for an operation meets.
    pub(crate) fn next(&self, operation: &Operation) -> Option<Effect> {
        self.with(|faults| {
            let fault = faults.iter_mut().find(|fault| fault.meets(operation))?;
            fault.times -= 1;
            let effect = fault.effect.clone();
            faults.retain(|fault| fault.times > 0);
            Some(effect)
        })
    }

    fn with<T>(&self, change: impl FnOnce(&mut Vec<Fault>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
