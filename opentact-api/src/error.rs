//! The error of an operation.

pub(crate) mod build;
pub(crate) mod cause;
pub(crate) mod field;
pub(crate) mod kind;
mod request;
mod retryability;
pub(crate) mod text;
mod transport;

use std::error::Error as StdError;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use std::{fmt, io};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::credentials::redact::has_token;
use crate::credentials::scheme::Scheme;
use crate::credentials::token::Tokens;
use crate::duration::ForPeople;
use crate::error::cause::{Cause, FailedSignIn};
use crate::error::field::FieldError;
use crate::error::kind::ErrorKind;
use crate::error::retryability::Retryability;
use crate::error::text::{OneLine, Source};
use crate::operation::Operation;
use crate::request_id::request_id;

/// The most characters of the id of a request. A longer one is no id.
const REQUEST_ID: usize = 200;

/// The most fields that `Display` shows.
const FIELDS: usize = 3;

/// The error of an operation.
///
/// `Display` is one line: the operation, the failure, and advice if there is any. Neither it nor
/// `Debug` nor any [source](StdError::source) shows a token. All their texts from a server are
/// redacted and cut, and sources are texts as well: they cannot be downcast. The exception is the source of
/// [`ErrorKind::SignIn`], which is the `Error` of the sign-in.
///
/// A clone shares its content with the original. The error converts to [`std::io::Error`], of the
/// kind that fits best.
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
#[derive(Clone)]
pub struct Error(Arc<Inner>);

struct Inner {
    operation: &'static Operation,
    /// The cause, without its texts and its source.
    cause: Cause,
    message: Option<String>,
    fields: Vec<FieldError>,
    /// The id of the request, unless it contains a token.
    request_id: Option<String>,
    source: Option<Source>,
    /// The number of attempts, including the last one.
    attempts: u32,
    /// `true` if the service may have carried the operation out in an earlier attempt.
    outcome_unknown: bool,
    /// The base URL of the client, if there was an attempt.
    base_url: Option<Arc<str>>,
}

impl Error {
    /// Creates the error of a call. Its texts from elsewhere are redacted and cut here and nowhere
    /// else. `outcome_unknown` is about the attempts before the last one.
    pub(crate) fn new(
        operation: &'static Operation,
        mut cause: Cause,
        attempts: u32,
        outcome_unknown: bool,
        tokens: &Tokens,
    ) -> Self {
        if cause.is_unsent
            && let Some(message) = &mut cause.message
        {
            message.push_str(match attempts {
                1 => ", and nothing was sent",
                _ => ", and the last attempt sent nothing",
            });
        }
        let text = cause.text.take().and_then(|text| text.shown(tokens));
        let message = match (cause.message.take(), text) {
            (Some(message), Some(text)) => Some(format!("{message}: {text}")),
            (message, text) => message.or(text),
        };
        let fields = std::mem::take(&mut cause.fields).into_iter();
        let fields = fields.map(|field| FieldError {
            path: field
                .path
                .and_then(|path| path.shown(tokens))
                .unwrap_or_default(),
            message: field.message.and_then(|message| message.shown(tokens)),
        });
        let fields = fields.collect();
        let source = cause
            .source
            .take()
            .map(|source| Source::of(&source, tokens));
        // Many ids look like digests, so that these do not count.
        let request_id = cause.headers.as_deref().and_then(request_id);
        let may_show = |id: &&str| id.len() <= REQUEST_ID && !has_token(id, tokens);
        let request_id = request_id.filter(may_show).map(str::to_owned);
        Self(Arc::new(Inner {
            operation,
            cause,
            message,
            fields,
            request_id,
            source,
            attempts,
            outcome_unknown,
            base_url: None,
        }))
    }

    /// Creates the error of a call without any attempt.
    pub(crate) fn not_sent(operation: &'static Operation, cause: Cause, tokens: &Tokens) -> Self {
        Self::new(operation, cause, 0, false, tokens)
    }

