//! The values that the builders of types take.
#![allow(dead_code)] // a spec may have no such properties

use std::fmt::Display;

use crate::credentials::secret::Secret;
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

/// Returns a password, optional or not, if its length is in the range of the spec. The error does not
/// show it.
pub(crate) fn has_length<T: Password>(
    name: &str,
    value: T,
    minimum: Option<usize>,
    maximum: Option<usize>,
) -> Result<T, String> {
    let Some(password) = value.password() else {
        return Ok(value);
    };
    let length = password.expose_secret().chars().count();
    let rule = if let Some(minimum) = minimum.filter(|it| length < *it) {
        format!("is shorter than {minimum} characters")
    } else if let Some(maximum) = maximum.filter(|it| length > *it) {
        format!("is longer than {maximum} characters")
    } else {
        return Ok(value);
    };
    Err(format!("`{name}`: the value {rule}"))
}

/// A value that [`has_length`] checks.
pub(crate) trait Password {
    /// Returns the password, if there is one.
    fn password(&self) -> Option<&Secret>;
}

impl Password for Secret {
    fn password(&self) -> Option<&Secret> {
        Some(self)
    }
}

impl<T: Password> Password for Option<T> {
    fn password(&self) -> Option<&Secret> {
        self.as_ref()?.password()
    }
}

impl<T: Password> Password for Nullable<T> {
    fn password(&self) -> Option<&Secret> {
        self.as_ref()?.password()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_length_refuses_passwords_beyond_the_limits_without_showing_them() {
        let checked = |password: &str| {
            let checked = has_length("password", Secret::from(password), Some(3), Some(4));
            checked.map(|_| ())
        };
        assert_eq!((checked("abc"), checked("äöüß")), (Ok(()), Ok(())));
        let refused = |rule: &str| Err(format!("`password`: the value is {rule} characters"));
        assert_eq!(checked("ab"), refused("shorter than 3"));
        assert_eq!(checked("abcde"), refused("longer than 4"));
        let none = has_length("password", None::<Nullable<Secret>>, Some(3), None);
        assert!(none.is_ok_and(|none| none.is_none()));
    }
}
