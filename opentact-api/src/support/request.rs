//! The checks of a request before it is sent.

use std::fmt::{self, Debug, Display};

use crate::call::options::CallOptions;
use crate::client::Client;
use crate::error::Error;
use crate::error::cause::Cause;
use crate::error::text::ForeignText;
use crate::operation::Operation;

/// The number of characters of a refused value that a message shows.
const SHOWN: usize = 100;

/// Returns a function that turns a reason into the error of an operation. The reason may quote a token
/// that was passed as another value by mistake.
pub(crate) fn invalid<R: Display>(
    client: &Client,
    options: &CallOptions,
    operation: &'static Operation,
) -> impl Fn(R) -> Error {
    move |reason| {
        let reason = ForeignText::message(&reason.to_string());
        let tokens = options.tokens(&client.tokens);
        let tokens = tokens.as_deref().unwrap_or(&client.tokens);
        Error::not_sent(operation, Cause::refused(reason), tokens)
    }
}

/// Converts the value of a parameter. A refused value is named in the error.
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

/// Returns the message for a string that breaks a rule, such as "is longer than 80 characters".
pub(crate) fn refused(value: &str, rule: &str) -> String {
    format!("{} {rule}", Shown(&value))
}

/// A value in a message: in quotes, and cut if it is long. The cut is not inside of a word, which could
/// be half of a digest. The start of a token before the cut is recognised.
struct Shown<'a, T>(&'a T);

impl<T: Debug> Display for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:?}", self.0);
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || "+/-_=%\\&#;{}".contains(c);
                write!(f, "{}…", text[..end].trim_end_matches(is_part))
            }
            None => f.write_str(&text),
        }
    }
}
