//! Enumerations that keep values which the spec does not list.
#![allow(dead_code, unused_macros, unused_imports)] // a spec may have no enumerations

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serialize, Serializer, ser};

use crate::nullable::Nullable;
use crate::support::request::refused;

/// The error of a text that is not one of the values that the spec lists.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnknownValue(String);

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnknownValue {}

/// An enumeration with a variant for each value of the spec and one for all others.
pub(crate) trait OpenEnum: Sized {
    /// The values of the spec.
    const VALUES: &'static [&'static str];

    /// Returns the variant of a value of the spec.
    fn known(text: &str) -> Option<Self>;

    /// Returns the variant of another value.
    fn unknown(text: String) -> Self;
}

/// Returns the variant of a value of the spec.
///
/// # Errors
/// Returns an error that names the values of the spec.
pub(crate) fn parse<T: OpenEnum>(text: &str) -> Result<T, UnknownValue> {
    T::known(text).ok_or_else(|| unknown_value(text, T::VALUES))
}

fn unknown_value(text: &str, values: &[&str]) -> UnknownValue {
    let rule = format!("is not one of `{}`", values.join("`, `"));
    UnknownValue(refused(text, &rule))
}

/// Reads any text.
pub(crate) fn deserialize<'de, T: OpenEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(OpenEnumVisitor(PhantomData))
}

struct OpenEnumVisitor<T>(PhantomData<T>);

impl<T: OpenEnum> Visitor<'_> for OpenEnumVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::known(text).unwrap_or_else(|| T::unknown(text.to_owned())))
    }
}

/// A value of an enumeration that is sent, optional or not, alone or in a list or map.
pub(crate) trait Known {
    /// Returns an error if a value is not one that the spec lists.
    fn check_known(&self) -> Result<(), UnknownValue>;
}

/// Checks a text against the values of the spec.
pub(crate) fn check<T: OpenEnum>(text: &str) -> Result<(), UnknownValue> {
    parse::<T>(text).map(drop)
}

impl<T: Known> Known for Option<T> {
    fn check_known(&self) -> Result<(), UnknownValue> {
        self.iter().try_for_each(T::check_known)
    }
}

impl<T: Known> Known for Nullable<T> {
    fn check_known(&self) -> Result<(), UnknownValue> {
        self.as_ref().map_or(Ok(()), T::check_known)
    }
}

impl<T: Known> Known for Vec<T> {
    fn check_known(&self) -> Result<(), UnknownValue> {
        self.iter().try_for_each(T::check_known)
    }
}

impl<T: Known, S> Known for HashMap<String, T, S> {
    fn check_known(&self) -> Result<(), UnknownValue> {
        self.values().try_for_each(T::check_known)
    }
}

/// Writes a property of a request, and refuses values that the spec does not list.
pub(crate) fn known<T: Known + Serialize, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.check_known().map_err(ser::Error::custom)?;
    value.serialize(serializer)
}

/// Returns a parameter if its values are those that the spec lists. Otherwise it is named in the error.
pub(crate) fn known_parameter<T: Known>(name: &str, value: T) -> Result<T, String> {
    let checked = value.check_known();
    checked.map_err(|error| format!("`{name}`: {error}"))?;
    Ok(value)
}

