//! The reading of objects.
//!
//! For a property that a function of this crate reads, serde's derive writes two types and their
//! implementations. In a large API, these take most of the time of the compiler. Here a property is a
//! call.
#![allow(dead_code, unused_macros, unused_imports)] // a spec may have no objects

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

/// Implements `Deserialize` for a struct. For each property: its field, its kind and its name in JSON.
/// The kinds are the modules of this file.
macro_rules! object {
    (@value required $field:ident $name:literal) => {
        crate::support::object::required::value($field, $name)?
    };
    (@value $kind:ident $field:ident $name:literal) => {
        $field.unwrap_or_default()
    };
    ($object:ident { $($field:ident: $kind:ident($name:literal)),* $(,)? }) => {
        impl<'de> ::serde::Deserialize<'de> for $object {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[allow(non_camel_case_types)]
                enum Field { $($field),* }
                struct Visitor;

                impl<'de> ::serde::de::Visitor<'de> for Visitor {
                    type Value = $object;

                    fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(concat!("struct ", stringify!($object)))
                    }

                    fn visit_map<A: ::serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<$object, A::Error> {
                        const FIELDS: &[Field] = &[$(Field::$field),*];
                        $(let mut $field = None;)*
                        let mut names = crate::support::object::Names::new(NAMES);
                        while let Some(place) = map.next_key_seed(&mut names)? {
                            // One `?` for all: the compiler takes long for each.
                            let read = match FIELDS.get(place) {
                                $(Some(Field::$field) => {
                                    crate::support::object::$kind::read(&mut map, &mut $field, $name)
                                })*
                                None => crate::support::object::ignore(&mut map),
                            };
                            read?;
                        }
                        Ok($object {
                            $($field: crate::support::object::object!(@value $kind $field $name)),*
                        })
                    }
                }

                const NAMES: &[&str] = &[$($name),*];
                deserializer.deserialize_struct(stringify!($object), NAMES, Visitor)
            }
        }
    };
}

pub(crate) use object;

/// The names of the properties of an object. Reads a name as its place in them, or as their number if
/// it is another name.
pub(crate) struct Names {
    names: &'static [&'static str],
    /// The place after the last name: servers mostly write properties in the order of the spec.
    next: usize,
}

impl Names {
    pub(crate) fn new(names: &'static [&'static str]) -> Self {
        Self { names, next: 0 }
    }

    fn place(&mut self, name: &[u8]) -> usize {
        let is_name = |known: &&str| known.as_bytes() == name;
        let (before, after) = self.names.split_at(self.next);
        let found = match after.iter().position(is_name) {
            Some(place) => Some(self.next + place),
            None => before.iter().position(is_name),
        };
        if let Some(place) = found {
            self.next = place + 1;
        }
        found.unwrap_or(self.names.len())
    }
}

impl<'de> DeserializeSeed<'de> for &mut Names {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Names {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        Ok(self.place(name.as_bytes()))
    }

    fn visit_bytes<E>(self, name: &[u8]) -> Result<usize, E> {
        Ok(self.place(name))
    }
}

/// Skips the value of another name.
pub(crate) fn ignore<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

fn once<T, E: Error>(value: &Option<T>, name: &'static str) -> Result<(), E> {
    match value {
        Some(_) => Err(E::duplicate_field(name)),
        None => Ok(()),
    }
}

/// A property that must be there.
pub(crate) mod required {
    use serde::Deserialize;
    use serde::de::{Error, MapAccess};

    pub(crate) fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
        map: &mut A,
        value: &mut Option<T>,
        name: &'static str,
    ) -> Result<(), A::Error> {
        super::once(value, name)?;
        *value = Some(map.next_value()?);
        Ok(())
    }

    pub(crate) fn value<T, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
        value.ok_or_else(|| E::missing_field(name))
    }
}

