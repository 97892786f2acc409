//! The kinds of errors and their meaning.

use std::{fmt, io};

/// The kind of an [`Error`](crate::Error).
///
/// A kind describes the last attempt. If [`Error::attempts`](crate::Error::attempts) is more than 1, an
/// earlier one may have carried the operation out.
///
/// `Display` and [`ErrorKind::as_str`] return a short, stable name for metrics and logs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call cannot be made: a value that was set on the request does not fit, or there is no Tokio
    /// runtime or HTTP client for it. Nothing was sent.
    InvalidRequest,
    /// The client has no token for the security scheme of the operation. Nothing was sent. The
    /// message names the method of [`ClientBuilder`](crate::ClientBuilder) that takes the token.
    MissingToken,
    /// The client could not get a token, because [signing in](crate::ClientBuilder::sign_in) failed. The
    /// [source](std::error::Error::source) is the [`Error`](crate::Error) of that call. The operation
    /// itself was not sent, or it was sent with a token that the service no longer accepts: the service
    /// has done nothing.
    SignIn,
    /// The service does not accept the token (401).
    Unauthorized,
    /// The token does not permit the operation (403).
    Forbidden,
    /// The group or SIP user does not exist (404).
    NotFound,
    /// Too many requests in too short a time (429).
    RateLimited,
    /// Another error of the API. See [`Error::status`](crate::Error::status) and
    /// [`Error::message`](crate::Error::message).
    Api,
    /// The service redirects. The token is never sent to the target.
    Redirect,
    /// The service was not reached or did not respond in time. Unless the message says that connecting
    /// took too long, or that nothing was sent, the service may have carried the operation out. The
    /// message of a call with several attempts says it of the last one.
    Timeout,
    /// The service was not reached: its name does not resolve, it refuses connections or the HTTP/2
    /// stream of the request, or the proxy refuses the tunnel to it. The service has done nothing.
    Connect,
    /// The TLS handshake with the service failed. For example, its certificate is not trusted, or it
    /// demands one of the client. The service has done nothing.
    Tls,
    /// The connection broke before the response was complete. The service may have carried the
    /// operation out.
    ConnectionLost,
    /// The response claims success, but is larger than
    /// [the limit](crate::ClientBuilder::max_response_size). The service has probably carried the
    /// operation out.
    BodyTooLarge,
    /// The response claims success, but does not match the spec. The service has probably carried the
    /// operation out.
    UndecodableResponse,
}

impl ErrorKind {
    /// Returns a short name for metrics and logs, such as `connection_lost`.
    ///
    /// ```
    /// use opentact_api::ErrorKind;
    ///
    /// assert_eq!(ErrorKind::RateLimited.as_str(), "rate_limited");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::MissingToken => "missing_token",
            Self::SignIn => "sign_in",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::RateLimited => "rate_limited",
            Self::Api => "api",
            Self::Redirect => "redirect",
            Self::Timeout => "timeout",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::ConnectionLost => "connection_lost",
            Self::BodyTooLarge => "body_too_large",
            Self::UndecodableResponse => "undecodable_response",
        }
    }

    /// Returns `true` if the same call fails again until the caller changes the request, the token or
    /// its rights. [`ErrorKind::Api`] and [`ErrorKind::SignIn`] do not count, because they have errors of
    /// both sides: see [`Error::is_client_fault`](crate::Error::is_client_fault).
    ///
    /// ```
    /// use opentact_api::ErrorKind;
    ///
    /// assert!(ErrorKind::NotFound.is_client_fault());
    /// assert!(!ErrorKind::Timeout.is_client_fault());
    /// ```
    pub fn is_client_fault(self) -> bool {
        matches!(
            self,
            Self::InvalidRequest
                | Self::MissingToken
                | Self::Unauthorized
                | Self::Forbidden
                | Self::NotFound
        )
    }

    /// Returns the kind of I/O error that fits best.
    pub(super) fn io(self) -> io::ErrorKind {
        match self {
            Self::InvalidRequest => io::ErrorKind::InvalidInput,
            Self::MissingToken | Self::Unauthorized | Self::Forbidden => {
                io::ErrorKind::PermissionDenied
            }
            Self::NotFound => io::ErrorKind::NotFound,
            Self::RateLimited => io::ErrorKind::ResourceBusy,
            Self::Timeout => io::ErrorKind::TimedOut,
            Self::Connect => io::ErrorKind::NotConnected,
            Self::ConnectionLost => io::ErrorKind::ConnectionAborted,
            Self::BodyTooLarge | Self::UndecodableResponse => io::ErrorKind::InvalidData,
            Self::SignIn | Self::Api | Self::Redirect | Self::Tls => io::ErrorKind::Other,
        }
    }

    /// Returns the sentence for people.
    pub(super) fn description(self) -> &'static str {
        match self {
            Self::InvalidRequest | Self::MissingToken => "nothing was sent",
            Self::SignIn => "the client could not get a token",
            Self::Unauthorized | Self::Forbidden | Self::NotFound | Self::RateLimited => {
                "the service refused"
            }
            Self::Api => "the service reported an error",
            Self::Redirect => "the service redirects, and redirects are not followed",
            Self::Timeout => "the service did not respond in time",
            Self::Connect => "the service was not reached",
            Self::Tls => "no secure connection to the service could be made",
            Self::ConnectionLost => "the connection broke before the response was complete",
            Self::BodyTooLarge => "the response is too large",
            Self::UndecodableResponse => "the response cannot be decoded",
        }
    }

    /// Returns advice for the caller, if there is any.
    pub(super) fn advice(self) -> Option<&'static str> {
        match self {
            Self::Unauthorized => Some("check the token"),
            Self::Redirect => Some("check the base URL"),
            Self::Connect => Some("check the base URL, and the proxy if there is one"),
            Self::RateLimited => Some("wait before the next request"),
            Self::Tls => Some("check the base URL, and the certificates that this machine trusts"),
            Self::BodyTooLarge => Some("raise `max_response_size` if responses can be that large"),
            Self::UndecodableResponse => Some("check the base URL, or update opentact-api"),
            _ => None,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
