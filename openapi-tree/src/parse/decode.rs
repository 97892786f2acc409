//! Decoding: the bytes of a file to text.

use std::borrow::Cow;

/// The mark that some editors write at the start of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Decodes UTF-8, or UTF-16 with a byte-order mark or an ASCII character at its start. Returns the
/// text without the mark, and the oddity of the encoding if there is one.
///
/// # Errors
/// Returns the reason if the bytes are no text.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<&'static str>), &'static str> {
    let units = |unit: fn([u8; 2]) -> u16| -> Vec<u16> {
        let pairs = bytes.chunks_exact(2);
        pairs.map(|pair| unit([pair[0], pair[1]])).collect()
    };
    let utf_16 = match bytes {
        [0xff, 0xfe, ..] | [1..=u8::MAX, 0, ..] => Some(units(u16::from_le_bytes)),
        [0xfe, 0xff, ..] | [0, 1..=u8::MAX, ..] => Some(units(u16::from_be_bytes)),
        _ => None,
    };
    if let Some(units) = utf_16 {
        let text = String::from_utf16(&units).map_err(|_| "is neither UTF-8 nor UTF-16")?;
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text);
        return Ok((
            Cow::Owned(text.to_owned()),
            Some("the file is UTF-16, which many tools cannot read"),
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "is not valid UTF-8")?;
    Ok(match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(text) => (
            Cow::Borrowed(text),
            Some("the file starts with a byte-order mark"),
        ),
        None => (Cow::Borrowed(text), None),
    })
}
