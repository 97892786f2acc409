//! The checks that a request passes before anything is sent.

use std::fmt::{self, Debug, Display};

use reqwest::header::InvalidHeaderValue;

/// How many characters of a refused value are shown.
const SHOWN: usize = 100;

/// A request that cannot be sent: which field, which rule, which value.
#[derive(Debug)]
pub(crate) struct InvalidRequest(String);

impl InvalidRequest {
    pub(crate) fn new(reason: String) -> Self {
        Self(reason)
    }

    pub(crate) fn into_reason(self) -> String {
        self.0
    }
}

impl From<InvalidHeaderValue> for InvalidRequest {
    fn from(error: InvalidHeaderValue) -> Self {
        Self(error.to_string())
    }
}

impl From<reqwest::Error> for InvalidRequest {
    fn from(error: reqwest::Error) -> Self {
        Self(error.to_string())
    }
}

/// Converts what a user sets for a parameter, or says why it cannot be.
pub(crate) fn parameter<V, T>(name: &str, value: V) -> Result<T, String>
where
    V: TryInto<T> + Clone + Debug,
    V::Error: Display,
{
    let shown = value.clone();
    value.try_into().map_err(|error| {
        let path = std::any::type_name::<T>();
        let expected = path.rsplit("::").next().unwrap_or(path);
        format!("`{name}`: {} is not a {expected}: {error}", Shown(&shown))
    })
}

/// Says that a string does not pass a rule, such as "is longer than 80 characters".
pub(crate) fn refused(value: &str, rule: &str) -> String {
    format!("{} {rule}", Shown(&value))
}

/// A value as it is shown in a message: in quotes, and not at any length.
struct Shown<'a, T>(&'a T);

impl<T: Debug> Display for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:?}", self.0);
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => write!(f, "{}…", &text[..end]),
            None => f.write_str(&text),
        }
    }
}
