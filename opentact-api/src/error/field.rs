//! The parameters that a service refused.

use std::fmt;

use crate::error::text::OneLine;

/// A parameter of a request that the service refused, in the service's words.
///
/// `Display` is one line. See [`Error::fields`](crate::Error::fields).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FieldError {
    pub(super) path: String,
    pub(super) message: Option<String>,
}

impl FieldError {
    /// Returns the path of the parameter as the service names it, such as `params.to`. It has up to 200
    /// characters.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the reason, up to 1000 characters, or `None` if the service gives none.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", OneLine(&self.path))?;
        match &self.message {
            Some(message) => write!(f, ": {}", OneLine(message)),
            None => Ok(()),
        }
    }
}
