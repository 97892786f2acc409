//! What keeps an operation from answering.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use reqwest::StatusCode;

use crate::envelope::Failure;
use crate::operation::Operation;
use crate::request::InvalidRequest;

/// Why an operation did not answer with its payload.
///
/// `Display` is one line: the operation, what happened, and what to do where there is
/// something to do. The token is in none of it.
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

#[derive(Debug)]
struct Inner {
    operation: Operation,
    kind: ErrorKind,
    status: Option<StatusCode>,
    api_status: Option<u16>,
    message: Option<String>,
    source: Option<reqwest::Error>,
}

/// What kind of failure an [`Error`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// What was set on the request does not fit; nothing was sent.
    InvalidRequest,
    /// The token is not accepted (401).
    Unauthorized,
    /// The token is accepted, but may not do this (403).
    Forbidden,
    /// The group or SIP user does not exist (404).
    NotFound,
    /// Too many requests in too short a time (429).
    RateLimited,
    /// Another error of the API; see [`Error::status`] and [`Error::message`].
    Api,
    /// The service redirects elsewhere. The token is never sent there.
    Redirect,
    /// The service did not answer in time.
    Timeout,
    /// The service was not reached, or the connection broke.
    Connection,
    /// The service claims success, and answers with what the spec does not say.
    UndecodableAnswer,
}

impl Error {
    fn new(operation: &Operation, kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            operation: *operation,
            kind,
            status: None,
            api_status: None,
            message: None,
            source: None,
        }))
    }

    fn with_message(mut self, message: impl Into<Option<String>>) -> Self {
        self.0.message = message.into();
        self
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn invalid_request(operation: &Operation, invalid: InvalidRequest) -> Self {
        Self::new(operation, ErrorKind::InvalidRequest).with_message(invalid.into_reason())
    }

    pub(crate) fn transport(operation: &Operation, error: reqwest::Error) -> Self {
        let kind = if error.is_timeout() {
            ErrorKind::Timeout
        } else {
            ErrorKind::Connection
        };
        let mut failed = Self::new(operation, kind);
        failed.0.status = error.status();
        failed.0.source = Some(error.without_url());
        failed
    }

    pub(crate) fn redirect(operation: &Operation, status: StatusCode) -> Self {
        Self::new(operation, ErrorKind::Redirect).with_status(status)
    }

    pub(crate) fn api(operation: &Operation, status: StatusCode, failure: Failure) -> Self {
        let mut error = Self::new(operation, kind_of(status, failure.status))
            .with_status(status)
            .with_message(failure.message);
        error.0.api_status = failure.status;
        error
    }

    pub(crate) fn undecodable(operation: &Operation, status: StatusCode, reason: String) -> Self {
        Self::new(operation, ErrorKind::UndecodableAnswer)
            .with_status(status)
            .with_message(reason)
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The method of `Client` that failed, such as `list_groups`.
    pub fn operation(&self) -> &'static str {
        self.0.operation.name
    }

    /// The HTTP status of the answer, where there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The status that the body of an API error gives. It repeats [`Error::status`] unless
    /// the service answers an error with a success status.
    pub fn api_status(&self) -> Option<u16> {
        self.0.api_status
    }

    /// The server's message, where it is an error of the API; of an answer that is no
    /// envelope, the start of the body. Otherwise what is wrong with the request or answer.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }
}

/// The kind of an API error. A service that answers an error with a success status says
/// what it means in the body.
fn kind_of(status: StatusCode, api_status: Option<u16>) -> ErrorKind {
    let meant = match api_status {
        Some(api_status) if status.is_success() => api_status,
        _ => status.as_u16(),
    };
    match meant {
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        404 => ErrorKind::NotFound,
        429 => ErrorKind::RateLimited,
        _ => ErrorKind::Api,
    }
}

impl ErrorKind {
    /// What happened, where neither a status nor a message says it.
    fn description(self) -> &'static str {
        match self {
            Self::InvalidRequest => "nothing was sent",
            Self::Redirect => "the service redirects elsewhere, which is not followed",
            Self::Timeout => "the service did not answer in time",
            Self::Connection => "the connection to the service failed",
            Self::UndecodableAnswer => "the answer cannot be read",
            _ => "the service refused",
        }
    }

    /// What to do about it, where there is something.
    fn advice(self) -> Option<&'static str> {
        match self {
            Self::Unauthorized => Some("check the token"),
            Self::Redirect => Some("check the base URL"),
            Self::RateLimited => Some("wait before the next request"),
            Self::UndecodableAnswer => Some("check the base URL, or update opentact-api"),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            operation,
            kind,
            status,
            message,
            source,
            ..
        } = &*self.0;
        write!(f, "{operation}: {}", kind.description())?;
        if let Some(status) = status {
            write!(f, ", status {status}")?;
        }
        if let Some(message) = message {
            write!(f, ": {}", OneLine(message))?;
        }
        if let Some(source) = source {
            write!(f, ": {}", innermost(source))?;
        }
        match kind.advice() {
            Some(advice) => write!(f, " ({advice})"),
            None => Ok(()),
        }
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

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.0.operation.name)
            .field("kind", &self.0.kind)
            .field("status", &self.0.status)
            .field("api_status", &self.0.api_status)
            .field("message", &self.0.message)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_ref()?;
        Some(source)
    }
}
