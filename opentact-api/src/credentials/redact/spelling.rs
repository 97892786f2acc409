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
                let utf16 = token.encode_utf16().map(|it| unit(it.into()));
                let utf16 = collected(token.len(), utf16);
                spellings.exact.push(lower_case(token.as_bytes()));
                spellings.exact.push(lower_case(&utf16));
            }
            // A server may decode what looks like an escape in a token.
            let decoded = std::iter::successors(plain.decoded(), Layer::decoded).last();
            let plain = [Some(plain), decoded].into_iter().flatten();
            let plain = plain.map(|layer| letters(layer.units()));
            let encoded = encodings(token.as_bytes()).into_iter();
            let all = plain.chain(encoded.map(|encoded| letters(&encoded)));
            let recognisable = all.filter(|letters| letters.len() >= RECOGNISABLE);
            spellings.letters.extend(recognisable);
        }
        spellings
    }

    /// Returns the places of all spellings in a text. They may overlap. `is_whole` is `false` if the text
    /// may end in the middle of a token.
    pub(super) fn find_in(&self, text: &Layer, is_whole: bool) -> Vec<Range<usize>> {
        let units = lower_case(text.units());
        let mut found = Vec::new();
        for spelling in &self.exact {
            let starts = starts(spelling, &units);
            found.extend(occurrences(spelling.len(), &starts));
            // Before a cut, those that are ASCII are recognised by their letters and digits.
            let cuts = cuts(&units, is_whole).filter(|_| !spelling.is_ascii());
            for end in cuts {
                let length = end.checked_sub(1).map_or(0, |last| starts[last]);
                if length >= START {
                    found.push(end - length..end);
                }
            }
        }
        let is_letter = |at: &usize| units[*at].is_ascii_alphanumeric();
        let places: Vec<usize> = (0..units.len()).filter(is_letter).collect();
        let place = |letters: Range<usize>| match &places[letters] {
            [first, .., last] => *first..last + 1,
            [only] => *only..only + 1,
            [] => 0..0,
        };
        let letters = letters(&units);
        let cuts: Vec<usize> = cuts(&units, is_whole)
            .map(|cut| places.partition_point(|place| *place < cut))
            .collect();
        for spelling in &self.letters {
            let starts = starts(spelling, &letters);
            found.extend(occurrences(spelling.len(), &starts).map(place));
            for end in &cuts {
                let length = end.checked_sub(1).map_or(0, |last| starts[last]);
                if length >= START {
                    found.push(place(end - length..*end));
                }
            }
        }
        found
    }
}

/// Returns the encodings of a token: hexadecimal, a list of numbers, and Base64. Base64 has three forms,
/// depending on the position of the token in the encoded text. Of each form, only the digits that the
/// token alone determines are returned.
fn encodings(token: &[u8]) -> Vec<Zeroizing<Vec<u8>>> {
    let digit = |value: u8| char::from_digit(value.into(), 16).map_or(0, |digit| digit as u8);
    let hex = token
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    let decimal = token.iter().flat_map(|byte| {
        let digits = [byte / 100, byte / 10 % 10, byte % 10].map(digit);
        let leading = digits.iter().position(|digit| *digit != b'0');
        digits.into_iter().skip(leading.unwrap_or(2))
    });
    let mut encodings = vec![
        collected(token.len() * 2, hex),
        collected(token.len() * 3, decimal),
    ];
    for before in 0..3_usize {
        let zeros = std::iter::repeat_n(0, before);
        let bytes = collected(before + token.len(), zeros.chain(token.iter().copied()));
        let mut digits = Zeroizing::new(vec![0; (bytes.len() * 8).div_ceil(6)]);
        if STANDARD_NO_PAD.encode_slice(&*bytes, &mut digits).is_ok() {
            let own = &digits[(before * 8).div_ceil(6)..bytes.len() * 8 / 6];
            encodings.push(collected(own.len(), own.iter().copied()));
        }
    }
    encodings
}

/// Returns the letters and digits of a text, in lower case.
fn letters(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let letters = text.iter().filter(|unit| unit.is_ascii_alphanumeric());
    collected(text.len(), letters.map(u8::to_ascii_lowercase))
}

fn lower_case(text: &[u8]) -> Zeroizing<Vec<u8>> {
    collected(text.len(), text.iter().map(u8::to_ascii_lowercase))
}

/// Collects bytes in memory that does not grow, so that no copy stays behind.
fn collected(most: usize, bytes: impl Iterator<Item = u8>) -> Zeroizing<Vec<u8>> {
    let mut collected = Zeroizing::new(Vec::with_capacity(most));
    collected.extend(bytes.take(most));
    collected
}

/// Returns a length for each unit of a text: that of the longest start of a spelling that ends with the
/// unit. The time is linear, whatever the text (Knuth, Morris and Pratt).
fn starts(spelling: &[u8], text: &[u8]) -> Vec<usize> {
    // The same for the spelling itself, from its second unit on.
    let mut shorter = vec![0; spelling.len()];
    for at in 1..spelling.len() {
        shorter[at] = longer(shorter[at - 1], spelling[at], spelling, &shorter);
    }
    let mut length = 0;
    let lengths = text.iter().map(|unit| {
        length = longer(length, *unit, spelling, &shorter);
        length
    });
    lengths.collect()
}

/// Returns the length of the longest start that ends with a unit, after a start of this length.
fn longer(mut length: usize, unit: u8, spelling: &[u8], shorter: &[usize]) -> usize {
    while length > 0 && spelling.get(length) != Some(&unit) {
        length = shorter[length - 1];
    }
    length + usize::from(spelling.get(length) == Some(&unit))
}

/// Returns the places of a whole spelling, from the lengths of its starts.
fn occurrences(length: usize, starts: &[usize]) -> impl Iterator<Item = Range<usize>> {
    let ends = starts.iter().enumerate();
    let ends = ends.filter(move |(_, start)| **start == length);
    ends.map(move |(last, _)| last + 1 - length..last + 1)
}

/// Returns the ends of a text at which something is missing.
fn cuts(units: &[u8], is_whole: bool) -> impl Iterator<Item = usize> {
    let is_cut = |at: &usize| units[*at] == CUT || units[*at..].starts_with(b"...");
    let cuts = (0..units.len()).filter(is_cut);
    cuts.chain((!is_whole).then_some(units.len()))
}
