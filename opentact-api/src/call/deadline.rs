//! The deadlines of calls and attempts.

use std::time::Duration;

use reqwest::StatusCode;
use tokio::time::{Instant, timeout_at};

use crate::call::limits::Limits;
use crate::duration::ForPeople;
use crate::error::cause::Cause;

/// Longer than any program runs, for times that cannot be added to an instant.
const FOREVER: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);

/// The latest end of a call or of an attempt.
#[derive(Clone, Copy)]
pub(crate) struct Deadline<'a> {
    at: Instant,
    /// `true` if an attempt ends before its call must.
    is_of_attempt: bool,
    limits: &'a Limits,
}

impl<'a> Deadline<'a> {
    /// Returns the deadline of a call that starts now.
    pub(crate) fn of_call(limits: &'a Limits) -> Self {
        Self {
            at: after(limits.timeout),
            is_of_attempt: false,
            limits,
        }
    }

    /// Returns the deadline of an attempt that starts now, within this deadline of a call.
    pub(crate) fn of_attempt(self) -> Self {
        let at = after(self.limits.attempt_timeout);
        if at < self.at {
            Self {
                at,
                is_of_attempt: true,
                ..self
            }
        } else {
            self
        }
    }

    /// Returns the time of the deadline.
    pub(crate) fn at(self) -> Instant {
        self.at
    }

    /// Awaits the output of a step, or fails at the deadline. The status is that of the response, if
    /// there is one already.
    pub(crate) async fn limit<T>(
        self,
        status: Option<StatusCode>,
        step: impl Future<Output = Result<T, Cause>>,
    ) -> Result<T, Cause> {
        match timeout_at(self.at, step).await {
            Ok(output) => output,
            Err(_) => Err(Cause::timeout(status, self.message())),
        }
    }

    fn message(self) -> String {
        if self.is_of_attempt {
            let timeout = ForPeople(self.limits.attempt_timeout);
            format!("the attempt took longer than {timeout}")
        } else {
            format!(
                "the call took longer than {}",
                ForPeople(self.limits.timeout)
            )
        }
    }
}

fn after(duration: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(duration).unwrap_or(now + FOREVER)
}
