//! The values that the builders of types take.
#![allow(dead_code)] // a spec may have no such properties

use std::fmt::Display;

use crate::nullable::{IntoNullable, Nullable};

/// Converts the value of a property. It is named in the error, because a builder has many.
pub(crate) fn value<V, T>(name: &str, value: V) -> Result<T, String>
where
    V: TryInto<T>,
    V::Error: Display,
{
    let value = value.try_into();
    value.map_err(|error| format!("`{name}`: {error}"))
}

/// Converts the value of a property that can be set to `null`.
pub(crate) fn nullable<V, T, Kind>(name: &str, value: V) -> Result<Nullable<T>, String>
where
    V: IntoNullable<T, Kind>,
{
    let value = value.into_nullable();
    value.map_err(|error| format!("`{name}`: {error}"))
}
