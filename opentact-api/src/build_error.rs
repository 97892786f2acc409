//! What keeps a client from being built.

use std::fmt;

/// Why a client was not built. Neither a token nor the base URL is shown.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The token of [`Client::builder`](crate::Client::builder) or
    /// [`Client::from_env`](crate::Client::from_env) cannot be sent.
    InvalidToken(&'static str),
    /// A further token cannot be sent.
    InvalidTokenOf {
        /// The method of [`ClientBuilder`](crate::ClientBuilder) that it was given to.
        setter: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The base URL cannot be sent a token to.
    InvalidBaseUrl(String),
    /// An environment variable cannot be used.
    Environment {
        /// Its name.
        variable: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The HTTP client cannot be set up, for want of TLS certificates perhaps.
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
