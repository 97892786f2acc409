//! What keeps an operation from answering.

mod display;
mod kind;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;

pub use kind::ErrorKind;

use crate::envelope::Failure;
use crate::operation::Operation;
use crate::auth::scheme::Scheme;

/// Why an operation did not answer with its payload.
///
/// `Display` is one line: the operation, what happened, and what to do where there is
/// something to do. Neither it nor `Debug` nor any [source](StdError::source) shows a token.
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
    repetition: Repetition,
    status: Option<StatusCode>,
    api_status: Option<u16>,
    message: Option<String>,
    retry_after: Option<Duration>,
    attempts: u32,
    answer_lost: bool,
    source: Option<reqwest::Error>,
}

/// Whether an attempt that failed may be repeated.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Repetition {
    /// The service did nothing, and may do it the next time.
    Safe,
    /// The service may or may not have done it.
    IfIdempotent,
    /// The next attempt would fail as well.
    Useless,
}

impl Error {
    fn new(operation: &Operation, kind: ErrorKind, repetition: Repetition) -> Self {
        Self(Box::new(Inner {
            operation: *operation,
            kind,
            repetition,
            status: None,
            api_status: None,
            message: None,
            retry_after: None,
            attempts: 0,
            answer_lost: false,
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

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    /// What became of the whole call: how many attempts were made, and whether the answer to
    /// one of those before was lost.
    pub(crate) fn after(mut self, attempts: u32, answer_lost: bool) -> Self {
        self.0.attempts = attempts;
        self.0.answer_lost = answer_lost;
        self
    }

    pub(crate) fn invalid_request(operation: &Operation, reason: String) -> Self {
        Self::new(operation, ErrorKind::InvalidRequest, Repetition::Useless)
            .with_message(reason)
    }

    /// The client was not given the token that the operation asks for.
    pub(crate) fn missing_token(operation: &Operation) -> Self {
        let Scheme { header, setter } = operation.scheme;
        let message =
            format!("the client has no token for the header `{header}`: set it with `{setter}`");
        Self::new(operation, ErrorKind::MissingToken, Repetition::Useless).with_message(message)
    }

    /// The request did not reach the service, or the answer broke off.
    pub(crate) fn transport(operation: &Operation, error: reqwest::Error) -> Self {
        // TLS that breaks later on does so when the request may have arrived.
        let mut failed = if error.is_connect() && is_tls(&error) {
            Self::new(operation, ErrorKind::Tls, Repetition::Useless)
        } else if error.is_connect() && error.is_timeout() {
            Self::new(operation, ErrorKind::Timeout, Repetition::Safe)
                .with_message("connecting took too long".to_owned())
        } else if error.is_connect() {
            Self::new(operation, ErrorKind::Connect, Repetition::Safe)
        } else {
            Self::new(
                operation,
                ErrorKind::ConnectionLost,
                Repetition::IfIdempotent,
            )
        };
        failed.0.source = Some(error.without_url());
        failed
    }

    /// The time was up while the service was at work.
    pub(crate) fn timeout(operation: &Operation, what: String) -> Self {
        Self::new(operation, ErrorKind::Timeout, Repetition::IfIdempotent).with_message(what)
    }

    /// The service redirects, to a scheme and host where those can be made out.
    pub(crate) fn redirect(operation: &Operation, target: Option<String>) -> Self {
        Self::new(operation, ErrorKind::Redirect, Repetition::Useless).with_message(target)
    }

    pub(crate) fn body_too_large(operation: &Operation, limit: usize) -> Self {
        Self::new(operation, ErrorKind::BodyTooLarge, Repetition::Useless)
            .with_message(format!("it is larger than {limit} bytes"))
    }

    pub(crate) fn api(operation: &Operation, status: StatusCode, failure: Failure) -> Self {
        let (kind, repetition) = meaning(status, failure.status);
        let mut error = Self::new(operation, kind, repetition).with_message(failure.message);
        error.0.api_status = failure.status;
        error
    }

    pub(crate) fn undecodable(operation: &Operation, reason: String) -> Self {
        Self::new(
            operation,
            ErrorKind::UndecodableResponse,
            Repetition::Useless,
        )
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

    /// The HTTP status of the last answer, where there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The status that the body of an API error gives. It repeats [`Error::status`] unless
    /// the service answers an error with a success status.
    pub fn api_status(&self) -> Option<u16> {
        self.0.api_status
    }

    /// The server's message, where it is an error of the API, up to 1000 characters; of an
    /// answer that is no envelope, the start of the body, up to 200. Otherwise what is wrong with
    /// the request or answer.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// How often the request was sent, or was tried to be sent; 0 for an invalid request and a
    /// missing token.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the same call may succeed later, and is safe to repeat.
    ///
    /// That is so where the service certainly did nothing (it was not reached, or answered 429
    /// or 503), and for operations that may be carried out twice also where it is not known
    /// (a timeout, a lost connection, another 5xx). The client has repeated the call as its
    /// [`RetryPolicy`](crate::RetryPolicy) says; this is for those who try again later.
    pub fn is_retryable(&self) -> bool {
        match self.0.repetition {
            Repetition::Safe => true,
            Repetition::IfIdempotent => self.0.operation.idempotent,
            Repetition::Useless => false,
        }
    }

    /// How long the service wants to be left alone (`Retry-After`), counted from its answer.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the service may have done what was asked.
    pub(crate) fn answer_is_lost(&self) -> bool {
        self.0.repetition == Repetition::IfIdempotent
    }
}

/// What a status of the API means. A service that answers an error with a success status says
/// in the body what it means.
fn meaning(status: StatusCode, api_status: Option<u16>) -> (ErrorKind, Repetition) {
    let meant = match api_status {
        Some(api_status) if status.is_success() => api_status,
        _ => status.as_u16(),
    };
    match meant {
        401 => (ErrorKind::Unauthorized, Repetition::Useless),
        403 => (ErrorKind::Forbidden, Repetition::Useless),
        404 => (ErrorKind::NotFound, Repetition::Useless),
        429 => (ErrorKind::RateLimited, Repetition::Safe),
        503 => (ErrorKind::Api, Repetition::Safe),
        408 | 500..600 => (ErrorKind::Api, Repetition::IfIdempotent),
        _ => (ErrorKind::Api, Repetition::Useless),
    }
}

/// Whether TLS failed, and not the connection below it.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if is_tls_error(error) {
            return true;
        }
        // The source of an I/O error is not the error in it, but the source of that.
        cause = match error.downcast_ref::<std::io::Error>() {
            Some(io) => io.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
    }
    false
}

fn is_tls_error(error: &(dyn StdError + 'static)) -> bool {
    #[cfg(feature = "rustls")]
    if error.is::<rustls::Error>() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if error.is::<native_tls::Error>() {
        return true;
    }
    let _ = error;
    false
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.0.operation.name)
            .field("kind", &self.0.kind)
            .field("status", &self.0.status)
            .field("api_status", &self.0.api_status)
            .field("message", &self.0.message)
            .field("attempts", &self.0.attempts)
            .field("retry_after", &self.0.retry_after)
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
