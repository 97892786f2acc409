//! Values that are strings in some responses and integers in others.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Number;

/// A value that the service sends as a string or as an integer, such as a telephone number.
///
/// It is written as it was read. A string and an integer with the same digits are different values:
/// compare their texts if the kind does not matter.
///
/// ```
/// use opentact_api::StringOrInteger;
///
/// let sent = StringOrInteger::from("+12025550143");
/// assert_eq!(serde_json::to_string(&sent)?, r#""+12025550143""#);
/// let received: StringOrInteger = serde_json::from_str("12025550143")?;
/// assert_eq!(received, StringOrInteger::Integer(12_025_550_143));
/// assert_eq!(received.to_string(), "12025550143");
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(untagged)]
pub enum StringOrInteger {
    /// A string.
    String(String),
    /// An integer.
    Integer(i64),
}

impl fmt::Display for StringOrInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => f.pad(text),
            Self::Integer(number) => number.fmt(f),
        }
    }
}

impl From<&str> for StringOrInteger {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<&String> for StringOrInteger {
    fn from(value: &String) -> Self {
        Self::String(value.clone())
    }
}

impl From<String> for StringOrInteger {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {
        $(
            impl From<$integer> for StringOrInteger {
                fn from(value: $integer) -> Self {
                    Self::Integer(value.into())
                }
            }
        )*
    };
}

from_integers!(i8 i16 i32 i64 u8 u16 u32);

impl TryFrom<u64> for StringOrInteger {
    type Error = std::num::TryFromIntError;

    fn try_from(value: u64) -> Result<Self, Self::Error> {
        i64::try_from(value).map(Self::Integer)
    }
}

impl<'de> Deserialize<'de> for StringOrInteger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StringOrIntegerVisitor)
    }
}

struct StringOrIntegerVisitor;

impl<'de> Visitor<'de> for StringOrIntegerVisitor {
    type Value = StringOrInteger;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or an integer")
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        let refused = |_| E::invalid_value(Unexpected::Unsigned(value), &self);
        value.try_into().map_err(refused)
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    /// With its feature `arbitrary_precision`, serde_json reads a number as a map.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let number = Number::deserialize(MapAccessDeserializer::new(map))?;
        let integer = number.as_i64().map(StringOrInteger::Integer);
        integer.ok_or_else(|| A::Error::invalid_value(Unexpected::Other("a number"), &self))
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for StringOrInteger {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "StringOrInteger".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "oneOf": [{ "type": "string" }, { "type": "integer", "format": "int64" }]
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::call::decode::{carefully, quickly};

    #[test]
    fn deserialize_of_something_else_fails() {
        for text in [
            "1.0",
            "1e2",
            "9223372036854775808",
            "null",
            "true",
            "[1]",
            "{}",
        ] {
            assert_eq!(quickly::<StringOrInteger>(text.as_bytes()), None, "{text}");
            assert!(
                carefully::<StringOrInteger>(text.as_bytes()).is_err(),
                "{text}"
            );
        }
        let problem = carefully::<StringOrInteger>(b" 1.5").map(|_| ());
        let words = "expected a string or an integer, found a number, at line 1, column 2";
        assert_eq!(problem, Err(words.to_owned()));
    }

    #[test]
    fn display_is_the_text_of_either_kind() {
        assert_eq!(
            format!(
                "{:>4}|{:>4}",
                StringOrInteger::from("7"),
                StringOrInteger::from(7)
            ),
            "   7|   7"
        );
        assert!(StringOrInteger::try_from(u64::MAX).is_err());
        assert_eq!(
            StringOrInteger::try_from(7_u64),
            Ok(StringOrInteger::Integer(7))
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn round_trip_is_exact(text in any::<String>(), number in any::<i64>()) {
            let end = format!(",{number}]");
            let values = [StringOrInteger::from(text), StringOrInteger::from(number)];
            let json = serde_json::to_string(&values).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(quickly(json.as_bytes()), Some(values.clone()));
            prop_assert_eq!(carefully(json.as_bytes()), Ok((values, Vec::new())));
            prop_assert!(json.ends_with(&end));
        }
    }
}
