//! Operations of the spec.

use std::fmt;

use crate::credentials::scheme::Scheme;

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
    /// The security schemes of which the operation requires one, in the order of preference. Empty if
    /// the operation is public.
    pub schemes: &'static [&'static Scheme],
}

/// The operation that exchanges an e-mail address and a password for a token (`x-sign-in`).
#[derive(Debug)]
pub(crate) struct SignIn {
    pub(crate) operation: Operation,
    /// The scheme that carries the e-mail address and the password.
    pub(crate) basic: &'static Scheme,
    /// The scheme of the token.
    pub(crate) scheme: &'static Scheme,
    /// The property of the payload that holds the token.
    pub(crate) token: &'static str,
    /// The life of a token that does not tell its end, in seconds.
    pub(crate) lifetime: u64,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.name, self.method, self.path)
    }
}
