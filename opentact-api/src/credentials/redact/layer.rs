//! A text in which a number of layers of escapes are decoded, with the place of each character in the
//! original.

use std::ops::Range;

use zeroize::Zeroizing;

/// The unit of a character that no secret and no digest contains.
const OTHER: u8 = 0;
/// The unit of `…`, after which the rest of a text is missing.
pub(super) const CUT: u8 = 1;

/// The characters that HTML names. Letters and digits have no names.
const ENTITIES: [(&[u8], u8); 33] = [
    (b"Tab", b'\t'),
    (b"NewLine", b'\n'),
    (b"excl", b'!'),
    (b"quot", b'"'),
    (b"num", b'#'),
    (b"dollar", b'$'),
    (b"percnt", b'%'),
    (b"amp", b'&'),
    (b"apos", b'\''),
    (b"lpar", b'('),
    (b"rpar", b')'),
    (b"ast", b'*'),
    (b"midast", b'*'),
    (b"plus", b'+'),
    (b"comma", b','),
    (b"period", b'.'),
    (b"sol", b'/'),
    (b"colon", b':'),
    (b"semi", b';'),
    (b"lt", b'<'),
    (b"equals", b'='),
    (b"gt", b'>'),
    (b"quest", b'?'),
    (b"commat", b'@'),
    (b"lsqb", b'['),
    (b"lbrack", b'['),
    (b"bsol", b'\\'),
    (b"rsqb", b']'),
    (b"rbrack", b']'),
    (b"Hat", b'^'),
    (b"lowbar", b'_'),
    (b"grave", b'`'),
    (b"verbar", b'|'),
];

/// A text with the place of each character in the original. Dropping it overwrites the text, which may
/// contain a token.
pub(super) struct Layer {
    /// A [unit] for each character.
    units: Zeroizing<Vec<u8>>,
    places: Vec<Range<usize>>,
}

impl Layer {
    /// Returns a text in which nothing is decoded.
    pub(super) fn of(text: &str) -> Self {
        let mut layer = Self::with_capacity(text.len());
        for (start, character) in text.char_indices() {
            let unit = match character {
                '…' => CUT,
                _ => unit(character.into()),
            };
            layer.push(unit, start..start + character.len_utf8());
        }
        layer
    }

    /// Returns the text after one more layer of escapes is decoded, or `None` if it has no escapes.
    pub(super) fn decoded(&self) -> Option<Self> {
        let mut decoded = Self::with_capacity(self.units.len());
        let mut at = 0;
        while let Some(unit) = self.units.get(at) {
            let (unit, length) = escape(&self.units[at..]).unwrap_or((*unit, 1));
            decoded.push(unit, self.place(at..at + length));
            at += length;
        }
        (decoded.units.len() < self.units.len()).then_some(decoded)
    }

    /// Returns the characters.
    pub(super) fn units(&self) -> &[u8] {
        &self.units
    }

    /// Returns the place of some characters in the original.
    pub(super) fn place(&self, units: Range<usize>) -> Range<usize> {
        match self.places.get(units).unwrap_or_default() {
            [first, .., last] => first.start..last.end,
            [only] => only.clone(),
            [] => 0..0,
        }
    }

    /// Blanks the characters whose place in the original meets a condition.
    pub(super) fn blank(&mut self, is_blank: impl Fn(usize) -> bool) {
        for (unit, place) in self.units.iter_mut().zip(&self.places) {
            if place.clone().any(&is_blank) {
                *unit = OTHER;
            }
        }
    }

    /// Reserves enough memory, so that no copy stays behind when the text grows.
    fn with_capacity(capacity: usize) -> Self {
        Self {
            units: Zeroizing::new(Vec::with_capacity(capacity)),
            places: Vec::with_capacity(capacity),
        }
    }

    fn push(&mut self, unit: u8, place: Range<usize>) {
        self.units.push(unit);
        self.places.push(place);
    }
}

/// Returns the unit of a character: itself if it is ASCII, and otherwise one of 128 others. Characters that
/// share one are taken for the same, so that too much is redacted rather than too little. A byte from
/// 128 on is its own unit.
pub(super) fn unit(code: u32) -> u8 {
    match u8::try_from(code) {
        Ok(unit) if unit.is_ascii() => unit,
        _ => 0x80 | code.to_le_bytes()[0],
    }
}

