//! Values of a response that could not be read.

use std::fmt;

/// A value of a response that could not be read and was left out.
///
/// `Display` is one line. It contains names of the spec, positions and types, and nothing that the
/// service sent. See [`ResponseValue::warnings`](crate::ResponseValue::warnings).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Warning {
    path: Box<str>,
    problem: Box<str>,
}

impl Warning {
    pub(crate) fn new(path: String, problem: String) -> Self {
        Self {
            path: path.into(),
            problem: problem.into(),
        }
    }

    /// Returns the path to the property that was left out, such as `payload[3].owner.dob`. An entry
    /// of an object whose name is not in the spec is shown by its position: `{0}`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the expected value and the kind of the value that was found, such as "expected a
    /// date-time, found a string". If the problem is in a value within the property, its path precedes.
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, problem } = self;
        write!(f, "`{path}`: {problem}")
    }
}
