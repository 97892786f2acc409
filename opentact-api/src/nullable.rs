//! Properties that can be set to `null`.

use std::convert::Infallible;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// A value that can be set to `null`, in a request that changes an object.
///
/// A property of the type `Option<Nullable<T>>` has three states: `None` is left out and stays as it
/// is, [`Null`](Self::Null) clears it, and [`Value`](Self::Value) sets it.
///
/// ```
/// use opentact_api::Nullable;
///
/// assert_eq!(Nullable::from("Alice"), Nullable::Value("Alice"));
/// assert_eq!(Nullable::<&str>::from(None), Nullable::Null);
/// assert_eq!(serde_json::to_string(&Nullable::Value(5))?, "5");
/// assert_eq!(serde_json::to_string(&Nullable::<u8>::Null)?, "null");
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Nullable<T> {
    /// `null`, which clears the property.
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Returns a reference to the value, or `None` for `null`.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Returns the value, or `None` for `null`.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Returns `true` for `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T> From<Nullable<T>> for Option<T> {
    fn from(value: Nullable<T>) -> Self {
        value.into_option()
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

/// A value for a property that can be set to `null`: a [`Nullable`], or a value that can be converted to
/// the type of the property.
///
/// `Kind` is inferred. It tells the two apart.
pub trait IntoNullable<T, Kind> {
    /// The error of the conversion.
    type Error: fmt::Display;

    /// Converts the value.
    ///
    /// # Errors
    /// Returns an error if the value does not fit the type of the property.
    fn into_nullable(self) -> Result<Nullable<T>, Self::Error>;
}

/// The kind of a value in [`IntoNullable`] that is converted.
#[derive(Debug)]
pub struct Converted(());

/// The kind of a value in [`IntoNullable`] that is a [`Nullable`].
#[derive(Debug)]
pub struct AsItIs(());

impl<T, V> IntoNullable<T, Converted> for V
where
    V: TryInto<T>,
    V::Error: fmt::Display,
{
    type Error = V::Error;

    fn into_nullable(self) -> Result<Nullable<T>, V::Error> {
        self.try_into().map(Nullable::Value)
    }
}

impl<T> IntoNullable<T, AsItIs> for Nullable<T> {
    type Error = Infallible;

    fn into_nullable(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Nullable<T> {
    fn inline_schema() -> bool {
        Option::<T>::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        Option::<T>::schema_id()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Option::<T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A property as generated code has it.
    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Change {
        #[serde(skip_serializing_if = "Option::is_none")]
        #[serde(default, deserialize_with = "crate::support::optional::nullable")]
        name: Option<Nullable<String>>,
    }

    #[test]
    fn property_that_is_absent_null_or_set_makes_three_bodies() {
        let set = |name| Change { name };
        for (change, json) in [
            (set(None), "{}"),
            (set(Some(Nullable::Null)), r#"{"name":null}"#),
            (set(Some("x".to_owned().into())), r#"{"name":"x"}"#),
        ] {
            assert_eq!(serde_json::to_string(&change).ok().as_deref(), Some(json));
            assert_eq!(serde_json::from_str(json).ok(), Some(change));
        }
    }

    #[test]
    fn into_nullable_takes_values_and_null() {
        fn set<V: IntoNullable<T, Kind>, T, Kind>(value: V) -> Result<Nullable<T>, String> {
            value.into_nullable().map_err(|error| error.to_string())
        }
        let text = |text: &str| Ok(Nullable::Value(text.to_owned()));
        assert_eq!(set::<_, String, _>("a"), text("a"));
        assert_eq!(set::<_, String, _>(Nullable::Null), Ok(Nullable::Null));
        assert_eq!(
            set::<_, String, _>(Nullable::from("a".to_owned())),
            text("a")
        );
        assert_eq!(set::<_, uuid::Uuid, _>(Nullable::Null), Ok(Nullable::Null));
        assert_eq!(
            set::<_, crate::Secret, _>(Nullable::Null),
            Ok(Nullable::Null)
        );
        assert_eq!(set::<_, Vec<u8>, _>(Nullable::Null), Ok(Nullable::Null));
        assert_eq!(set::<_, u8, _>(7_i64), Ok(Nullable::Value(7)));
        assert!(set::<_, u8, _>(700_i64).is_err());
        assert!(set::<_, uuid::Uuid, _>("no").is_err());
    }

    #[cfg(feature = "schemars")]
    #[test]
    fn schema_is_that_of_an_option() {
        assert_eq!(
            schemars::schema_for!(Nullable<u8>),
            schemars::schema_for!(Option<u8>)
        );
    }
}
