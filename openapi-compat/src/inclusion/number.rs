//! Decimal numbers, exactly.

use std::cmp::Ordering;

use serde_json::{Number, Value, json};

/// A decimal number: `digits * 10^exponent`. The digits do not end with a zero, so that equal numbers
/// have equal fields.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    pub(super) const ZERO: Self = Self::of(0, 0);
    pub(super) const ONE: Self = Self::of(1, 0);

    const fn of(mut digits: i128, mut exponent: i32) -> Self {
        while digits != 0 && digits % 10 == 0 {
            digits /= 10;
            exponent += 1;
        }
        if digits == 0 {
            exponent = 0;
        }
        Self { digits, exponent }
    }

    /// Returns the number that the text of a JSON number says. A fraction is not that of its binary
    /// form: `0.1` is a tenth.
    pub(super) fn new(number: &Number) -> Self {
        match (number.as_i64(), number.as_u64()) {
            (Some(whole), _) => Self::whole(whole.into()),
            (_, Some(whole)) => Self::whole(whole.into()),
            _ => number.as_f64().map_or(Self::ZERO, Self::from),
        }
    }

    pub(super) const fn whole(number: i128) -> Self {
        Self::of(number, 0)
    }

    /// Reads a number in the notation of JSON. Returns `None` if it has too many digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let exponent: i32 = exponent.parse().ok()?;
        let exponent = exponent.checked_sub(fraction.len().try_into().ok()?)?;
        let digits = format!("{whole}{fraction}").parse().ok()?;
        // So few digits can be aligned with those of another number.
        const MOST: i128 = 10_i128.pow(37);
        (exponent.abs() < 10_000 && -MOST < digits && digits < MOST)
            .then(|| Self::of(digits, exponent))
    }

    pub(super) fn is_whole(self) -> bool {
        self.exponent >= 0
    }

    /// Returns the position of the first digit: 1 for units.
    fn magnitude(self) -> i32 {
        let digits = self.digits.unsigned_abs().checked_ilog10();
        digits.map_or(i32::MIN, |digits| digits.cast_signed() + 1 + self.exponent)
    }

    /// Returns the digits of both numbers with the same exponent, and the exponent.
    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let exponent = self.exponent.min(other.exponent);
        let digits = |number: Self| {
            let zeros = number.exponent.checked_sub(exponent)?.unsigned_abs();
            number.digits.checked_mul(10_i128.checked_pow(zeros)?)
        };
        Some((digits(self)?, digits(other)?, exponent))
    }

    pub(super) fn compare(self, other: Self) -> Ordering {
        let (sign, other_sign) = (self.digits.signum(), other.digits.signum());
        let by_magnitude = self.magnitude().cmp(&other.magnitude());
        match sign.cmp(&other_sign) {
            Ordering::Equal if by_magnitude.is_ne() && sign < 0 => by_magnitude.reverse(),
            Ordering::Equal if by_magnitude.is_ne() => by_magnitude,
            Ordering::Equal => match self.aligned(other) {
                Some((own, other, _)) => own.cmp(&other),
                None => self.as_f64().total_cmp(&other.as_f64()),
            },
            by_sign => by_sign,
        }
    }

    /// Returns `true` if this number is a multiple of another one.
    pub(super) fn is_multiple_of(self, step: Self) -> bool {
        let zeros = self.exponent - step.exponent;
        let divisor = step.digits.unsigned_abs();
        match (self.digits, divisor) {
            (_, 0) => false,
            (0, _) => true,
            // The digits of this number do not end with the zeros that the step has.
            _ if zeros < 0 => false,
            (digits, _) => {
                let digits = digits.unsigned_abs() % divisor;
                let rest =
                    (0..zeros).try_fold(digits, |rest, _| Some(rest.checked_mul(10)? % divisor));
                rest == Some(0)
            }
        }
    }

    /// Returns the least whole number that is not less.
    pub(super) fn ceil(self) -> Option<i128> {
        let least = self.floor()?;
        match self.is_whole() {
            true => Some(least),
            false => least.checked_add(1),
        }
    }

    /// Returns the greatest whole number that is not greater.
    pub(super) fn floor(self) -> Option<i128> {
        let power = 10_i128.checked_pow(self.exponent.unsigned_abs());
        match (self.is_whole(), power) {
            (true, power) => self.digits.checked_mul(power?),
            (false, Some(power)) => Some(self.digits.div_euclid(power)),
            // It is between -1 and 1.
            (false, None) => Some(if self.digits < 0 { -1 } else { 0 }),
        }
    }

    /// Returns the sum, or `None` if it has too many digits.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (own, other, exponent) = self.aligned(other)?;
        Some(Self::of(own.checked_add(other)?, exponent))
    }

    /// Returns the multiple of this number that is next to another one, towards zero.
    pub(super) fn multiple_near(self, other: Self) -> Option<Self> {
        let (own, other, exponent) = self.aligned(other)?;
        let multiple = other.checked_sub(other.checked_rem(own)?)?;
        Some(Self::of(multiple, exponent))
    }

    fn as_f64(self) -> f64 {
        // The text of a number has a value.
        let text = format!("{}e{}", self.digits, self.exponent);
        text.parse().unwrap_or(f64::NAN)
    }

    /// Returns the number as a value of JSON, or `None` if no value is the same number.
    pub(super) fn to_json(self) -> Option<Value> {
        let whole = self.floor().filter(|_| self.is_whole());
        let integer = whole.and_then(|whole| match (i64::try_from(whole), u64::try_from(whole)) {
            (Ok(whole), _) => Some(json!(whole)),
            (_, Ok(whole)) => Some(json!(whole)),
            _ => None,
        });
        integer.or_else(|| {
            let value = self.as_f64();
            (value.is_finite() && Self::from(value) == self).then(|| json!(value))
        })
    }
}

