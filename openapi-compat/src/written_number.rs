//! Numbers as their texts say them. Programs read some 16 digits of a number, so that texts with
//! different values can be read as the same number.

use std::cmp::Ordering;

use openapi_tree::{Node, Sources, Value};

/// A number: `0.digits * 10^magnitude`. The digits neither start nor end with a zero, so that equal
/// numbers have equal fields.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct WrittenNumber {
    is_negative: bool,
    magnitude: i64,
    digits: String,
}

impl WrittenNumber {
    /// Reads a number in the notation of JSON or YAML.
    fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (digits, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let without_first = all.trim_start_matches('0');
        let zeros = i64::try_from(all.len() - without_first.len()).ok()?;
        let magnitude = i64::try_from(whole.len()).ok()? - zeros;
        let digits = without_first.trim_end_matches('0').to_owned();
        Some(match digits.is_empty() {
            true => Self {
                is_negative: false,
                magnitude: 0,
                digits,
            },
            false => Self {
                is_negative: text.starts_with('-'),
                magnitude: magnitude.checked_add(exponent.parse().ok()?)?,
                digits,
            },
        })
    }

    /// Returns the number of a node, as its text says it if it has one.
    pub(crate) fn new(sources: &Sources, node: &Node) -> Option<Self> {
        let number = node.as_number()?;
        if number.is_i64() || number.is_u64() {
            return Self::parse(&number.to_string());
        }
        let value = number.as_f64()?;
        let text = sources.text(&node.span).trim();
        let is_text_of_it = text.parse() == Ok(value);
        let written = is_text_of_it.then(|| Self::parse(text)).flatten();
        written.or_else(|| Self::parse(&format!("{value:e}")))
    }

    /// Returns the number in the notation of JSON.
    pub(crate) fn text(&self) -> String {
        const LONGEST: i64 = 40;
        let sign = if self.is_negative { "-" } else { "" };
        let digits = &self.digits;
        let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
        let zeros = |number: i64| "0".repeat(usize::try_from(number).unwrap_or(0));
        let magnitude = usize::try_from(self.magnitude).unwrap_or(0);
        match self.magnitude {
            _ if digits.is_empty() => "0".to_owned(),
            least if (-5..=0).contains(&least) => format!("{sign}0.{}{digits}", zeros(-least)),
            within if (1..length).contains(&within) => {
                let (whole, fraction) = digits.split_at(magnitude);
                format!("{sign}{whole}.{fraction}")
            }
            beyond if (length..LONGEST).contains(&beyond) => {
                format!("{sign}{digits}{}", zeros(beyond - length))
            }
            _ => {
                let (first, others) = digits.split_at(1);
                let others = if others.is_empty() { "0" } else { others };
                format!("{sign}{first}.{others}e{}", self.magnitude - 1)
            }
        }
    }

    pub(crate) fn is_whole(&self) -> bool {
        let length = i64::try_from(self.digits.len());
        length.is_ok_and(|length| length <= self.magnitude)
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let by_magnitude = self.magnitude.cmp(&other.magnitude);
        let by_size = by_magnitude.then_with(|| self.digits.cmp(&other.digits));
        match (sign(self).cmp(&sign(other)), sign(self)) {
            (Ordering::Equal, -1) => by_size.reverse(),
            (Ordering::Equal, _) => by_size,
            (by_sign, _) => by_sign,
        }
    }
}

/// Returns `true` if a text is a number that programs read with other digits.
pub(crate) fn is_inexact(text: &str) -> bool {
    let value: Option<f64> = text.parse().ok().filter(|value: &f64| value.is_finite());
    let read = value.and_then(|value| WrittenNumber::parse(&format!("{value:e}")));
    read.is_some_and(|read| WrittenNumber::parse(text).is_some_and(|written| written != read))
}

/// Returns `true` if two nodes that are read as the same value have the same numbers in their texts.
pub(crate) fn are_written_alike(
    (sources, node): (&Sources, &Node),
    (other_sources, other): (&Sources, &Node),
) -> bool {
    match (&node.value, &other.value) {
        (Value::Number(a), Value::Number(b)) => {
            !(a.is_f64() || b.is_f64())
                || WrittenNumber::new(sources, node) == WrittenNumber::new(other_sources, other)
        }
        (Value::Sequence(a), Value::Sequence(b)) => {
            let mut pairs = a.iter().zip(b);
            pairs.all(|(a, b)| are_written_alike((sources, a), (other_sources, b)))
        }
        (Value::Mapping(a), _) => a.entries().iter().all(|entry| {
            let other = other.get(&entry.key);
            other.is_none_or(|other| {
                are_written_alike((sources, &entry.node), (other_sources, other))
            })
        }),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> WrittenNumber {
        WrittenNumber::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_compared_by_all_digits() {
        let ascending = [
            "-1e400",
            "-18446744073709551617",
            "-18446744073709551616.5",
            "-0.1",
            "0",
            "1e-400",
            "0.1",
            "0.10000000000000000001",
            "9",
            "10",
            "18446744073709551616",
            "18446744073709551617",
            "1e400",
        ];
        for (at, one) in ascending.iter().enumerate() {
            for (other_at, other) in ascending.iter().enumerate() {
                let order = number(one).compare(&number(other));
                assert_eq!(order, at.cmp(&other_at), "{one} and {other}");
            }
        }
    }

    #[test]
    fn number_in_another_notation_is_the_same() {
        for (one, other) in [
            ("1.0", "1"),
            ("+1e2", "100"),
            ("0.001", "1E-3"),
            ("-0.0", "0"),
            ("00.50", "0.5"),
        ] {
            assert_eq!(number(one), number(other), "{one} and {other}");
        }
        for text in ["", "-", ".", "0x10", "1_000", "nan", "1e"] {
            assert_eq!(WrittenNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn text_of_a_number_is_read_as_the_same_number() {
        for text in [
            "0",
            "-7",
            "100",
            "18446744073709551617",
            "0.25",
            "1e400",
            "-1.5e-7",
            "12.5",
            "0.05",
        ] {
            assert_eq!(number(&number(text).text()), number(text), "{text}");
        }
        assert_eq!(
            number("18446744073709551617").text(),
            "18446744073709551617"
        );
        assert_eq!(number("1e20").text(), "100000000000000000000");
        assert_eq!(number("-0.0012").text(), "-0.0012");
        assert_eq!(number("12.5").text(), "12.5");
    }

    #[test]
    fn number_without_a_fraction_is_whole() {
        for (text, is_whole) in [
            ("100", true),
            ("1.0", true),
            ("0.5", false),
            ("1e3", true),
            ("12e-1", false),
        ] {
            assert_eq!(number(text).is_whole(), is_whole, "{text}");
        }
    }
}
