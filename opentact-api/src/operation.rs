//! What the client knows of an operation.

use std::fmt;

use crate::token::Scheme;

/// An operation, as the spec describes it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Operation {
    /// The method of `Client`.
    pub(crate) name: &'static str,
    /// The HTTP method.
    pub(crate) method: &'static str,
    /// The path template.
    pub(crate) path: &'static str,
    /// Whether carrying it out twice leaves the service as carrying it out once does.
    pub(crate) idempotent: bool,
    /// Which token it asks for.
    pub(crate) scheme: &'static Scheme,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.name, self.method, self.path)
    }
}
