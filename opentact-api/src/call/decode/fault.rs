//! The reason why a response cannot be decoded, without anything that the server sent.

use std::fmt::{self, Display};

use serde::de;

use crate::call::decode::expectation::Expectation;
use crate::call::decode::kind::{Found, Kind};

/// A fault of a response. serde's words about it are dropped, because they quote the response.
#[derive(Debug)]
pub(crate) struct Fault {
    problem: Problem,
    /// The offset in the body, once it is known.
    at: Option<usize>,
}

#[derive(Debug)]
pub(super) enum Problem {
    NotJson,
    EndsTooEarly,
    TextAfterTheEnd,
    TooDeep,
    /// A string with an unpaired surrogate, a control character, an unknown escape or invalid UTF-8.
    InvalidText,
    /// A number that no type can hold.
    OutOfRange,
    /// A property of the spec that is missing.
    Missing(&'static str),
    /// A property of the spec that occurs twice.
    Duplicate(&'static str),
    /// A value that its type refuses.
    Refused,
    /// The same, with the expected value and the kind of the value.
    Mismatch(Expectation, Kind),
}

impl Fault {
    pub(super) fn at(at: usize, problem: Problem) -> Self {
        Self {
            problem,
            at: Some(at),
        }
    }

    /// Returns a fault without a place. [`Fault::in_value`] adds it.
    pub(super) fn new(problem: Problem) -> Self {
        Self { problem, at: None }
    }

    /// Adds the place and the expectation, unless they are those of a value within.
    pub(super) fn in_value<T>(mut self, found: Found) -> Self {
        if self.at.is_none() {
            self.at = Some(found.at);
            if let Problem::Refused = self.problem {
                self.problem = Problem::Mismatch(Expectation::of::<T>(None), found.kind);
            }
        }
        self
    }

    /// Returns `true` if the body is not JSON, so that the rest of it means nothing.
    pub(super) fn is_syntax(&self) -> bool {
        use Problem::{EndsTooEarly, NotJson, TextAfterTheEnd};
        matches!(self.problem, NotJson | EndsTooEarly | TextAfterTheEnd)
    }

    /// Returns the offset in the body.
    pub(super) fn offset(&self) -> usize {
        self.at.unwrap_or_default()
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            Problem::NotJson => f.write_str("it is not JSON"),
            Problem::EndsTooEarly => f.write_str("the JSON ends too early"),
            Problem::TextAfterTheEnd => f.write_str("there is text after the end of the JSON"),
            Problem::TooDeep => f.write_str("it is nested too deeply"),
            Problem::InvalidText => f.write_str("the string has an invalid character or escape"),
            Problem::OutOfRange => f.write_str("the number is out of range"),
            Problem::Missing(name) => write!(f, "`{name}` is missing"),
            Problem::Duplicate(name) => write!(f, "`{name}` occurs twice"),
            Problem::Refused => f.write_str("it does not match the spec"),
            Problem::Mismatch(expected, found) => {
                write!(f, "expected {expected}, found {}", found.words())
            }
        }
    }
}

impl std::error::Error for Fault {}

/// `custom` drops the message, and serde's other errors end in it.
impl de::Error for Fault {
    fn custom<T: Display>(_: T) -> Self {
        Self::new(Problem::Refused)
    }

    fn missing_field(name: &'static str) -> Self {
        Self::new(Problem::Missing(name))
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self::new(Problem::Duplicate(name))
    }
}
