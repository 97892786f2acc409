//! The checks of a request before it is sent.

use std::fmt::{self, Debug, Display};
use std::num::NonZero;

use crate::call::options::CallOptions;
use crate::client::Client;
use crate::decimal::Decimal;
use crate::error::Error;
use crate::error::cause::Cause;
use crate::error::text::ForeignText;
use crate::nullable::Nullable;
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

/// Returns a number, optional or not, if it is in the range of the spec. Otherwise it is named in the
/// error.
#[allow(dead_code)] // a spec may have no limits
pub(crate) fn in_range<T: InRange>(
    name: &str,
    value: T,
    minimum: Option<i64>,
    maximum: Option<i64>,
) -> Result<T, String> {
    let Some(number) = value.number() else {
        return Ok(value);
    };
    let rule = if let Some(minimum) = minimum.filter(|it| number < T::Number::from(*it)) {
        format!("is less than {minimum}")
    } else if let Some(maximum) = maximum.filter(|it| number > T::Number::from(*it)) {
        format!("is greater than {maximum}")
    } else {
        return Ok(value);
    };
    Err(format!("`{name}`: {number} {rule}"))
}

/// A value that [`in_range`] checks.
pub(crate) trait InRange {
    /// A number that compares with every limit.
    type Number: PartialOrd + Display + From<i64>;

    /// Returns the number, if there is one.
    fn number(&self) -> Option<Self::Number>;
}

macro_rules! integers_in_range {
    ($($integer:ident)*) => {
        $(
            impl InRange for $integer {
                type Number = i128;

                fn number(&self) -> Option<i128> {
                    Some((*self).into())
                }
            }

            impl InRange for NonZero<$integer> {
                type Number = i128;

                fn number(&self) -> Option<i128> {
                    Some(self.get().into())
                }
            }
        )*
    };
}

integers_in_range!(i8 i16 i32 i64 u8 u16 u32 u64);

impl InRange for Decimal {
    type Number = Self;

    fn number(&self) -> Option<Self> {
        Some(self.clone())
    }
}

impl<T: InRange> InRange for Option<T> {
    type Number = T::Number;

    fn number(&self) -> Option<T::Number> {
        self.as_ref()?.number()
    }
}

impl<T: InRange> InRange for Nullable<T> {
    type Number = T::Number;

    fn number(&self) -> Option<T::Number> {
        self.as_ref()?.number()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_range_refuses_numbers_beyond_the_limits() {
        let take = |value: i64| in_range("take", value, Some(1), Some(100));
        assert_eq!((take(1), take(100)), (Ok(1), Ok(100)));
        assert_eq!(take(0), Err("`take`: 0 is less than 1".to_owned()));
        assert_eq!(take(101), Err("`take`: 101 is greater than 100".to_owned()));
        assert_eq!(in_range("take", None::<u64>, Some(1), None), Ok(None));
        assert!(in_range("take", Some(u64::MAX), None, Some(i64::MAX)).is_err());
        assert!(in_range("take", Some(Nullable::Value(-1)), Some(0), None).is_err());
        assert!(in_range("take", NonZero::<u8>::MIN, Some(2), None).is_err());
        assert_eq!(in_range("take", i64::MIN, None, Some(0)), Ok(i64::MIN));
    }
}
