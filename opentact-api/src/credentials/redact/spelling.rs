//! The spellings of tokens.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

use crate::credentials::redact::layer::{CUT, Layer, unit};

/// The fewest letters and digits that distinguish a spelling from other words.
const RECOGNISABLE: usize = 8;
/// The fewest letters and digits that distinguish the start of a spelling, at the end of a text that
/// was cut.
const START: usize = 4;

/// The spellings of tokens, in lower case. Dropping them overwrites them.
///
/// Most are compared by their letters and digits only. So white space, line breaks, separators and the
/// two alphabets of Base64 make no difference.
pub(super) struct Spellings {
    /// The tokens with all their characters. One that is not ASCII has several: escapes spell characters,
    /// bytes of UTF-8 or units of UTF-16.
    exact: Vec<Zeroizing<Vec<u8>>>,
    /// The letters and digits of tokens, and of their encodings.
    letters: Vec<Zeroizing<Vec<u8>>>,
}

impl Spellings {
    /// Returns the spellings of some tokens.
    pub(super) fn of<'a>(tokens: impl Iterator<Item = &'a str>) -> Self {
        let mut spellings = Self {
            exact: Vec::new(),
            letters: Vec::new(),
        };
        for token in tokens.filter(|token| !token.is_empty()) {
            let plain = Layer::of(token);
            spellings.exact.push(lower_case(plain.units()));
            if !token.is_ascii() {
                let mut utf16 = with_capacity(token.len());
                for code in token.encode_utf16() {
                    utf16.push(unit(code.into()).to_ascii_lowercase());
                }
                spellings.exact.push(lower_case(token.as_bytes()));
                spellings.exact.push(utf16);
            }
            spellings.add_letters(plain.units());
            // A server may decode what looks like an escape in a token.
            let mut decoded = plain.decoded();
            while let Some(layer) = decoded {
                decoded = layer.decoded();
                if decoded.is_none() {
                    spellings.add_letters(layer.units());
                }
            }
            for encoded in encodings(token.as_bytes()) {
                spellings.add_letters(&encoded);
            }
        }
        spellings
    }

    /// Adds the letters and digits of a spelling, if they distinguish it.
    fn add_letters(&mut self, spelling: &[u8]) {
        let letters = letters(spelling);
        if letters.len() >= RECOGNISABLE {
            self.letters.push(letters);
        }
    }

    /// Returns the places of all spellings in a text. They may overlap. `is_whole` is `false` if the text
    /// may end in the middle of a token.
    pub(super) fn find_in(&self, text: &Layer, is_whole: bool) -> Vec<Range<usize>> {
        let units = lower_case(text.units());
        let mut found = Vec::new();
        let cuts = cuts(&units, is_whole);
        for spelling in &self.exact {
            // Before a cut, those that are ASCII are recognised by their letters and digits.
            let cuts = if spelling.is_ascii() { &[] } else { &cuts[..] };
            occurrences(spelling, &units, cuts, &mut found);
        }
        let mut places = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            if unit.is_ascii_alphanumeric() {
                places.push(at);
            }
        }
        let mut cuts_of_letters = Vec::new();
        for cut in &cuts {
            cuts_of_letters.push(places.partition_point(|place| place < cut));
        }
        let letters = letters(&units);
        let mut of_letters = Vec::new();
        for spelling in &self.letters {
            occurrences(spelling, &letters, &cuts_of_letters, &mut of_letters);
        }
        for letters in of_letters {
            if let [first, .., last] = &places[letters] {
                found.push(*first..last + 1);
            }
        }
        found
    }
}

/// Returns the encodings of a token: hexadecimal, a list of numbers, and Base64. Base64 has three forms,
/// depending on the position of the token in the encoded text. Of each form, only the digits that the
/// token alone determines are returned.
fn encodings(token: &[u8]) -> [Zeroizing<Vec<u8>>; 5] {
    let digit = |value: u8| char::from_digit(value.into(), 16).map_or(0, |digit| digit as u8);
    let mut hex = with_capacity(token.len() * 2);
    let mut decimal = with_capacity(token.len() * 3);
    for byte in token {
        hex.push(digit(byte >> 4));
        hex.push(digit(byte & 15));
        if *byte >= 100 {
            decimal.push(digit(byte / 100));
        }
        if *byte >= 10 {
            decimal.push(digit(byte / 10 % 10));
        }
        decimal.push(digit(byte % 10));
    }
    let base64 = |before: usize| {
        let mut bytes = with_capacity(before + token.len());
        bytes.resize(before, 0);
        bytes.extend_from_slice(token);
        let mut digits = with_capacity((bytes.len() * 8).div_ceil(6));
        digits.resize((bytes.len() * 8).div_ceil(6), 0);
        // The digits have enough space.
        let _ = STANDARD_NO_PAD.encode_slice(&*bytes, &mut digits);
        let own = &digits[(before * 8).div_ceil(6)..bytes.len() * 8 / 6];
        Zeroizing::new(own.to_vec())
    };
    [hex, decimal, base64(0), base64(1), base64(2)]
}

/// Returns the letters and digits of a text, in lower case.
fn letters(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut letters = lower_case(text);
    letters.retain(u8::is_ascii_alphanumeric);
    letters
}

fn lower_case(text: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(text.to_ascii_lowercase())
}

/// Reserves enough memory, so that no copy stays behind when a text grows.
fn with_capacity(capacity: usize) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(capacity))
}

/// Adds the places of a whole spelling in a text, and of its starts before the cuts. The time is linear,
/// whatever the text (Knuth, Morris and Pratt).
fn occurrences(spelling: &[u8], text: &[u8], cuts: &[usize], found: &mut Vec<Range<usize>>) {
    // For each unit of the spelling, the length of the longest shorter start that ends with it.
    let mut shorter = vec![0; spelling.len()];
    for at in 1..spelling.len() {
        shorter[at] = longer(shorter[at - 1], spelling[at], spelling, &shorter);
    }
    // For each end in the text, the length of the longest start before it.
    let mut starts = vec![0; text.len() + 1];
    for (at, unit) in text.iter().enumerate() {
        let length = longer(starts[at], *unit, spelling, &shorter);
        starts[at + 1] = length;
        if length == spelling.len() {
            found.push(at + 1 - length..at + 1);
        }
    }
    for cut in cuts {
        if starts[*cut] >= START {
            found.push(cut - starts[*cut]..*cut);
        }
    }
}

/// Returns the length of the longest start that ends with a unit, after a start of this length.
fn longer(mut length: usize, unit: u8, spelling: &[u8], shorter: &[usize]) -> usize {
    while length > 0 && spelling.get(length) != Some(&unit) {
        length = shorter[length - 1];
    }
    length + usize::from(spelling.get(length) == Some(&unit))
}

/// Returns the ends of a text at which something is missing, in ascending order.
fn cuts(units: &[u8], is_whole: bool) -> Vec<usize> {
    let mut cuts = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        if *unit == CUT || units[at..].starts_with(b"...") {
            cuts.push(at);
        }
    }
    if !is_whole {
        cuts.push(units.len());
    }
    cuts
}