/// The shortest decimal that is read as the same binary number.
impl From<f64> for Decimal {
    fn from(value: f64) -> Self {
        Self::parse(&format!("{value:e}")).unwrap_or(Self::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn decimals_are_compared_exactly() {
        let ascending = [
            "-1e30",
            "-100",
            "-99.9",
            "-1.5",
            "-0.1",
            "-1e-30",
            "0",
            "1e-30",
            "0.1",
            "0.11",
            "1",
            "1.5",
            "99.9",
            "100",
            "18446744073709551615",
            "18446744073709551616",
            "1e30",
        ];
        for (at, one) in ascending.iter().enumerate() {
            for (other_at, other) in ascending.iter().enumerate() {
                let order = decimal(one).compare(decimal(other));
                assert_eq!(order, at.cmp(&other_at), "{one} and {other}");
            }
        }
        for (one, other) in [("1.0", "1"), ("10e-1", "1"), ("1e2", "100"), ("-0.0", "0")] {
            assert_eq!(decimal(one), decimal(other), "{one} and {other}");
        }
    }

    #[test]
    fn multiple_is_that_of_the_decimals() {
        for (value, step, expected) in [
            ("19.99", "0.01", true),
            ("0.6", "0.1", true),
            ("0.3", "0.2", false),
            ("1.2", "0.3", true),
            ("0.015", "0.01", false),
            ("1e300", "1e-300", true),
            ("1e300", "7e-300", false),
            ("18446744073709551615", "5", true),
            ("18446744073709551615", "7", false),
            ("-4.5", "1.5", true),
            ("0", "0.7", true),
            ("1", "0", false),
        ] {
            let is_multiple = decimal(value).is_multiple_of(decimal(step));
            assert_eq!(is_multiple, expected, "{value} of {step}");
        }
    }

    #[test]
    fn whole_numbers_around_a_decimal_are_next_to_it() {
        for (text, floor, ceil) in [
            ("1.5", 1, 2),
            ("-1.5", -2, -1),
            ("2", 2, 2),
            ("1e-99", 0, 1),
            ("-1e-99", -1, 0),
            ("1.2e3", 1200, 1200),
        ] {
            let around = (decimal(text).floor(), decimal(text).ceil());
            assert_eq!(around, (Some(floor), Some(ceil)), "{text}");
        }
        assert_eq!(decimal("1e60").floor(), None);
    }

    #[test]
    fn number_has_the_digits_of_its_json() {
        for text in [
            "0",
            "-7",
            "0.1",
            "19.99",
            "18446744073709551615",
            "1e300",
            "-2.5e-7",
        ] {
            let number: Number = text.parse().unwrap();
            assert_eq!(Decimal::new(&number), decimal(text), "{text}");
            assert_eq!(
                Decimal::new(&number).to_json(),
                Some(number.into()),
                "{text}"
            );
        }
        // JSON's numbers are read with some 16 digits.
        assert_eq!(decimal("18446744073709551617").to_json(), None);
    }

    #[test]
    fn multiple_near_a_number_is_towards_zero() {
        for (step, number, expected) in [("7", "100", "98"), ("0.3", "1", "0.9"), ("2", "-3", "-2")]
        {
            let near = decimal(step).multiple_near(decimal(number));
            assert_eq!(near, Some(decimal(expected)), "{step} near {number}");
        }
    }
}
