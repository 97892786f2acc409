//! Telephone numbers as people type them.

use std::fmt;
use std::str::FromStr;

use opentact_api::Uuid;

/// A telephone number: its digits with the country code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct TelephoneNumber(pub(crate) i64);

/// A telephone number, or the UUID of its lease.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum NumberOrLease {
    Number(TelephoneNumber),
    Lease(Uuid),
}

impl FromStr for TelephoneNumber {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim();
        let digits = digits.strip_prefix('+').unwrap_or(digits);
        let digits: String = digits.chars().filter(|c| !" -().".contains(*c)).collect();
        let is_number =
            (3..=15).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
        match digits.parse() {
            Ok(number) if is_number && number > 0 => Ok(Self(number)),
            _ => Err("it is not a telephone number with its country code, such as 12025550143"),
        }
    }
}

impl FromStr for NumberOrLease {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(number) => Ok(Self::Number(number)),
            Err(reason) => Uuid::try_parse(text).map(Self::Lease).map_err(|_| reason),
        }
    }
}

impl fmt::Display for TelephoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for NumberOrLease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Lease(uuid) => uuid.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_is_read_in_the_usual_notations() {
        for text in [
            "12025550143",
            "+12025550143",
            "+1 (202) 555-0143",
            "1.202.555.0143",
        ] {
            assert_eq!(text.parse(), Ok(TelephoneNumber(12_025_550_143)), "{text}");
        }
        for text in [
            "",
            "+",
            "12",
            "1202555014x",
            "1234567890123456",
            "000",
            "-12025550143x",
        ] {
            assert!(text.parse::<TelephoneNumber>().is_err(), "{text}");
        }
        let lease = "2f9d6c81-04be-47a5-b3c8-61e07fa92d14";
        assert_eq!(
            lease.parse(),
            Ok(NumberOrLease::Lease(lease.parse().unwrap()))
        );
    }
}
