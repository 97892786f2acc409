//! Decimal numbers in JSON.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use serde_json::Number;
use serde_json::value::RawValue;

use crate::decimal::Decimal;

/// The name of the type that serde_json reads as the text of a value.
pub(crate) const RAW_VALUE: &str = "$serde_json::private::RawValue";

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// Reads the text of the number if the deserializer is one of JSON. Others read a number of their own.
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, DecimalVisitor { is_raw: true })
    }
}

struct DecimalVisitor {
    /// `true` if a map is a [`RawValue`]. Otherwise it is a number with serde_json's feature
    /// `arbitrary_precision`.
    is_raw: bool,
}

/// Methods that read an integer.
macro_rules! visit_integers {
    ($($method:ident: $integer:ty,)*) => {
        $(
            fn $method<E>(self, value: $integer) -> Result<Decimal, E> {
                Ok(value.into())
            }
        )*
    };
}

impl<'de> Visitor<'de> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    visit_integers! {
        visit_i64: i64,
        visit_i128: i128,
        visit_u64: u64,
        visit_u128: u128,
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
        let text = format!("{value:?}");
        Decimal::try_from(text).map_err(E::custom)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Decimal, D::Error> {
        value.deserialize_any(Self { is_raw: false })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Decimal, A::Error> {
        let map = MapAccessDeserializer::new(map);
        let text: Box<str> = if self.is_raw {
            Box::<RawValue>::deserialize(map)?.into()
        } else {
            Number::deserialize(map)?.to_string().into()
        };
        String::from(text).try_into().map_err(A::Error::custom)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Decimal {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "format": "decimal" })
    }
}

#[cfg(test)]
mod tests {
    use std::marker::PhantomData;

    use proptest::prelude::*;
    use serde::de::DeserializeOwned;
    use serde_json::Value;

    use super::*;
    use crate::call::decode::{carefully, quickly};

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_else(|_| unreachable!("{text}"))
    }

    #[test]
    fn deserialize_of_something_else_fails() {
        for text in [
            "\"1\"",
            "null",
            "true",
            "[1]",
            "{}",
            r#"{"$serde_json::private::RawValue":"x"}"#,
        ] {
            assert!(quickly::<Decimal>(text.as_bytes()).is_none(), "{text}");
            assert!(carefully::<Decimal>(text.as_bytes()).is_err(), "{text}");
            let value = serde_json::from_str::<Value>(text);
            assert!(
                value.and_then(serde_json::from_value::<Decimal>).is_err(),
                "{text}"
            );
        }
        let problem = carefully::<Vec<Decimal>>(b"[1, \"x\"]").map(|_| ());
        assert_eq!(
            problem,
            Err("`[1]`: expected a number, found a string, at line 1, column 5".to_owned())
        );
    }

    /// An enum that serde reads into memory first.
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(untagged)]
    enum Buffered {
        Number(Decimal),
    }

    #[test]
    fn deserialize_from_a_buffer_reads_the_number() {
        for text in ["1", "-7", "2.5", "1e300"] {
            let read = serde_json::from_str(text).ok();
            assert_eq!(read, Some(Buffered::Number(decimal(text))));
        }
    }

    /// A deserializer that compares the name of serde_json's raw value.
    struct Name<T>(PhantomData<T>);

    impl<'de, T> Deserializer<'de> for Name<T> {
        type Error = de::value::Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(de::Error::custom("another method"))
        }

        fn deserialize_newtype_struct<V: Visitor<'de>>(
            self,
            name: &'static str,
            _: V,
        ) -> Result<V::Value, Self::Error> {
            Err(de::Error::custom(name))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
            unit unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }

    #[test]
    fn raw_value_has_the_name_of_serde_json() {
        fn name<T: DeserializeOwned>() -> Option<String> {
            T::deserialize(Name(PhantomData::<T>))
                .err()
                .map(|error| error.to_string())
        }
        assert_eq!(name::<Box<RawValue>>().as_deref(), Some(RAW_VALUE));
        assert_eq!(name::<Decimal>(), name::<Box<RawValue>>());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

        #[test]
        fn round_trip_is_exact(text in r"-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,6})?") {
            let list = format!("[ {text} ,{text}]");
            let values = [Some(decimal(&text)), Some(decimal(&text))];
            let quick = quickly::<[Option<Decimal>; 2]>(list.as_bytes());
            let careful = carefully::<[Option<Decimal>; 2]>(list.as_bytes());
            prop_assert_eq!(careful, Ok((values.clone(), Vec::new())));
            prop_assert_eq!(quick.as_ref(), Some(&values));
            let written = serde_json::to_string(&quick).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(written, format!("[{text},{text}]"));
        }
    }
}