/// Defines the kind of a property that is read by a function of `support::optional`.
macro_rules! kind {
    ($(#[$docs:meta])* $kind:ident: $type:ty) => {
        $(#[$docs])*
        pub(crate) mod $kind {
            use serde::de::MapAccess;
            use serde::{Deserialize, Deserializer};

            #[allow(unused_imports)] // by the type of one kind only
            use crate::nullable::Nullable;
            use crate::support::optional;

            pub(crate) fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
                map: &mut A,
                value: &mut Option<$type>,
                name: &'static str,
            ) -> Result<(), A::Error> {
                super::once(value, name)?;
                *value = Some(map.next_value::<Read<T>>()?.0);
                Ok(())
            }

            struct Read<T>($type);

            impl<'de, T: Deserialize<'de>> Deserialize<'de> for Read<T> {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    optional::$kind(deserializer).map(Self)
                }
            }
        }
    };
}

kind! {
    /// An optional property.
    lenient: Option<T>
}

kind! {
    /// An optional property that can be set to `null`.
    nullable: Option<Nullable<T>>
}

kind! {
    /// An optional list.
    list: Vec<T>
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use crate::call::decode::{carefully, quickly};
    use crate::nullable::Nullable;

    #[derive(Debug, Default, PartialEq)]
    struct Thing {
        id: u8,
        kind: Option<String>,
        state: Option<Nullable<bool>>,
        parts: Vec<Thing>,
    }

    object!(Thing {
        id: required("id"),
        kind: lenient("type"),
        state: nullable("state"),
        parts: list("parts"),
    });

    /// The same, by serde's derive.
    #[derive(Debug, Deserialize, PartialEq)]
    struct Derived {
        id: u8,
        #[serde(
            rename = "type",
            default,
            deserialize_with = "crate::support::optional::lenient"
        )]
        kind: Option<String>,
        #[serde(default, deserialize_with = "crate::support::optional::nullable")]
        state: Option<Nullable<bool>>,
        #[serde(default, deserialize_with = "crate::support::optional::list")]
        parts: Vec<Derived>,
    }

    impl From<Derived> for Thing {
        fn from(derived: Derived) -> Self {
            Self {
                id: derived.id,
                kind: derived.kind,
                state: derived.state,
                parts: derived.parts.into_iter().map(Self::from).collect(),
            }
        }
    }

    #[test]
    fn object_is_read_like_one_of_the_derive() {
        for text in [
            r#"{"id": 1}"#,
            r#"{"id": 1, "type": "x", "state": true, "parts": [{"id": 2}]}"#,
            r#"{"parts": null, "state": null, "other": {"id": [7]}, "type": null, "id": 1}"#,
            r#"{"i\u0064": 1, "t\u0079pe": "x"}"#,
            r#"{"id": 1, "type": 7, "parts": [{"id": 2}, {"id": "x"}], "state": 7}"#,
            r#"{"id": 1, "parts": [{"id": 2, "type": []}]}"#,
            r#"{"type": "x"}"#,
            r#"{"id": 1, "id": 1}"#,
            r#"{"id": 1, "type": null, "type": null}"#,
            r#"{"id": 300}"#,
            r#"{"id": 1, "type": "x""#,
            "7",
        ] {
            let json = text.as_bytes();
            assert_eq!(
                quickly::<Thing>(json),
                quickly::<Derived>(json).map(Thing::from),
                "{text}"
            );
            let derived = carefully::<Derived>(json);
            let derived = derived.map(|(value, warnings)| (Thing::from(value), warnings));
            assert_eq!(
                carefully::<Thing>(json),
                derived.map_err(|it| it.replace("Derived", "Thing")),
                "{text}"
            );
        }
    }

    #[test]
    fn object_is_read_from_a_value_but_not_from_a_list() {
        let value = json!({ "type": "x", "id": 1 });
        let thing = Thing {
            id: 1,
            kind: Some("x".to_owned()),
            ..Thing::default()
        };
        assert_eq!(serde_json::from_value::<Thing>(value).ok(), Some(thing));
        assert!(serde_json::from_value::<Thing>(json!([1, null, null, []])).is_err());
    }
}