/// Returns the character of the escape at the start of a text, and the length of the escape.
fn escape(text: &[u8]) -> Option<(u8, usize)> {
    match text {
        [b'\\', b'u', b'{', rest @ ..] => {
            let (code, digits) = number(rest, 16, 6)?;
            (rest.get(digits) == Some(&b'}')).then_some((unit(code), digits + 4))
        }
        [b'\\', b'u', rest @ ..] => exactly(4, rest).map(|unit| (unit, 6)),
        [b'\\', b'x', rest @ ..] => exactly(2, rest).map(|unit| (unit, 4)),
        [b'\\', b'b' | b'f' | b'n' | b'r' | b't', ..] => Some((b' ', 2)),
        [b'\\', unit @ (b'/' | b'\\' | b'"' | b'\''), ..] => Some((*unit, 2)),
        [b'%', rest @ ..] => exactly(2, rest).map(|unit| (unit, 3)),
        [b'&', b'#', b'x' | b'X', rest @ ..] => entity(number(rest, 16, 8)?, rest, 3),
        [b'&', b'#', rest @ ..] => entity(number(rest, 10, 10)?, rest, 2),
        [b'&', rest @ ..] => ENTITIES.iter().find_map(|(name, unit)| {
            let rest = rest.strip_prefix(*name)?;
            (rest.first() == Some(&b';')).then_some((*unit, name.len() + 2))
        }),
        _ => None,
    }
}

/// Returns the character of a numeric entity after `start` units, and the length of the entity. Browsers
/// accept one without a semicolon.
fn entity((code, digits): (u32, usize), rest: &[u8], start: usize) -> Option<(u8, usize)> {
    let semicolon = usize::from(rest.get(digits) == Some(&b';'));
    Some((unit(code), start + digits + semicolon))
}

fn exactly(count: usize, text: &[u8]) -> Option<u8> {
    let (code, digits) = number(text, 16, count)?;
    (digits == count).then_some(unit(code))
}

/// Returns the number at the start of a text, and the count of its digits.
fn number(text: &[u8], radix: u32, most: usize) -> Option<(u32, usize)> {
    let digits = text
        .iter()
        .map_while(|unit| char::from(*unit).to_digit(radix));
    let digits: Vec<u32> = digits.take(most).collect();
    let value = digits.iter().try_fold(0_u32, |value, digit| {
        value.checked_mul(radix)?.checked_add(*digit)
    });
    match digits.len() {
        0 => None,
        count => Some((value.unwrap_or(u32::MAX), count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text after each layer is decoded.
    fn all(text: &str) -> Vec<String> {
        let first = Layer::of(text).decoded();
        std::iter::successors(first, Layer::decoded)
            .map(|layer| layer.units().iter().copied().map(char::from).collect())
            .collect()
    }

    #[test]
    fn decoded_reads_the_escapes_of_json_urls_and_html() {
        for (text, decoded) in [
            (r"a\/b\u002Fc\u{2f}d\x2fe", "a/b/c/d/e"),
            (r#"\"\\\n"#, r#""\ "#),
            ("a%2Fb%2f", "a/b/"),
            ("a&sol;b&#47;c&#x2F;d&#x2fe&#47", "a/b/c/d\u{fe}/"),
            ("&equals;&#0000061;", "=="),
            (r"\u00e9%C3%A9&#233;", "\u{e9}\u{c3}\u{a9}\u{e9}"),
        ] {
            assert_eq!(all(text), [decoded]);
        }
        assert_eq!(all(r"a%255Cu002fb"), [r"a%5Cu002fb", r"a\u002fb", "a/b"]);
    }

    #[test]
    fn decoded_without_an_escape_is_none() {
        for text in [
            "",
            "a & b",
            "100 %",
            "%2",
            r"\",
            r"\u12",
            "&;",
            "&unknown;",
            "&#;",
            r"\u{2f",
        ] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn place_covers_the_whole_escape() {
        let text = "é%252F…";
        let layer = Layer::of(text).decoded().and_then(|layer| layer.decoded());
        let places = layer.map(|layer| (0..3).map(|at| &text[layer.place(at..at + 1)]).collect());
        assert_eq!(places, Some(vec!["é", "%252F", "…"]));
    }
}
