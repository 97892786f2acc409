//! Operations of the spec.

use std::fmt;

use crate::auth::scheme::Scheme;

/// An operation of the spec.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Operation {
    /// The method of `Client`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// `true` if repeating the operation leaves the service in the same state as doing it once.
    pub idempotent: bool,
    /// The security scheme that the operation requires.
    pub scheme: &'static Scheme,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.name, self.method, self.path)
    }
}
