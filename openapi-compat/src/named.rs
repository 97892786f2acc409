//! Values that are read by their names: ids, levels and directions.

use std::fmt;
use std::str::FromStr;

use crate::change_id::ChangeId;
use crate::level::{Direction, Level};
use crate::nearest::suggestion;

/// A name that nothing has. The message suggests the nearest name that something has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnknownName(String);

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnknownName {}

/// The error for a text that is no id, level or direction.
fn unknown<'a>(noun: &str, text: &str, names: impl IntoIterator<Item = &'a str>) -> UnknownName {
    let suggestion = suggestion(text, names);
    UnknownName(format!("there is no {noun} `{text}`{suggestion}"))
}

impl FromStr for ChangeId {
    type Err = UnknownName;

    /// Returns the id with a name.
    ///
    /// ```
    /// use openapi_compat::ChangeId;
    ///
    /// assert_eq!("property-added".parse(), Ok(ChangeId::PropertyAdded));
    /// let error = "requried-parameter-added".parse::<ChangeId>().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "there is no id `requried-parameter-added`; did you mean `required-parameter-added`?"
    /// );
    /// ```
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let mut ids = Self::ALL.iter();
        let known = ids.find(|id| id.as_str() == text);
        let names = Self::ALL.iter().map(|id| id.as_str());
        known.copied().ok_or_else(|| unknown("id", text, names))
    }
}

/// Reads the values of an enumeration by their names in lower case.
macro_rules! read_by_name {
    ($type:ident, $noun:literal, [$($value:ident = $name:literal),*]) => {
        impl FromStr for $type {
            type Err = UnknownName;

            fn from_str(text: &str) -> Result<Self, UnknownName> {
                match text {
                    $($name => Ok(Self::$value),)*
                    _ => Err(unknown($noun, text, [$($name),*])),
                }
            }
        }
    };
}

read_by_name!(
    Level,
    "level",
    [
        Documentation = "documentation",
        Additive = "additive",
        Breaking = "breaking"
    ]
);
read_by_name!(
    Direction,
    "direction",
    [
        Request = "request",
        Response = "response",
        Both = "both",
        Metadata = "metadata"
    ]
);
