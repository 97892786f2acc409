//! Known secrets, and the search for them in all spellings.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The token of every client whose output is searched. No part of it looks like a digest, and it has the
/// characters that JSON, URLs and HTML escape.
pub(crate) const TOKEN: &str = "k3v9q/7dm2+xw8za5/p0rt6y1nb4==";
/// The `ha1` of a SIP user.
pub(crate) const HA1: &str = "0f7a1c5be2d94830a6b1f3c8d7e92045";
/// The `ha1b` of a SIP user. Base64 of its bytes, `DocWxLZSDCmsfPIlRkgRQg`, has no decimal digit.
pub(crate) const HA1B: &str = "0e8716c4b6520c29ac7cf22546481142";

/// The number of characters of a secret that already reveal it.
const REVEALING: usize = 10;

/// Returns the secrets in plain text, hexadecimal and Base64, with spaces between them. Each part can be
/// in a string of JSON.
pub(crate) fn in_all_encodings() -> String {
    all_encodings().join(" ")
}

/// Returns each secret in plain text, hexadecimal and Base64.
pub(crate) fn all_encodings() -> Vec<String> {
    [TOKEN, HA1, HA1B].into_iter().flat_map(encodings).collect()
}

/// Returns a secret in plain text, hexadecimal and Base64.
fn encodings(secret: &str) -> Vec<String> {
    let hex = hex(secret);
    let mut encodings = vec![
        secret.to_owned(),
        hex.to_uppercase(),
        STANDARD.encode(format!("user:{secret}")),
        URL_SAFE_NO_PAD.encode(secret),
        hex,
    ];
    if let Some(bytes) = digest_bytes(secret) {
        encodings.extend([STANDARD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)]);
    }
    encodings
}

/// Returns all secrets in all spellings: each encoding, as it is and below every kind of escape.
pub(crate) fn spellings() -> Vec<String> {
    all_encodings()
        .into_iter()
        .flat_map(|plain| ESCAPES.map(|escape| escape(&plain)))
        .collect()
}

/// The escapes of JSON, URLs and HTML, for some or all characters, and in two layers. Each result can be
/// in a string of JSON.
const ESCAPES: [fn(&str) -> String; 12] = [
    str::to_owned,
    |text| text.replace('/', r"\/"),
    |text| text.replace('/', r"\\/"),
    |text| special(text, |byte| format!(r"\u{byte:04x}")),
    |text| special(text, |byte| format!(r"\\u{byte:04X}")),
    |text| all(text, |byte| format!(r"\u{byte:04X}")),
    |text| special(text, |byte| format!("%{byte:02X}")),
    |text| special(text, |byte| format!("%25{byte:02x}")),
    |text| all(text, |byte| format!("%{byte:02x}")),
    |text| special(text, |byte| format!("&#x{byte:X};")),
    |text| special(text, |byte| format!("&amp;#{byte};")),
    |text| {
        text.replace('/', "&sol;")
            .replace('=', "&equals;")
            .replace('+', "&plus;")
    },
];

fn all(text: &str, escape: fn(u8) -> String) -> String {
    text.bytes().map(escape).collect()
}

fn special(text: &str, escape: fn(u8) -> String) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => escape(byte),
    });
    escaped.collect()
}

/// Returns the first part of a secret in a text, in any encoding.
pub(crate) fn find_in(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let starts = [TOKEN, HA1, HA1B].into_iter().flat_map(|secret| {
        let bytes = format!("{:?}", secret.as_bytes());
        let bytes = bytes.trim_matches(['[', ']'])[..REVEALING * 2].to_owned();
        let encodings = encoded(secret).into_iter();
        let encodings = encodings.map(|encoded| encoded[..REVEALING * 2].to_lowercase());
        encodings.chain([bytes, secret[..REVEALING].to_owned()])
    });
    starts.into_iter().find(|start| text.contains(start))
}

