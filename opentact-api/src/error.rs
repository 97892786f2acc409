//! The error of an operation.

pub(crate) mod build;
pub(crate) mod cause;
pub(crate) mod kind;
mod retryability;
mod transport;

use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::time::Duration;

use reqwest::StatusCode;

use crate::error::cause::Cause;
use crate::error::kind::ErrorKind;
use crate::error::retryability::Retryability;
use crate::operation::Operation;

/// The error of an operation.
///
/// `Display` is one line: the operation, the failure, and advice if there is any. Neither it nor
/// `Debug` nor any [source](StdError::source) shows a token.
///
/// ```no_run
/// use opentact_api::{Client, ErrorKind};
///
/// # async fn example(client: Client, group: uuid::Uuid) -> Result<(), opentact_api::Error> {
/// match client.delete_group().uuid(group).send().await {
///     Ok(group) => println!("{} is gone", group.name),
///     Err(error) if error.kind() == ErrorKind::NotFound => println!("it was gone already"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    operation: &'static Operation,
    cause: Cause,
    /// The number of attempts, including the last one.
    attempts: u32,
    /// `true` if the service may have carried the operation out in an earlier attempt.
    response_lost: bool,
}

impl Error {
    /// Creates the error of a call. `response_lost` is about the attempts before the last one.
    pub(crate) fn new(
        operation: &'static Operation,
        cause: Cause,
        attempts: u32,
        response_lost: bool,
    ) -> Self {
        Self(Box::new(Inner {
            operation,
            cause,
            attempts,
            response_lost,
        }))
    }

    /// Creates the error of a call without any attempt.
    pub(crate) fn not_sent(operation: &'static Operation, cause: Cause) -> Self {
        Self::new(operation, cause, 0, false)
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.cause.kind
    }

    /// Returns the method of `Client` that failed, such as `list_groups`.
    pub fn operation(&self) -> &'static str {
        self.0.operation.name
    }

    /// Returns the HTTP status of the last response, or `None` if there was no response.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.cause.status
    }

    /// Returns the status in the body of an API error. It equals [`Error::status`], unless the
    /// service sends an error with a success status.
    pub fn api_status(&self) -> Option<u16> {
        self.0.cause.api_status
    }

    /// Returns the message.
    ///
    /// - For an error of the API: the server's message, up to 1000 characters. If the body has no
    ///   envelope, the start of the body, up to 200 characters.
    /// - Otherwise: the problem with the request or response.
    pub fn message(&self) -> Option<&str> {
        self.0.cause.message.as_deref()
    }

    /// Returns the number of attempts. It is 0 for an invalid request and a missing token.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns `true` if the same call may succeed later and is safe to retry.
    ///
    /// That holds if the service certainly did nothing: nothing was sent, the service refused the
    /// connection, or it responded with 429, or with 503 and `Retry-After`. For idempotent operations
    /// it also holds if the outcome is unknown: after a timeout, a lost connection or another 5xx
    /// status. The client has already retried the call according to
    /// its [`RetryPolicy`](crate::RetryPolicy); this is for callers that try again later.
    pub fn is_retryable(&self) -> bool {
        match self.0.cause.retryability {
            Retryability::Always => true,
            Retryability::IfIdempotent => self.0.operation.idempotent,
            Retryability::Never => false,
        }
    }

    /// Returns the time that the service asks clients to wait (`Retry-After`), counted from its
    /// response.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.cause.retry_after
    }

    /// Returns `true` if the service may have carried the operation out in the last attempt.
    pub(crate) fn response_is_lost(&self) -> bool {
        self.0.cause.retryability == Retryability::IfIdempotent
    }

    /// Returns advice for the caller, if there is any.
    fn advice(&self) -> Option<String> {
        let Inner {
            operation,
            cause,
            response_lost,
            ..
        } = &*self.0;
        if cause.kind == ErrorKind::NotFound && *response_lost {
            let advice = "an earlier attempt, whose response was lost, may have removed it";
            return Some(advice.to_owned());
        }
        if cause.retryability == Retryability::IfIdempotent && !operation.idempotent {
            let advice = "the service may have carried it out: check before you retry";
            return Some(advice.to_owned());
        }
        if let Some(wait) = cause.retry_after {
            return Some(format!("wait {wait:?} before the next request"));
        }
        cause.kind.advice().map(str::to_owned)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            operation,
            cause,
            attempts,
            ..
        } = &*self.0;
        f.debug_struct("Error")
            .field("operation", &operation.name)
            .field("kind", &cause.kind)
            .field("status", &cause.status)
            .field("api_status", &cause.api_status)
            .field("message", &cause.message)
            .field("attempts", attempts)
            .field("retry_after", &cause.retry_after)
            .field("source", &cause.source)
            .finish()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            operation,
            cause,
            attempts,
            ..
        } = &*self.0;
        write!(f, "{operation}: {}", cause.kind.description())?;
        if let Some(status) = cause.status {
            write!(f, ", status {status}")?;
        }
        if let Some(message) = &cause.message {
            write!(f, ": {}", OneLine(message))?;
        }
        if let Some(source) = &cause.source {
            write!(f, ": {}", OneLine(&innermost(source).to_string()))?;
        }
        if *attempts > 1 {
            write!(f, ", after {attempts} attempts")?;
        }
        match self.advice() {
            Some(advice) => write!(f, " ({advice})"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.cause.source.as_ref()?;
        Some(source)
    }
}

/// A text from elsewhere, without line breaks and other control characters.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| {
            f.write_char(if character.is_control() {
                ' '
            } else {
                character
            })
        })
    }
}

/// Returns the last error of the chain, which names the event: "Connection refused".
fn innermost(error: &reqwest::Error) -> &dyn StdError {
    let mut cause: &dyn StdError = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause
}
