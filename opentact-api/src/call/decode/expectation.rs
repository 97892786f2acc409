//! The words for an expected value, from its type.

use std::any::type_name;
use std::fmt::{self, Display};

use crate::call::decode::kind::Kind;

/// The name of one of the crate's own types, or the start of such names.
macro_rules! own {
    ($path:literal) => {
        concat!(env!("CARGO_CRATE_NAME"), "::", $path)
    };
}

const OWN: &str = own!("");
/// The types that allocate or wrap another one.
const WRAPPERS: [&str; 2] = ["core::option::Option<", "alloc::boxed::Box<"];
/// The types whose values have a form of their own.
const FORMS: [(&str, &str); 7] = [
    ("uuid::Uuid", "a UUID"),
    ("chrono::datetime::DateTime<", "a date-time"),
    ("chrono::naive::date::NaiveDate", "a date"),
    ("core::num::nonzero::NonZero<", "an integer other than zero"),
    ("bool", "a boolean"),
    (own!("decimal::Decimal"), "a number"),
    (
        own!("string_or_integer::StringOrInteger"),
        "a string or an integer",
    ),
];
/// The types of integers, whose ranges differ.
const INTEGERS: [&str; 8] = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];

/// The expected value. It is made of constants, so that it can be shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Expectation {
    Words(&'static str),
    /// An integer in the range of a type.
    Integer(&'static str),
    /// A value of one of the crate's own types.
    Type(&'static str),
    /// Nothing is known about it.
    AnotherValue,
}

impl Expectation {
    /// Returns the expectation of a type, and of the kind of value that it asks for.
    pub(super) fn of<T>(kind: Option<Kind>) -> Self {
        // The compiler may change these names. A test compares the messages.
        let mut name = type_name::<T>();
        while let Some(inner) = WRAPPERS.iter().find_map(|outer| name.strip_prefix(outer)) {
            name = inner.strip_suffix('>').unwrap_or(inner);
        }
        if let Some((_, words)) = FORMS.iter().find(|(form, _)| name.starts_with(form)) {
            return Self::Words(words);
        }
        if INTEGERS.contains(&name) {
            return Self::Integer(name);
        }
        if let Some(kind) = kind {
            return Self::Words(kind.words());
        }
        let own = name.starts_with(OWN) && !name.contains('<');
        match name.rsplit("::").next() {
            Some(own_name) if own && !own_name.starts_with('_') => Self::Type(own_name),
            _ => Self::AnotherValue,
        }
    }
}

impl Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Integer(name) => write!(f, "an integer of the type `{name}`"),
            Self::Type(name) => write!(f, "a valid `{name}`"),
            Self::AnotherValue => f.write_str("another value"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expectation_of_a_type_has_plain_words() {
        let of = |expected: Expectation| expected.to_string();
        assert_eq!(of(Expectation::of::<uuid::Uuid>(None)), "a UUID");
        assert_eq!(
            of(Expectation::of::<Option<Box<uuid::Uuid>>>(None)),
            "a UUID"
        );
        let date_time = Expectation::of::<chrono::DateTime<chrono::Utc>>(Some(Kind::Text));
        assert_eq!(of(date_time), "a date-time");
        assert_eq!(
            of(Expectation::of::<u8>(None)),
            "an integer of the type `u8`"
        );
        assert_eq!(of(Expectation::of::<Vec<u8>>(Some(Kind::List))), "a list");
        assert_eq!(of(Expectation::of::<Vec<u8>>(None)), "another value");
        let name = Expectation::of::<crate::groups::GroupName>(None);
        assert_eq!(of(name), "a valid `GroupName`");
    }
}
