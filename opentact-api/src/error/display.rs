//! The line that a person reads.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use super::{Error, ErrorKind, Repetition};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "{}: {}", inner.operation, inner.kind.description())?;
        if let Some(status) = inner.status {
            write!(f, ", status {status}")?;
        }
        if let Some(message) = &inner.message {
            write!(f, ": {}", OneLine(message))?;
        }
        if let Some(source) = &inner.source {
            write!(f, ": {}", OneLine(&innermost(source).to_string()))?;
        }
        if inner.attempts > 1 {
            write!(f, ", after {} attempts", inner.attempts)?;
        }
        match self.advice() {
            Some(advice) => write!(f, " ({advice})"),
            None => Ok(()),
        }
    }
}

impl Error {
    /// What to do about it, where there is something.
    fn advice(&self) -> Option<String> {
        let inner = &*self.0;
        if inner.kind == ErrorKind::NotFound && inner.answer_lost {
            let advice = "an earlier attempt, whose answer was lost, may have removed it";
            return Some(advice.to_owned());
        }
        if inner.repetition == Repetition::IfIdempotent && !inner.operation.idempotent {
            let advice = "it may have been done all the same: look before you repeat it";
            return Some(advice.to_owned());
        }
        if let Some(wait) = inner.retry_after {
            return Some(format!("wait {wait:?} before the next request"));
        }
        inner.kind.advice().map(str::to_owned)
    }
}

/// A text of somebody else's, without line breaks and other characters that control a
/// terminal.
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

/// The cause at the bottom, which says what happened: "Connection refused".
fn innermost(error: &reqwest::Error) -> &dyn StdError {
    let mut cause: &dyn StdError = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause
}
