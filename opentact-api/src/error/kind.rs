//! What kinds of failure there are, and what each means.

use std::fmt;

/// What kind of failure an [`Error`](crate::Error) is.
///
/// `Display` and [`ErrorKind::as_str`] give a short name that stays the same, for metrics and
/// logs.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// What was set on the request does not fit; nothing was sent.
    InvalidRequest,
    /// The operation asks for a token of another kind than the client was given; nothing was sent.
    /// The message names the method of [`ClientBuilder`](crate::ClientBuilder) that takes it.
    MissingToken,
    /// The token is not accepted (401).
    Unauthorized,
    /// The token is accepted, but may not do this (403).
    Forbidden,
    /// The group or SIP user does not exist (404).
    NotFound,
    /// Too many requests in too short a time (429).
    RateLimited,
    /// Another error of the API; see [`Error::status`](crate::Error::status) and
    /// [`Error::message`](crate::Error::message).
    Api,
    /// The service redirects elsewhere. The token is never sent there.
    Redirect,
    /// The service was not reached, or did not answer, in time. Unless it was the connection
    /// that took too long, the service may have done what was asked.
    Timeout,
    /// The service was not reached: its name does not resolve, or it refuses connections.
    /// Nothing was sent.
    Connect,
    /// The service was reached, but TLS could not be agreed on with it: its certificate is not
    /// trusted, for one. Nothing was sent.
    Tls,
    /// The connection broke before the answer was complete. The service may have done what was
    /// asked.
    ConnectionLost,
    /// The answer is larger than the client takes.
    BodyTooLarge,
    /// The service claims success, and answers with what the spec does not say.
    UndecodableResponse,
}

impl ErrorKind {
    /// A short name for metrics and logs, such as `connection_lost`.
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

    /// What happened, for a person to read.
    pub(super) fn description(self) -> &'static str {
        match self {
            Self::InvalidRequest | Self::MissingToken => "nothing was sent",
            Self::Unauthorized
            | Self::Forbidden
            | Self::NotFound
            | Self::RateLimited
            | Self::Api => "the service refused",
            Self::Redirect => "the service redirects elsewhere, which is not followed",
            Self::Timeout => "the service did not answer in time",
            Self::Connect => "the service was not reached",
            Self::Tls => "no secure connection to the service could be made",
            Self::ConnectionLost => "the connection broke before the answer was complete",
            Self::BodyTooLarge => "the answer is too large",
            Self::UndecodableResponse => "the answer cannot be read",
        }
    }

    /// What to do about it, where there is something.
    pub(super) fn advice(self) -> Option<&'static str> {
        match self {
            Self::Unauthorized => Some("check the token"),
            Self::Redirect | Self::Connect => Some("check the base URL"),
            Self::RateLimited => Some("wait before the next request"),
            Self::Tls => Some("check the base URL, and the certificates that this machine trusts"),
            Self::BodyTooLarge => Some("raise `max_response_size` if it is to be that large"),
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