    /// Returns the cause of the error of another call, which needed this sign-in. `wait` is the time until
    /// the client signs in again.
    pub(crate) fn into_cause(self, host: &str, wait: Duration) -> Cause {
        let can_retry = self.is_retryable();
        Cause {
            status: self.status(),
            api_status: self.api_status(),
            headers: self.0.cause.headers.clone(),
            retry_after: can_retry.then_some(wait).filter(|wait| !wait.is_zero()),
            sign_in: Some(Box::new(FailedSignIn {
                is_refused: self.is_client_fault(),
                error: Box::new(self),
            })),
            ..Cause::sign_in(host, "", can_retry)
        }
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.cause.kind
    }

    /// Returns the method of `Client` that failed, such as `list_groups`.
    pub fn operation(&self) -> &'static str {
        self.0.operation.name
    }

    /// Returns the HTTP status of the last attempt's response, or `None` if it got none. If the client
    /// could not sign in ([`ErrorKind::SignIn`]), it is that of the sign-in.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.cause.status
    }

    /// Returns the status in the envelope of an error response, or `None` if there is none. It can
    /// differ from [`Error::status`], which decides the kind unless it is a success.
    pub fn api_status(&self) -> Option<u16> {
        self.0.cause.api_status
    }

    /// Returns the headers of the last attempt's response. They are empty if it got none. They are as
    /// the service sent them: unlike the texts of the error, they are not redacted.
    pub fn headers(&self) -> &HeaderMap {
        static NONE: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        self.0.cause.headers.as_deref().unwrap_or(&NONE)
    }

    /// Returns the id that the service gave the request of the last attempt, or `None` if it sent no
    /// header `x-request-id`. Quote it when you report a problem to the service. An id that contains a
    /// token, is not ASCII, or is longer than 200 characters is not returned.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns the message, or `None` for an error response without one, and for a connection error
    /// that its [source](StdError::source) explains.
    ///
    /// - For an error of the API: the server's message, up to 1000 characters. If there is none, the
    ///   start of the body, up to 200 characters, unless it is a list or has a payload.
    /// - Otherwise: the problem with the request or response.
    ///
    /// It contains no token and nothing that looks like a SIP digest, but it may contain line breaks
    /// and other control characters. `Display` shows it on one line.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// Returns the parameters that the service refused, at most 32, and no more after 8 KiB of text. They are
    /// empty for an error without any. The refused values are not kept, because they may be secrets. Like the
    /// [message](Error::message), the texts are redacted and cut.
    pub fn fields(&self) -> &[FieldError] {
        &self.0.fields
    }

    /// Returns the number of attempts. It is 0 for an invalid request and a missing token.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns `true` if the same call may succeed later and is safe to retry.
    ///
    /// That holds if the service certainly did nothing: nothing was sent, the service refused the
    /// connection, it refused the HTTP/2 stream, or it responded with 429, or with 503 and
    /// `Retry-After` (or any 503, with
    /// [`RetryPolicy::retry_unavailable`](crate::RetryPolicy::retry_unavailable)). For idempotent
    /// operations it also holds if the outcome is unknown: after a timeout, a lost connection, 408 or
    /// another 5xx status. The client has already retried the call according to its
    /// [`RetryPolicy`](crate::RetryPolicy); this is for callers that try again later.
    pub fn is_retryable(&self) -> bool {
        match self.0.cause.retryability {
            Retryability::Always => true,
            Retryability::IfIdempotent => self.0.operation.idempotent,
            Retryability::Never => false,
        }
    }

    /// Returns the time that the last attempt's response asks clients to wait (`Retry-After`), counted
    /// from that response, or `None` if it does not ask, or there is none. After a sign-in that failed
    /// and can be retried, it is the time until the client signs in again.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.cause.retry_after
    }

    /// Returns `true` if the same call fails again until the caller changes the request, the token or
    /// its rights: for every [`ErrorKind::is_client_fault`], for other errors of the API with a
    /// status of 400 to 499, except 408 and 429, and for a sign-in that failed with such an error.
    ///
    /// A server can pass such an error on to its own clients, and log the others as its own.
    pub fn is_client_fault(&self) -> bool {
        let cause = &self.0.cause;
        let refused = || cause.kind == ErrorKind::Api && cause.is_client_error();
        let sign_in = cause.sign_in.as_ref();
        let is_refused_sign_in = sign_in.is_some_and(|sign_in| sign_in.is_refused);
        cause.kind.is_client_fault() || is_refused_sign_in || refused()
    }

    /// Returns `true` if the service may have carried the operation out, and doing it again may do it
    /// twice: check before you retry. An error status that is the client's fault, and 501 (Not
    /// Implemented), prove that the service did nothing. An idempotent
    /// operation can be repeated in any case.
    pub fn may_have_been_done(&self) -> bool {
        let Inner {
            operation, cause, ..
        } = &*self.0;
        let is_claimed = matches!(
            cause.kind,
            ErrorKind::BodyTooLarge | ErrorKind::UndecodableResponse
        );
        let is_possible = self.outcome_is_unknown() && !cause.is_proof_of_nothing();
        !operation.idempotent && (is_claimed || is_possible)
    }

    /// Returns `true` if the service may have carried the operation out in the last attempt.
    pub(crate) fn outcome_is_unknown(&self) -> bool {
        self.0.cause.retryability == Retryability::IfIdempotent
    }

    /// Returns advice for the caller, if there is any.
    fn advice(&self) -> Option<String> {
        let Inner {
            operation,
            cause,
            outcome_unknown,
            ..
        } = &*self.0;
        if cause.kind == ErrorKind::NotFound && *outcome_unknown && operation.method == "DELETE" {
            let advice = "an earlier attempt may have removed it";
            return Some(advice.to_owned());
        }
        if self.may_have_been_done() {
            let advice = "the service may have carried it out: check before you retry";
            return Some(advice.to_owned());
        }
        if let Some(wait) = cause.retry_after {
            return Some(format!("wait {} before the next request", ForPeople(wait)));
        }
        let is_basic = |scheme: &&'static Scheme| scheme.prefix == "Basic ";
        if cause.kind == ErrorKind::Unauthorized && operation.schemes.iter().any(is_basic) {
            return Some("check the e-mail address and the password".to_owned());
        }
        if cause.kind == ErrorKind::SignIn {
            return None; // the error of the sign-in has its own
        }
        cause.kind.advice().map(str::to_owned)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            operation,
            cause,
            message,
            fields,
            attempts,
            source,
            ..
        } = &*self.0;
        f.debug_struct("Error")
            .field("operation", &operation.name)
            .field("kind", &cause.kind)
            .field("status", &cause.status)
            .field("api_status", &cause.api_status)
            .field("message", message)
            .field("fields", fields)
            .field("attempts", attempts)
            .field("retry_after", &cause.retry_after)
            .field("source", source)
            .field("sign_in", &cause.sign_in)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            operation,
            cause,
            message,
            fields,
            attempts,
            source,
            ..
        } = &*self.0;
        write!(f, "{operation}: {}", cause.kind.description())?;
        if let Some(status) = cause.status.filter(|_| cause.sign_in.is_none()) {
            write!(f, ", status {status}")?;
        }
        if let Some(message) = message {
            write!(f, ": {}", OneLine(message))?;
        }
        for (at, field) in fields.iter().take(FIELDS).enumerate() {
            let separator = if at == 0 { ": " } else { "; " };
            write!(f, "{separator}{field}")?;
        }
        if let more @ 1.. = fields.len().saturating_sub(FIELDS) {
            write!(f, ", and {more} more")?;
        }
        if let Some(source) = source {
            write!(f, ": {}", source.innermost())?;
        }
        if let Some(sign_in) = &cause.sign_in {
            write!(f, ": {}", sign_in.error)?;
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
        if let Some(sign_in) = &self.0.cause.sign_in {
            return Some(sign_in.error.as_ref());
        }
        let source = self.0.source.as_ref()?;
        Some(source)
    }
}

/// Converts to the kind of I/O error that fits best, with the error in it.
///
/// ```
/// use opentact_api::Error;
///
/// fn for_callers_that_know_io_errors(error: Error) -> std::io::Error {
///     error.into()
/// }
/// ```
impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        Self::new(error.kind().io(), error)
    }
}