/// Returns the first part of a secret in a text, in any spelling. It may be a part from the middle or the
/// end. Only letters and digits are compared.
pub(crate) fn find_spelled_in(text: &str) -> Option<String> {
    let mut text = text.to_lowercase();
    let parts: Vec<String> = [TOKEN, HA1, HA1B].into_iter().flat_map(parts).collect();
    loop {
        let letters = letters(&text);
        if let Some(part) = parts.iter().find(|part| letters.contains(*part)) {
            return Some(part.clone());
        }
        let decoded = unescaped(&text);
        if decoded == text {
            return None;
        }
        text = decoded;
    }
}

/// Returns the parts of a secret and of its encodings that reveal it.
fn parts(secret: &str) -> Vec<String> {
    let encoded = encoded(secret).into_iter();
    let encoded = encoded.map(|encoded| (letters(&encoded), REVEALING * 2 - 4));
    let all = encoded.chain([(letters(secret), REVEALING)]);
    all.flat_map(|(letters, length)| {
        let starts = (0..=letters.len() - length).step_by(2);
        let parts = starts.map(|start| letters[start..start + length].to_owned());
        parts.collect::<Vec<_>>()
    })
    .collect()
}

/// Returns the encodings of a secret, without the digits that depend on its neighbours.
fn encoded(secret: &str) -> Vec<String> {
    // The Base64 of a secret depends on the number of bytes before it.
    let base64 = ["", "r:", "er:"].map(|before| {
        let encoded = STANDARD_NO_PAD.encode(format!("{before}{secret}"));
        encoded[before.len().div_ceil(3) * 4..].to_owned()
    });
    let url_safe = URL_SAFE_NO_PAD.encode(secret);
    let bytes = digest_bytes(secret).map(|bytes| STANDARD_NO_PAD.encode(bytes));
    base64
        .into_iter()
        .chain(bytes)
        .chain([hex(secret), url_safe])
        .collect()
}

/// Returns the letters and digits of a text, in lower case.
pub(crate) fn letters(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Removes one layer of escapes from a text in lower case.
fn unescaped(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '%', '&']) {
        shown.push_str(&rest[..at]);
        rest = &rest[at..];
        let hex = |from: usize, to: usize| {
            let digits = rest.get(from..to)?;
            Some((u8::from_str_radix(digits, 16).ok()?, to))
        };
        let entity = || {
            let end = rest.find(';').filter(|end| *end < 10)?;
            let unit = match &rest[1..end] {
                "sol" => b'/',
                "plus" => b'+',
                "equals" => b'=',
                "amp" => b'&',
                name => match name.strip_prefix("#x") {
                    Some(digits) => u8::from_str_radix(digits, 16).ok()?,
                    None => name.strip_prefix('#')?.parse().ok()?,
                },
            };
            Some((unit, end + 1))
        };
        let escape = match rest.as_bytes() {
            [b'\\', b'u', b'0', b'0', ..] => hex(4, 6),
            [b'\\', b'x', ..] => hex(2, 4),
            [b'\\', unit @ (b'/' | b'\\' | b'"'), ..] => Some((*unit, 2)),
            [b'%', ..] => hex(1, 3),
            [b'&', ..] => entity(),
            _ => None,
        };
        let (unit, length) = escape.unwrap_or((rest.as_bytes()[0], 1));
        shown.push(char::from(unit).to_ascii_lowercase());
        rest = &rest[length..];
    }
    shown + rest
}

fn hex(secret: &str) -> String {
    secret.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the bytes of a digest.
fn digest_bytes(secret: &str) -> Option<Vec<u8>> {
    let pairs = (0..secret.len()).step_by(2);
    let bytes = pairs.map(|at| u8::from_str_radix(secret.get(at..at + 2)?, 16).ok());
    bytes.collect()
}

/// Returns everything that an error and its sources show in `Display` and `Debug`.
pub(crate) fn shown_by(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(Some(error), |error| error.source());
    sources
        .map(|source| format!("{source} {source:?} {source:#?}\n"))
        .collect()
}
