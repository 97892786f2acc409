//! The error of the stage.

use std::fmt;

/// The error for code of progenitor in a form that the stage does not expect.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnexpectedShape(pub(super) String);

impl fmt::Display for UnexpectedShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "progenitor's code is not as expected: {}", self.0)
    }
}

impl std::error::Error for UnexpectedShape {}