/// Implements the conversions of an enumeration that has a variant `Unknown(String)`.
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// Returns the value as it is sent.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl crate::support::open_enum::OpenEnum for $name {
            const VALUES: &'static [&'static str] = &[$($value),*];

            #[inline]
            fn known(text: &str) -> Option<Self> {
                match text {
                    $($value => Some(Self::$variant),)*
                    _ => None,
                }
            }

            #[inline]
            fn unknown(text: String) -> Self {
                Self::Unknown(text)
            }
        }

        impl crate::support::open_enum::Known for $name {
            #[inline]
            fn check_known(&self) -> Result<(), crate::UnknownValue> {
                crate::support::open_enum::check::<Self>(self.as_str())
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = crate::UnknownValue;

            #[inline]
            fn from_str(text: &str) -> Result<Self, crate::UnknownValue> {
                crate::support::open_enum::parse(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = crate::UnknownValue;

            #[inline]
            fn try_from(text: &str) -> Result<Self, crate::UnknownValue> {
                text.parse()
            }
        }

        impl TryFrom<&String> for $name {
            type Error = crate::UnknownValue;

            #[inline]
            fn try_from(text: &String) -> Result<Self, crate::UnknownValue> {
                text.parse()
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::UnknownValue;

            #[inline]
            fn try_from(text: String) -> Result<Self, crate::UnknownValue> {
                text.parse()
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::support::open_enum::deserialize(deserializer)
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            #[inline]
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            #[inline]
            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                crate::support::open_enum::json_schema::<Self>()
            }
        }
    };
}

pub(crate) use open_enum;

/// Returns the schema of an enumeration: the values of the spec, or any other string.
#[cfg(feature = "schemars")]
pub(crate) fn json_schema<T: OpenEnum>() -> schemars::Schema {
    schemars::json_schema!({
        "anyOf": [{ "type": "string", "enum": T::VALUES }, { "type": "string" }]
    })
}

#[cfg(test)]
#[allow(unreachable_pub)] // a method of the macro
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::call::decode::{carefully, quickly};

    #[derive(Clone, Debug, Eq, PartialEq)]
    enum Colour {
        Red,
        DarkBlue,
        Unknown(String),
    }

    open_enum!(Colour {
        Red = "red",
        DarkBlue = "dark \"blue\"",
    });

    #[derive(Debug, Default, Deserialize, PartialEq, Serialize)]
    #[serde(default)]
    struct Sent {
        #[serde(serialize_with = "known", skip_serializing_if = "Option::is_none")]
        one: Option<Colour>,
        #[serde(serialize_with = "known", skip_serializing_if = "Option::is_none")]
        nullable: Option<Nullable<Colour>>,
        #[serde(serialize_with = "known", skip_serializing_if = "Vec::is_empty")]
        many: Vec<Colour>,
    }

    fn purple() -> Colour {
        Colour::Unknown("purple".to_owned())
    }

    #[test]
    fn deserialize_keeps_unknown_values() {
        let json = r#"["red","dark \"blue\"","purple",""]"#;
        let colours = vec![
            Colour::Red,
            Colour::DarkBlue,
            purple(),
            Colour::Unknown(String::new()),
        ];
        assert_eq!(quickly(json.as_bytes()), Some(colours.clone()));
        assert_eq!(
            carefully(json.as_bytes()),
            Ok((colours.clone(), Vec::new()))
        );
        assert_eq!(serde_json::to_string(&colours).ok().as_deref(), Some(json));
        assert!(quickly::<Colour>(b"7").is_none());
        let problem = carefully::<Colour>(b"7").map(|_| ());
        assert_eq!(
            problem,
            Err("expected a string, found a number, at line 1, column 1".to_owned())
        );
    }

    #[test]
    fn parse_accepts_known_values_only() {
        assert_eq!("red".parse(), Ok(Colour::Red));
        assert_eq!(
            Colour::try_from("dark \"blue\"".to_owned()),
            Ok(Colour::DarkBlue)
        );
        assert_eq!(Colour::try_from(&"red".to_owned()), Ok(Colour::Red));
        let error = Colour::try_from("Red").map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err(r#""Red" is not one of `red`, `dark "blue"`"#.to_owned())
        );
        assert_eq!(format!("{:>5} {}", Colour::Red, purple()), "  red purple");
    }

    #[test]
    fn request_with_an_unknown_value_is_refused() {
        let json = |sent: Sent| serde_json::to_string(&sent).map_err(|error| error.to_string());
        let refused = Err(r#""purple" is not one of `red`, `dark "blue"`"#.to_owned());
        let one = |one| Sent {
            one: Some(one),
            ..Sent::default()
        };
        let nullable = |value| Sent {
            nullable: Some(value),
            ..Sent::default()
        };
        let many = |many| Sent {
            many,
            ..Sent::default()
        };
        assert_eq!(json(one(Colour::Red)), Ok(r#"{"one":"red"}"#.to_owned()));
        assert_eq!(json(one(purple())), refused);
        assert_eq!(
            json(nullable(Nullable::Null)),
            Ok(r#"{"nullable":null}"#.to_owned())
        );
        assert_eq!(json(nullable(purple().into())), refused);
        assert_eq!(
            json(many(vec![Colour::Red])),
            Ok(r#"{"many":["red"]}"#.to_owned())
        );
        assert_eq!(json(many(vec![Colour::Red, purple()])), refused);
        assert_eq!(json(Sent::default()), Ok("{}".to_owned()));
        let named = known_parameter("colour", Some(purple()))
            .map_err(|error| error.starts_with("`colour`: "));
        assert_eq!(named, Err(true));
        assert_eq!(
            known_parameter("colour", Some(Colour::Red)),
            Ok(Some(Colour::Red))
        );
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn schema_lists_the_known_values_and_allows_others() {
        let schema = serde_json::to_value(schemars::schema_for!(Colour)).unwrap_or_default();
        assert_eq!(schema["title"], "Colour");
        assert_eq!(schema["anyOf"][0]["enum"][1], "dark \"blue\"");
        assert_eq!(schema["anyOf"][1]["type"], "string");
    }
}
