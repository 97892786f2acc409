//! The values of formats: ranges of numbers, and sets of strings of which little is known.

use super::number::Decimal;
use super::range::Range;

/// Returns the numbers of a format, or `None` if the format says nothing about numbers.
pub(super) fn numbers(format: &str) -> Option<Range> {
    let ends = |least: f64, most: f64| Range {
        least: Some((Decimal::from(least), false)),
        most: Some((Decimal::from(most), false)),
    };
    match format {
        "float" => return Some(ends(f32::MIN.into(), f32::MAX.into())),
        "double" => return Some(ends(f64::MIN, f64::MAX)),
        _ => {}
    }
    let signed = format.strip_prefix("int");
    let unsigned = format.strip_prefix("uint");
    let width: u32 = signed
        .or(unsigned)?
        .parse()
        .ok()
        .filter(|width| (1..=64).contains(width))?;
    Some(match signed {
        Some(_) => Range::between(-(1 << (width - 1)), (1 << (width - 1)) - 1),
        None => Range::between(0, (1 << width) - 1),
    })
}

/// Returns `true` if a format asserts nothing: it is a hint for a display.
pub(super) fn is_hint(format: &str) -> bool {
    format == "password"
}

/// A format of strings with a string of it. Other strings without its marks are none of it.
struct Known {
    name: &'static str,
    example: &'static str,
    /// Every string of the format contains one of these characters.
    marks: &'static [char],
}

const fn known(name: &'static str, example: &'static str, marks: &'static [char]) -> Known {
    Known {
        name,
        example,
        marks,
    }
}

const KNOWN: [Known; 12] = [
    known("date-time", "2020-01-01T00:00:00Z", &['-']),
    known("date", "2020-01-01", &['-']),
    known("time", "00:00:00Z", &[':']),
    known("email", "a@example.com", &['@']),
    known("idn-email", "a@example.com", &['@']),
    known("hostname", "example.com", &[]),
    known("ipv4", "192.0.2.1", &['.']),
    known("ipv6", "2001:db8::1", &[':']),
    known("uri", "https://example.com/", &[':']),
    known("url", "https://example.com/", &[':']),
    known("uuid", "00000000-0000-4000-8000-000000000000", &['-']),
    known("duration", "P1D", &['P']),
];

/// Returns a string of a format.
pub(super) fn example(format: &str) -> Option<&'static str> {
    let known = KNOWN.iter().find(|known| known.name == format);
    known.map(|known| known.example)
}

/// Returns `true` if a string is of a format, or `None` if that is not known.
pub(super) fn has_text(format: &str, text: &str) -> Option<bool> {
    if is_hint(format) {
        return Some(true);
    }
    let known = KNOWN.iter().find(|known| known.name == format)?;
    let is_none = text.is_empty() || (!known.marks.is_empty() && !text.contains(known.marks));
    match (is_none, text == known.example) {
        (true, _) => Some(false),
        (_, true) => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integer_format_is_the_range_of_its_width() {
        let range = |format| numbers(format).unwrap();
        assert!(range("int32").is_within(range("int64")));
        assert!(range("uint8").is_within(range("int16")));
        assert!(!range("uint64").is_within(range("int64")));
        assert!(numbers("int").is_none() && numbers("date").is_none());
    }

    #[test]
    fn string_without_the_marks_of_a_format_is_none_of_it() {
        assert_eq!(has_text("email", "a"), Some(false));
        assert_eq!(has_text("email", "a@b"), None);
        assert_eq!(has_text("invoice-number", "a"), None);
        for known in &KNOWN {
            assert_eq!(has_text(known.name, known.example), Some(true));
        }
    }
}
