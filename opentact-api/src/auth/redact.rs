//! Taking secrets out of what a server says, before anybody sees it.

use std::borrow::Cow;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::auth::token::Tokens;

/// How many hexadecimal digits a SIP digest has.
const DIGEST: usize = 32;
/// How many characters 16 bytes have in Base64.
const BASE64: usize = 22;
/// How many digits of an encoded token tell it from any other word.
const TELLING: usize = 8;

/// A text without the client's tokens, and without anything that looks like a SIP digest, in plain,
/// hexadecimal or Base64.
pub(crate) fn redacted(text: &str, tokens: &Tokens) -> String {
    let text = masked(text, tokens.expose_secrets().flat_map(encodings));
    let mut shown = String::with_capacity(text.len());
    let mut rest = &*text;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(end_of(rest, is_digit_of_a_code));
        let (between, after) = after.split_at(end_of(after, |c| !is_digit_of_a_code(c)));
        shown.push_str(if is_digest(word) { "[redacted]" } else { word });
        shown.push_str(between);
        rest = after;
    }
    shown
}

/// How a server may write a token. Base64 is of three kinds, by the position of the token in
/// what was encoded; of each, only what the token alone decides is looked for.
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
    let telling = encoded.filter(|encoding| encoding.len() >= TELLING);
    std::iter::once(token.to_owned()).chain(telling).collect()
}

/// A text without secrets, whatever the case of their letters. They may overlap: what is left of
/// one must not be the rest of another.
fn masked(text: &str, secrets: impl Iterator<Item = String>) -> Cow<'_, str> {
    // In ASCII, upper and lower case are of the same length.
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

/// Whether a run of digits may be a SIP digest: 32 hexadecimal digits, or their Base64, in
/// which there is a letter in upper case, one in lower case, and a digit.
fn is_digest(word: &str) -> bool {
    let mut runs = word.split(|c: char| !c.is_ascii_hexdigit());
    let is_any = |of: fn(&char) -> bool| word.chars().any(|c| of(&c));
    runs.any(|run| run.len() >= DIGEST)
        || word.len() >= BASE64
            && is_any(char::is_ascii_uppercase)
            && is_any(char::is_ascii_lowercase)
            && is_any(char::is_ascii_digit)
}

/// A digit in hexadecimal or Base64, also of the kind for URLs.
fn is_digit_of_a_code(c: char) -> bool {
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
    use crate::generated::service::MAIN_SCHEME;

    const TOKEN: &str = "s3cret+tok/en";

    /// A text without [`TOKEN`] and the tokens of other schemes.
    fn redacted_of(text: &str, others: &[&str]) -> String {
        static OTHER: Scheme = Scheme {
            header: "x-other",
            setter: "ClientBuilder::other",
        };
        let others = others.iter().map(|token| (&OTHER, Secret::from(*token)));
        let main = (MAIN_SCHEME, Secret::from(TOKEN));
        match Tokens::new(std::iter::once(main).chain(others).collect()) {
            Ok(tokens) => super::redacted(text, &tokens),
            Err(error) => unreachable!("{error}"),
        }
    }

    fn redacted(text: &str) -> String {
        redacted_of(text, &[])
    }

    /// One may be in another, and the end of one the beginning of another.
    #[test]
    fn all_tokens_of_a_client() {
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

    /// As `printf '%s' … | base64` and `… | xxd -p` print it.
    #[test]
    fn the_token_in_any_writing() {
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
    fn digests_in_any_writing() {
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
    fn what_is_no_secret_is_shown() {
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
