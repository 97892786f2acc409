//! The error of building a client.

use std::fmt;

/// The error of building a client. It shows neither a token nor the base URL.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The token of [`Client::builder`](crate::Client::builder) or
    /// [`Client::from_env`](crate::Client::from_env) cannot be sent.
    InvalidToken(&'static str),
    /// The token of another security scheme cannot be sent.
    InvalidTokenOf {
        /// The method of [`ClientBuilder`](crate::ClientBuilder) that took the token.
        setter: &'static str,
        /// The problem with the token.
        reason: &'static str,
    },
    /// The client does not send tokens to the base URL. The text is the reason.
    InvalidBaseUrl(String),
    /// An environment variable cannot be used.
    Environment {
        /// The name of the variable.
        variable: &'static str,
        /// The problem with the variable.
        reason: &'static str,
    },
    /// The HTTP client cannot be set up. For example, TLS certificates are missing.
    Http(reqwest::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidToken(reason) => write!(f, "the token cannot be used: {reason}"),
            Self::InvalidTokenOf { setter, reason } => {
                write!(f, "the token of `{setter}` cannot be used: {reason}")
            }
            Self::InvalidBaseUrl(reason) => write!(f, "the base URL cannot be used: {reason}"),
            Self::Environment { variable, reason } => {
                write!(f, "the environment variable {variable} {reason}")
            }
            Self::Http(error) => write!(f, "the HTTP client cannot be set up: {error}"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error),
            _ => None,
        }
    }
}
