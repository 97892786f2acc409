//! The redaction of secrets from texts of a server.

use std::borrow::Cow;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::auth::token::Tokens;

/// The number of hexadecimal digits of a SIP digest.
const DIGEST: usize = 32;
/// The number of Base64 digits of 16 bytes.
const BASE64: usize = 22;
/// The number of digits that distinguish an encoded token from other words.
const RECOGNISABLE: usize = 8;

/// Returns a text without the client's tokens and without anything that looks like a SIP digest. Both
/// are recognised in plain text, hexadecimal and Base64.
pub(crate) fn redacted(text: &str, tokens: &Tokens) -> String {
    let text = masked(text, tokens.expose_secrets().flat_map(encodings));
    let mut shown = String::with_capacity(text.len());
    let mut rest = &*text;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(end_of(rest, is_code_digit));
        let (between, after) = after.split_at(end_of(after, |c| !is_code_digit(c)));
        shown.push_str(if is_digest(word) { "[redacted]" } else { word });
        shown.push_str(between);
        rest = after;
    }
    shown
}

/// Returns the spellings of a token: plain, hexadecimal and Base64. Base64 has three forms, depending
/// on the position of the token in the encoded text. Of each form, only the digits that the token
/// alone determines are returned.
fn encodings(token: &str) -> Vec<String> {
    let hex: String = token.bytes().map(|byte| format!("{byte:02x}")).collect();
    let base64 = [STANDARD_NO_PAD, URL_SAFE_NO_PAD]
        .into_iter()
        .flat_map(|base64| {
            (0..3_usize).map(move |before| {
                let bytes = [&[0; 3][..before], token.as_bytes()].concat();
                let mine = (before * 8).div_ceil(6)..bytes.len() * 8 / 6;
                let digits = base64.encode(&bytes);
                digits.get(mine).unwrap_or_default().to_owned()
            })
        });
    let encoded = std::iter::once(hex).chain(base64);
    let recognisable = encoded.filter(|encoding| encoding.len() >= RECOGNISABLE);
    std::iter::once(token.to_owned())
        .chain(recognisable)
        .collect()
}

/// Returns a text without secrets, ignoring ASCII case. Secrets may overlap, so all are searched for in
/// the original text.
fn masked(text: &str, secrets: impl Iterator<Item = String>) -> Cow<'_, str> {
    // ASCII case does not change the length.
    let haystack = text.to_ascii_lowercase();
    let mut found: Vec<Range<usize>> = Vec::new();
    for secret in secrets.filter(|secret| !secret.is_empty()) {
        let secret = secret.to_ascii_lowercase();
        let places = haystack.match_indices(&secret);
        found.extend(places.map(|(start, place)| start..start + place.len()));
    }
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    found.sort_unstable_by_key(|place| place.start);
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for place in found {
        if place.start >= end {
            shown.push_str(&text[end..place.start]);
            shown.push_str("[token]");
        }
        end = end.max(place.end);
    }
    shown.push_str(&text[end..]);
    Cow::Owned(shown)
}

/// Returns `true` if a run of digits may be a SIP digest: 32 hexadecimal digits, or Base64 with an upper
/// case letter, a lower case letter and a digit.
fn is_digest(word: &str) -> bool {
    let mut runs = word.split(|c: char| !c.is_ascii_hexdigit());
    let is_any = |of: fn(&char) -> bool| word.chars().any(|c| of(&c));
    runs.any(|run| run.len() >= DIGEST)
        || word.len() >= BASE64
            && is_any(char::is_ascii_uppercase)
            && is_any(char::is_ascii_lowercase)
            && is_any(char::is_ascii_digit)
}

/// Returns `true` for a digit of hexadecimal, Base64 or URL-safe Base64.
fn is_code_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_')
}

fn end_of(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::scheme::Scheme;
    use crate::auth::secret::Secret;

    const TOKEN: &str = "s3cret+tok/en";

    /// Redacts [`TOKEN`] and the tokens of other schemes.
    fn redacted_of(text: &str, others: &[&str]) -> String {
        static MAIN: Scheme = Scheme {
            header: "x-main",
            setter: "Client::builder",
        };
        static OTHER: Scheme = Scheme {
            header: "x-other",
            setter: "ClientBuilder::other",
        };
        let others = others.iter().map(|token| (&OTHER, Secret::from(*token)));
        let main = (&MAIN, Secret::from(TOKEN));
        match Tokens::new(std::iter::once(main).chain(others).collect()) {
            Ok(tokens) => super::redacted(text, &tokens),
            Err(error) => unreachable!("{}", error.reason),
        }
    }

    fn redacted(text: &str) -> String {
        redacted_of(text, &[])
    }

    /// A token may contain another, or end with the start of another.
    #[test]
    fn redacted_with_overlapping_tokens_hides_all() {
        let others = ["xs3cret+tok/en.x", "k/en.abc", "[token]"];
        for (text, shown) in [
            ("s3cret+tok/en, k/en.abc", "[token], [token]"),
            ("<xs3cret+tok/en.x>", "<[token]>"),
            ("<s3cret+tok/en.abc>", "<[token]>"),
            ("k/en.abck/en.abc", "[token][token]"),
            ("ay9lbi5hYmM=", "[token]M="), // k/en.abc in Base64
        ] {
            assert_eq!(redacted_of(text, &others), shown);
        }
    }

    /// The encodings are those of `printf '%s' … | base64` and `… | xxd -p`.
    #[test]
    fn redacted_hides_the_token_in_every_encoding() {
        for (text, shown) in [
            ("for s3cret+tok/en.", "for [token]."),
            ("for S3CRET+TOK/EN.", "for [token]."),
            ("for 7333637265742b746f6b2f656e.", "for [token]."),
            ("for czNjcmV0K3Rvay9lbg==.", "for [token]g==."),
            ("Basic YTpzM2NyZXQrdG9rL2Vu.", "Basic YTp[token]."), // a:s3cret…
            ("Basic YWI6czNjcmV0K3Rvay9lbg==.", "Basic YWI6[token]g==."), // ab:s3cret…
            ("Basic YWJjOnMzY3JldCt0b2svZW4=.", "Basic YWJjOn[token]4=."), // abc:s3cret…
        ] {
            assert_eq!(redacted(text), shown);
        }
    }

    #[test]
    fn redacted_hides_digests_in_every_encoding() {
        for text in [
            "0f7a1c5be2d94830a6b1f3c8d7e92045",
            "0F7A1C5BE2D94830A6B1F3C8D7E92045",
            "3066376131633562653264393438333061366231663363386437653932303435",
            "MGY3YTFjNWJlMmQ5NDgzMGE2YjFmM2M4ZDdlOTIwNDU=",
            "D3ocW+LZSDCmsfPI1+kgRQ==",
        ] {
            let shown = redacted(&format!("<p>{text}</p>"));
            assert!(shown.starts_with("<p>[redacted]"), "{shown}");
        }
    }

    #[test]
    fn redacted_without_a_secret_returns_the_text() {
        for text in [
            "",
            "SIP user group 0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41 not found",
            "no route to /rest/app/group/0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41/users",
            "größer als 80 Zeichen: 語語語",
            "a_long_name_of_an_error_that_a_server_gives",
        ] {
            assert_eq!(redacted(text), text);
        }
    }
}
