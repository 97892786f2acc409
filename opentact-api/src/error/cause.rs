//! The causes of errors.

use std::error::Error as StdError;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::credentials::scheme::Scheme;
use crate::error::kind::ErrorKind;
use crate::error::retryability::Retryability;
use crate::error::text::ForeignText;
use crate::error::transport::{self, Meaning};
use crate::generated::service::SIGN_IN;

/// Service Unavailable.
const UNAVAILABLE: u16 = 503;

/// Not Implemented.
const NOT_IMPLEMENTED: u16 = 501;

/// The cause of an error: everything about it except the operation and its attempts.
#[derive(Debug)]
pub(crate) struct Cause {
    pub(super) kind: ErrorKind,
    pub(super) retryability: Retryability,
    pub(super) status: Option<StatusCode>,
    pub(super) api_status: Option<u16>,
    /// Words of this crate. They are not redacted.
    pub(super) message: Option<String>,
    /// A text from elsewhere, which is redacted and added to the message.
    pub(super) text: Option<Box<ForeignText>>,
    /// The parameters that the service refused.
    pub(super) fields: Box<[RefusedField]>,
    /// The headers of the response, if there is one.
    pub(super) headers: Option<Box<HeaderMap>>,
    pub(super) retry_after: Option<Duration>,
    pub(super) source: Option<reqwest::Error>,
    /// The sign-in that failed.
    pub(super) sign_in: Option<Box<FailedSignIn>>,
    /// `true` if the deadline came before a connection took the request.
    pub(super) is_unsent: bool,
}

/// An error response of the API.
#[derive(Debug, Default)]
pub(crate) struct ApiError {
    /// The status that the envelope repeats.
    pub(crate) status: Option<u16>,
    /// The server's message, or the start of a body without a message.
    pub(crate) message: Option<ForeignText>,
    /// The parameters that the service refused.
    pub(crate) fields: Vec<RefusedField>,
}

/// A sign-in that failed.
#[derive(Debug)]
pub(super) struct FailedSignIn {
    /// The error of its call. It has no texts to redact.
    pub(super) error: Box<dyn StdError + Send + Sync>,
    /// `true` if the caller must change something before a sign-in can succeed.
    pub(super) is_refused: bool,
}

/// A parameter that the service refused, in its words.
#[derive(Debug)]
pub(crate) struct RefusedField {
    pub(crate) path: Option<ForeignText>,
    pub(crate) message: Option<ForeignText>,
}

impl Cause {
    fn new(kind: ErrorKind, retryability: Retryability, status: Option<StatusCode>) -> Self {
        Self {
            kind,
            retryability,
            status,
            api_status: None,
            message: None,
            text: None,
            fields: Box::default(),
            headers: None,
            retry_after: None,
            source: None,
            sign_in: None,
            is_unsent: false,
        }
    }

