//! The recognition of SIP digests.

use std::ops::Range;

/// The number of hexadecimal digits of a digest.
const HEX: usize = 32;
/// The number of Base64 digits of the 16 bytes of a digest.
const BASE64: usize = 22;

/// Returns the places of words that may be digests.
pub(super) fn find_in(text: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split(|unit| !is_code_digit(*unit)) {
        let end = start + word.len();
        if is_digest(word, text[end..].starts_with(b"==")) {
            found.push(start..end);
        }
        start = end + 1;
    }
    found
}

/// Returns `true` if a run of digits may be a digest, or contain one. `is_padded` is `true` for the end of
/// Base64 of 16 bytes, or of some other number of bytes.
fn is_digest(word: &[u8], is_padded: bool) -> bool {
    has_hex(word)
        || word.len() >= BASE64 && (is_padded || classes(word) == 3)
        || has_base64(word)
        || has_base64_of_hex(word)
}

fn has_hex(text: &[u8]) -> bool {
    let mut runs = text.split(|unit| !unit.is_ascii_hexdigit());
    runs.any(|run| run.len() >= HEX)
}

/// Returns `true` if a part between two separators may be Base64 of 16 bytes. The last digit of that has
/// four unused bits.
fn has_base64(word: &[u8]) -> bool {
    let is_separator = |unit: Option<&u8>| unit.is_none_or(|unit| !unit.is_ascii_alphanumeric());
    word.windows(BASE64).enumerate().any(|(start, part)| {
        let before = start.checked_sub(1).and_then(|before| word.get(before));
        is_separator(before)
            && is_separator(word.get(start + BASE64))
            && matches!(part.last(), Some(b'A' | b'Q' | b'g' | b'w'))
            && classes(part) >= 2
            && !is_uuid(part)
    })
}

/// A part of a UUID in upper case may have the form of Base64.
fn is_uuid(part: &[u8]) -> bool {
    part.iter()
        .all(|unit| unit.is_ascii_hexdigit() || *unit == b'-')
}

/// Returns the number of classes that a word has letters or digits of: upper case, lower case, and
/// decimal digits.
fn classes(word: &[u8]) -> usize {
    let classes = [
        u8::is_ascii_uppercase,
        u8::is_ascii_lowercase,
        u8::is_ascii_digit,
    ];
    let mut used = 0;
    for class in classes {
        used += usize::from(word.iter().any(class));
    }
    used
}

/// Returns `true` if a word is Base64 of a text with the hexadecimal digits of a digest.
fn has_base64_of_hex(word: &[u8]) -> bool {
    let is_long = |digits: &&[u8]| digits.len() > HEX * 8 / 6;
    let shifted = (0..4).filter_map(|shift| word.get(shift..));
    shifted
        .filter(is_long)
        .any(|digits| has_hex(&bytes(digits)))
}

/// Returns the bytes of Base64 in either of its alphabets.
fn bytes(digits: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(digits.len());
    // A byte is complete with the second, third and fourth digit of four.
    let mut bits = 0;
    for (at, digit) in digits.iter().enumerate() {
        bits = bits << 6 | sextet(*digit);
        let rest = match at % 4 {
            0 => continue,
            1 => 4,
            2 => 2,
            _ => 0,
        };
        let [.., byte] = (bits >> rest).to_be_bytes();
        bytes.push(byte);
    }
    bytes
}

fn sextet(digit: u8) -> u32 {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' | b'-' => 62,
        _ => 63,
    };
    value.into()
}

/// Returns `true` for a digit of hexadecimal, Base64 or URL-safe Base64.
fn is_code_digit(unit: u8) -> bool {
    unit.is_ascii_alphanumeric() || matches!(unit, b'+' | b'/' | b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

    use super::*;

    /// Some digests have no decimal digit in Base64, or no upper case.
    #[test]
    fn find_in_recognises_all_of_many_digests() {
        let mut random = fastrand::Rng::with_seed(16);
        for _ in 0..20_000 {
            let digest = random.u128(..).to_be_bytes();
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            for (spelling, digits) in [
                (hex.clone(), 32),
                (STANDARD.encode(digest), 22),
                (STANDARD_NO_PAD.encode(digest), 22),
                (URL_SAFE_NO_PAD.encode(digest), 22),
                (STANDARD_NO_PAD.encode(&hex), 43),
                (STANDARD_NO_PAD.encode(format!("u:{hex}")), 46),
            ] {
                let text = format!("<{spelling}>");
                let whole = 1..1 + digits;
                assert_eq!(find_in(text.as_bytes()), [whole], "{spelling}");
            }
        }
    }
}
