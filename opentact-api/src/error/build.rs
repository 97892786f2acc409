//! The error of building a client.

use std::error::Error as StdError;
use std::fmt;

/// The error of building a client. It shows neither a token nor the URL of a service or a proxy.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// A token cannot be sent.
    InvalidToken {
        /// The method of [`ClientBuilder`](crate::ClientBuilder) that took the token.
        setter: &'static str,
        /// The problem with the token.
        reason: &'static str,
    },
    /// The e-mail address or the password of
    /// [`ClientBuilder::sign_in`](crate::ClientBuilder::sign_in) cannot be sent. The text is the reason.
    InvalidSignIn(&'static str),
    /// The environment has no token for [`Client::from_env`](crate::Client::from_env).
    NoToken {
        /// The names of the variables that can hold one.
        variables: Vec<&'static str>,
    },
    /// The client does not send tokens to the base URL. The text is the reason.
    InvalidBaseUrl(String),
    /// A host of [`ClientBuilder::allow_http_to`](crate::ClientBuilder::allow_http_to) is not allowed.
    /// The text is the reason.
    InvalidPrivateHost(&'static str),
    /// An environment variable cannot be used.
    Environment {
        /// The name of the variable.
        variable: &'static str,
        /// The problem with the variable.
        reason: String,
    },
    /// The proxy of [`ClientBuilder::proxy`](crate::ClientBuilder::proxy) cannot be used. The text is
    /// the reason. A proxy that the environment names is an error of its
    /// [variable](BuildError::Environment).
    InvalidProxy(String),
    /// A certificate, or its private key, cannot be used.
    InvalidCertificate {
        /// The method of [`ClientBuilder`](crate::ClientBuilder) that took the certificate.
        setter: &'static str,
        /// The problem with the certificate or the key.
        reason: &'static str,
    },
    /// The text of [`ClientBuilder::user_agent_suffix`](crate::ClientBuilder::user_agent_suffix)
    /// cannot be sent. The text is the reason.
    InvalidUserAgentSuffix(&'static str),
    /// The HTTP client cannot be set up. For example, the machine has no TLS certificates, or a private
    /// key does not belong to its certificate.
    Http(Box<dyn StdError + Send + Sync>),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidToken { setter, reason } => {
                write!(f, "the token of `{setter}` cannot be used: {reason}")
            }
            Self::InvalidSignIn(reason) => {
                write!(f, "the client cannot sign in: {reason}")
            }
            Self::NoToken { variables } => {
                let names = variables.join(", ");
                write!(f, "none of these environment variables is set: {names}")
            }
            Self::InvalidBaseUrl(reason) => write!(f, "the base URL cannot be used: {reason}"),
            Self::InvalidPrivateHost(reason) => {
                write!(
                    f,
                    "the host of `ClientBuilder::allow_http_to` cannot be used: {reason}"
                )
            }
            Self::Environment { variable, reason } => {
                write!(f, "the environment variable {variable} {reason}")
            }
            Self::InvalidProxy(reason) => write!(f, "the proxy cannot be used: {reason}"),
            Self::InvalidCertificate { setter, reason } => {
                write!(f, "the PEM text of `{setter}` cannot be used: {reason}")
            }
            Self::InvalidUserAgentSuffix(reason) => {
                write!(f, "the suffix of `User-Agent` cannot be used: {reason}")
            }
            Self::Http(error) => {
                let cause = innermost(error.as_ref());
                write!(f, "the HTTP client cannot be set up: {cause}")
            }
        }
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Http(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

/// Returns the last error of the chain, which names the cause.
fn innermost<'a>(mut error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    while let Some(cause) = error.source() {
        error = cause;
    }
    error
}
