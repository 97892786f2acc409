//! Decimal numbers with all their digits.

pub(crate) mod json;
mod parts;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::decimal::parts::Parts;

/// A decimal number, such as an amount or a price, with exactly the digits that were sent.
///
/// It is the text of a JSON number. Reading and writing JSON keeps it as it is: `9.90` stays `9.90`,
/// and no digit is rounded. Comparison is by value: `9.90` equals `9.9` and `99e-1`.
///
/// That holds for the text of JSON. A [`serde_json::Value`] has an `f64` instead, unless its feature
/// `arbitrary_precision` is enabled, and other formats have no place for the digits: store
/// [`as_str`](Self::as_str) there.
///
/// There is no conversion from `f64`, which cannot hold most decimal fractions: write `"9.90"`, not
/// `9.90`. To calculate, pass [`as_str`](Self::as_str) to the decimal type of your choice.
///
/// Corresponds to `format: decimal` in the spec.
///
/// ```
/// use opentact_api::Decimal;
///
/// let price: Decimal = "9.90".parse()?;
/// assert_eq!(price.to_string(), "9.90");
/// assert_eq!(price, Decimal::try_from("9.9")?);
/// assert!(price < Decimal::from(10));
/// assert_eq!(serde_json::to_string(&price)?, "9.90");
/// assert_eq!(serde_json::from_str::<Decimal>("0.30000000000000000001")?.as_str(), "0.30000000000000000001");
/// assert!("9,90".parse::<Decimal>().is_err());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Decimal(Box<str>);

/// The error of a text that is not a [`Decimal`].
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ParseDecimalError;

// `#[inline]` compiles the functions in the programs that use them. Few pages have amounts.
impl Decimal {
    /// Returns the text of the number.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the nearest `f64`, for display and statistics. It is infinite if the number is too large.
    #[inline]
    pub fn to_f64(&self) -> f64 {
        // The syntax of JSON numbers is part of that of Rust.
        self.0.parse().unwrap_or(f64::NAN)
    }

    #[inline]
    fn parts(&self) -> Parts<'_> {
        Parts::of(&self.0).unwrap_or_default()
    }

    /// Keeps a text that is a JSON number.
    #[inline]
    fn from_text(text: Box<str>) -> Result<Self, ParseDecimalError> {
        match Parts::of(&text) {
            Some(_) => Ok(Self(text)),
            None => Err(ParseDecimalError),
        }
    }
}

impl Ord for Decimal {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (self.parts(), other.parts());
        let sign = a.sign();
        let order = sign.cmp(&b.sign());
        if order.is_ne() || sign == 0 {
            return order;
        }
        let order = a.magnitude().cmp(&b.magnitude());
        let order = order.then_with(|| a.digits().cmp(b.digits()));
        if sign < 0 { order.reverse() } else { order }
    }
}

impl PartialOrd for Decimal {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Decimal {}

impl PartialEq for Decimal {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let parts = self.parts();
        parts.sign().hash(state);
        if parts.sign() != 0 {
            parts.magnitude().hash(state);
            parts.digits().for_each(|digit| digit.hash(state));
        }
    }
}

impl fmt::Display for Decimal {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Decimal {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({})", self.0)
    }
}

impl fmt::Display for ParseDecimalError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a decimal number such as `9.90`")
    }
}

impl std::error::Error for ParseDecimalError {}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        Self::from_text(text.into())
    }
}

impl TryFrom<&str> for Decimal {
    type Error = ParseDecimalError;

    #[inline]
    fn try_from(text: &str) -> Result<Self, ParseDecimalError> {
        text.parse()
    }
}

impl TryFrom<&String> for Decimal {
    type Error = ParseDecimalError;

    #[inline]
    fn try_from(text: &String) -> Result<Self, ParseDecimalError> {
        text.parse()
    }
}

impl TryFrom<String> for Decimal {
    type Error = ParseDecimalError;

    #[inline]
    fn try_from(text: String) -> Result<Self, ParseDecimalError> {
        Self::from_text(text.into())
    }
}

macro_rules! from_integers {
    ($($integer:ty)*) => {
        $(
            impl From<$integer> for Decimal {
                #[inline]
                fn from(value: $integer) -> Self {
                    Self(value.to_string().into())
                }
            }
        )*
    };
}

from_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap_or_else(|_| unreachable!("{text}"))
    }

    #[test]
    fn parse_accepts_json_numbers_only() {
        for text in [
            "0",
            "-0",
            "12",
            "1.50",
            "0.1e+5",
            "1E-2",
            "-1e00",
            "1e999999999",
        ] {
            assert_eq!(
                text.parse::<Decimal>().map(|it| it.to_string()),
                Ok(text.to_owned())
            );
        }
        for text in [
            "",
            "-",
            "+1",
            "01",
            "1.",
            ".5",
            "1e",
            "1e+",
            "1e1.5",
            "1 ",
            " 1",
            "1,5",
            "0x1",
            "NaN",
            "inf",
            "--1",
            "1e99999999999999999999",
            "1.5.5",
            "1_000",
            "٣",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(ParseDecimalError), "{text}");
        }
    }

    #[test]
    fn comparison_is_by_value() {
        let ascending = [
            "-1e999999999",
            "-10",
            "-9.91",
            "-9.9",
            "-1e-5",
            "0",
            "1e-999999999",
            "0.1",
            "0.11",
            "1",
            "9.9",
            "10",
            "10.00000000000000000000000001",
            "11e5",
            "1e999999999",
        ];
        for (a, first) in ascending.iter().enumerate() {
            for (b, second) in ascending.iter().enumerate() {
                assert_eq!(
                    decimal(first).cmp(&decimal(second)),
                    a.cmp(&b),
                    "{first} {second}"
                );
            }
        }
        for (first, second) in [
            ("9.90", "99e-1"),
            ("-0.0", "0e7"),
            ("100", "1E2"),
            ("0.001", "10e-4"),
        ] {
            assert_eq!(decimal(first), decimal(second));
            assert_eq!(HashSet::from([decimal(first), decimal(second)]).len(), 1);
        }
    }

    #[test]
    fn integers_are_decimals() {
        assert_eq!(Decimal::from(u128::MAX).as_str(), u128::MAX.to_string());
        assert_eq!(Decimal::from(-5).to_f64(), -5.0);
        assert_eq!(decimal("1e999").to_f64(), f64::INFINITY);
        assert_eq!(
            format!("{0:>6} {0:?}", decimal("9.90")),
            "  9.90 Decimal(9.90)"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

        #[test]
        fn comparison_agrees_with_that_of_integers(
            a in any::<i64>(), b in any::<i64>(), zeros in 0_usize..20, places in 0_usize..5,
        ) {
            // The same value with zeros at the end, and the point at another place.
            let padded = |value: i64| {
                let exponent = i64::try_from(places).unwrap_or_default();
                decimal(&format!("{value}.{:0<1$}e{exponent}", "0", zeros + 1))
            };
            let plain = |value: i64| Decimal::from(i128::from(value) * 10_i128.pow(u32::try_from(places).unwrap_or_default()));
            prop_assert_eq!(padded(a).cmp(&plain(b)), a.cmp(&b));
            prop_assert_eq!(padded(a), plain(a));
        }
    }
}