    /// Sets the headers of the response.
    pub(crate) fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = Some(Box::new(headers));
        self
    }

    /// Returns the cause for a request that does not fit the operation.
    pub(crate) fn invalid_request(reason: String) -> Self {
        Self {
            message: Some(reason),
            ..Self::new(ErrorKind::InvalidRequest, Retryability::Never, None)
        }
    }

    /// Returns the cause for a value that does not fit the operation. The text may quote it.
    pub(crate) fn refused(text: ForeignText) -> Self {
        Self {
            text: Some(Box::new(text)),
            ..Self::new(ErrorKind::InvalidRequest, Retryability::Never, None)
        }
    }

    /// Returns the cause for a client without a token for any of the schemes of an operation.
    pub(crate) fn missing_token(schemes: &[&Scheme]) -> Self {
        let message = format!(
            "the client has no token for it: set one with {}",
            setters(schemes)
        );
        Self {
            message: Some(message),
            ..Self::new(ErrorKind::MissingToken, Retryability::Never, None)
        }
    }

    /// Returns the cause for a sign-in that failed. The operation can always be retried, if the sign-in
    /// can.
    pub(crate) fn sign_in(host: &str, reason: &str, can_retry: bool) -> Self {
        let retryability = match can_retry {
            true => Retryability::Always,
            false => Retryability::Never,
        };
        Self {
            message: Some(format!("signing in at {host} failed{reason}")),
            ..Self::new(ErrorKind::SignIn, retryability, None)
        }
    }

    /// Returns the cause for a deadline that came while the client signed in.
    pub(crate) fn while_signing_in(mut self, host: &str) -> Self {
        if self.kind == ErrorKind::Timeout
            && let Some(message) = &mut self.message
        {
            message.push_str(&format!(", while it waited for the sign-in at {host}"));
        }
        self.unsent()
    }

    /// Returns the cause for a request that did not reach the service, or a response that broke off.
    pub(crate) fn transport(status: Option<StatusCode>, error: reqwest::Error) -> Self {
        let Meaning {
            kind,
            retryability,
            message,
            quotes_the_server,
        } = transport::meaning(&error, status.is_some());
        Self {
            message: message.map(str::to_owned),
            source: (!quotes_the_server).then(|| error.without_url()),
            ..Self::new(kind, retryability, status)
        }
    }

    /// Returns the cause for a request that no connection took: the service has done nothing.
    pub(crate) fn unsent(mut self) -> Self {
        if self.retryability != Retryability::IfIdempotent {
            return self;
        }
        self.retryability = Retryability::Always;
        match self.kind {
            ErrorKind::Timeout => self.is_unsent = true,
            ErrorKind::ConnectionLost => self.kind = ErrorKind::Connect,
            _ => {}
        }
        self
    }

    /// Returns the cause for a response that was not complete in time.
    pub(crate) fn timeout(status: Option<StatusCode>, message: String) -> Self {
        Self {
            message: Some(message),
            ..Self::new(ErrorKind::Timeout, Retryability::IfIdempotent, status)
        }
    }

    /// Returns the cause for a redirect. `target` is the host to which it leads, if it is known.
    pub(crate) fn redirect(status: StatusCode, target: Option<ForeignText>) -> Self {
        Self {
            text: target.map(Box::new),
            ..Self::new(ErrorKind::Redirect, Retryability::Never, Some(status))
        }
    }

    /// Returns the cause for a body with more bytes than the limit.
    pub(crate) fn body_too_large(status: StatusCode, limit: usize) -> Self {
        Self {
            message: Some(format!("it is larger than {limit} bytes")),
            ..Self::new(ErrorKind::BodyTooLarge, Retryability::Never, Some(status))
        }
    }

    /// Returns the cause for an error response.
    pub(crate) fn api(status: StatusCode, error: ApiError, retry_after: Option<Duration>) -> Self {
        let effective = effective_status(status, error.status);
        let (kind, mut retryability) = meaning(effective);
        // Gateways respond with 503 even after they forwarded a request. A service that says when to
        // come back has turned the request away.
        if effective == UNAVAILABLE && retry_after.is_some() {
            retryability = Retryability::Always;
        }
        Self {
            api_status: error.status,
            text: error.message.map(Box::new),
            fields: error.fields.into(),
            retry_after,
            ..Self::new(kind, retryability, Some(status))
        }
    }

    /// Takes the status 503 as a proof that the service did nothing.
    pub(crate) fn trust_unavailable(mut self) -> Self {
        let status = self.status.filter(|_| self.kind == ErrorKind::Api);
        if status.map(|status| effective_status(status, self.api_status)) == Some(UNAVAILABLE) {
            self.retryability = Retryability::Always;
        }
        self
    }

    /// Returns the cause for a response that claims success, but does not match the spec. `page` is the
    /// start of the body, if that may be shown.
    pub(crate) fn undecodable(
        status: StatusCode,
        reason: String,
        page: Option<ForeignText>,
    ) -> Self {
        Self {
            message: Some(reason),
            text: page.map(Box::new),
            ..Self::new(
                ErrorKind::UndecodableResponse,
                Retryability::Never,
                Some(status),
            )
        }
    }

    /// Returns `true` for an error response with a status that blames the client. 408 does not: the
    /// request was late.
    pub(super) fn is_client_error(&self) -> bool {
        let status = self
            .status
            .map(|status| effective_status(status, self.api_status));
        status.is_some_and(|status| (400..500).contains(&status) && status != 408)
    }

    /// Returns `true` for an error response with a status by which the service did nothing: it did not
    /// get the whole request (408), refused it (400 to 499), or does not know it (501).
    pub(super) fn is_proof_of_nothing(&self) -> bool {
        let status = self.status.filter(|_| self.kind == ErrorKind::Api);
        let status = status.map(|status| effective_status(status, self.api_status));
        status.is_some_and(|status| (400..500).contains(&status) || status == NOT_IMPLEMENTED)
    }
}

/// Returns the methods that supply a token of one of some schemes.
fn setters(schemes: &[&Scheme]) -> String {
    let mut setters = Vec::new();
    for scheme in schemes {
        setters.push(scheme.setter);
        let signs_in = SIGN_IN
            .as_ref()
            .filter(|sign_in| std::ptr::eq(sign_in.scheme, *scheme));
        setters.extend(signs_in.map(|sign_in| sign_in.basic.setter));
    }
    let mut shown = String::new();
    for (at, setter) in setters.iter().enumerate() {
        if setters[..at].contains(setter) {
            continue;
        }
        if at > 0 {
            shown.push_str(" or ");
        }
        shown.push('`');
        shown.push_str(setter);
        shown.push('`');
    }
    shown
}

/// Returns the status that counts. If the HTTP status is a success, it is the one in the envelope.
fn effective_status(status: StatusCode, api_status: Option<u16>) -> u16 {
    match api_status {
        Some(api_status) if status.is_success() => api_status,
        _ => status.as_u16(),
    }
}

/// Returns the meaning of the status of an error response.
fn meaning(status: u16) -> (ErrorKind, Retryability) {
    match status {
        401 => (ErrorKind::Unauthorized, Retryability::Never),
        403 => (ErrorKind::Forbidden, Retryability::Never),
        404 => (ErrorKind::NotFound, Retryability::Never),
        429 => (ErrorKind::RateLimited, Retryability::Always),
        408 | 500..600 => (ErrorKind::Api, Retryability::IfIdempotent),
        _ => (ErrorKind::Api, Retryability::Never),
    }
}
