//! The line that an error prints.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use super::cause::Retryability;
use super::kind::ErrorKind;
use super::{Error, Inner};

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

impl Error {
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
