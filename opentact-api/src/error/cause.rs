//! The causes of errors.

use std::error::Error as StdError;
use std::time::Duration;

use reqwest::StatusCode;

use crate::auth::scheme::Scheme;
use crate::error::kind::ErrorKind;

/// The cause of an error: everything about it except the operation and its attempts.
#[derive(Debug)]
pub(crate) struct Cause {
    pub(super) kind: ErrorKind,
    pub(super) retryability: Retryability,
    pub(super) status: Option<StatusCode>,
    pub(super) api_status: Option<u16>,
    pub(super) message: Option<String>,
    pub(super) retry_after: Option<Duration>,
    pub(super) source: Option<reqwest::Error>,
}

/// The condition under which a failed attempt can be retried.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Retryability {
    /// The service did nothing, and may succeed the next time.
    Always,
    /// The service may have carried the operation out.
    IfIdempotent,
    /// Another attempt would fail as well.
    Never,
}

/// An error response of the API.
#[derive(Debug, Default)]
pub(crate) struct ApiError {
    /// The status that the envelope repeats.
    pub(crate) status: Option<u16>,
    /// The server's message, or the start of a body without an envelope.
    pub(crate) message: Option<String>,
}

impl Cause {
    fn new(kind: ErrorKind, retryability: Retryability, status: Option<StatusCode>) -> Self {
        Self {
            kind,
            retryability,
            status,
            api_status: None,
            message: None,
            retry_after: None,
            source: None,
        }
    }

    /// Returns the cause for a request that does not fit the operation.
    pub(crate) fn invalid_request(reason: String) -> Self {
        Self {
            message: Some(reason),
            ..Self::new(ErrorKind::InvalidRequest, Retryability::Never, None)
        }
    }

    /// Returns the cause for a client without a token for a scheme.
    pub(crate) fn missing_token(scheme: &Scheme) -> Self {
        let Scheme { header, setter } = scheme;
        let message =
            format!("the client has no token for the header `{header}`: set it with `{setter}`");
        Self {
            message: Some(message),
            ..Self::new(ErrorKind::MissingToken, Retryability::Never, None)
        }
    }

    /// Returns the cause for a request that did not reach the service, or a response that broke off.
    pub(crate) fn transport(status: Option<StatusCode>, error: reqwest::Error) -> Self {
        let connecting = error.is_connect();
        // If TLS fails later, the request may have arrived.
        let (kind, retryability) = if connecting && is_tls(&error) {
            (ErrorKind::Tls, Retryability::Never)
        } else if connecting && error.is_timeout() {
            (ErrorKind::Timeout, Retryability::Always)
        } else if connecting {
            (ErrorKind::Connect, Retryability::Always)
        } else {
            (ErrorKind::ConnectionLost, Retryability::IfIdempotent)
        };
        let message = "connecting took too long";
        Self {
            message: (kind == ErrorKind::Timeout).then(|| message.to_owned()),
            source: Some(error.without_url()),
            ..Self::new(kind, retryability, status)
        }
    }

    /// Returns the cause for a response that was not complete in time.
    pub(crate) fn timeout(status: Option<StatusCode>, message: String) -> Self {
        Self {
            message: Some(message),
            ..Self::new(ErrorKind::Timeout, Retryability::IfIdempotent, status)
        }
    }

    /// Returns the cause for a redirect. `target` is its scheme and host, if they are known.
    pub(crate) fn redirect(status: StatusCode, target: Option<String>) -> Self {
        Self {
            message: target,
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
        let (kind, retryability) = meaning(status, error.status);
        Self {
            api_status: error.status,
            message: error.message,
            retry_after,
            ..Self::new(kind, retryability, Some(status))
        }
    }

    /// Returns the cause for a response that claims success, but does not match the spec.
    pub(crate) fn undecodable(status: StatusCode, reason: String) -> Self {
        Self {
            message: Some(reason),
            ..Self::new(
                ErrorKind::UndecodableResponse,
                Retryability::Never,
                Some(status),
            )
        }
    }
}

/// Returns the meaning of an error response. If its HTTP status is a success, the status in the
/// envelope counts.
fn meaning(status: StatusCode, api_status: Option<u16>) -> (ErrorKind, Retryability) {
    let status = match api_status {
        Some(api_status) if status.is_success() => api_status,
        _ => status.as_u16(),
    };
    match status {
        401 => (ErrorKind::Unauthorized, Retryability::Never),
        403 => (ErrorKind::Forbidden, Retryability::Never),
        404 => (ErrorKind::NotFound, Retryability::Never),
        429 => (ErrorKind::RateLimited, Retryability::Always),
        503 => (ErrorKind::Api, Retryability::Always),
        408 | 500..600 => (ErrorKind::Api, Retryability::IfIdempotent),
        _ => (ErrorKind::Api, Retryability::Never),
    }
}

/// Returns `true` if TLS failed, as opposed to the connection below it.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if is_tls_error(error) {
            return true;
        }
        // The source of an I/O error skips the error in it.
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
