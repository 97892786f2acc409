//! The redaction of secrets from texts of a server or a caller.

mod digest;
mod layer;
mod spelling;

use crate::credentials::redact::layer::Layer;
use crate::credentials::redact::spelling::Spellings;
use crate::credentials::token::Tokens;

/// The most layers of escapes that are decoded. A text with more is not shown.
const LAYERS: usize = 16;

/// The replacements of secrets.
pub(crate) struct Marks {
    pub(crate) token: &'static str,
    pub(crate) digest: &'static str,
}

/// The replacements in messages for people.
pub(crate) const MARKS: Marks = Marks {
    token: "[token]",
    digest: "[redacted]",
};

/// The outcome for a byte of a text.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Outcome {
    Shown,
    Token,
    Digest,
}

/// Returns a text without the client's tokens and without anything that looks like a SIP digest. Both
/// are recognised in plain text, hexadecimal and Base64, and below the escapes of JSON, URLs and HTML.
/// `is_whole` is `false` if the text may end in the middle of a token.
pub(crate) fn redacted(text: &str, is_whole: bool, tokens: &Tokens, marks: &Marks) -> String {
    let outcomes = outcomes(text, is_whole, tokens);
    let mut shown = String::with_capacity(text.len());
    let mut before = Outcome::Shown;
    for (start, character) in text.char_indices() {
        let outcome = outcomes.get(start).copied().unwrap_or(Outcome::Digest);
        match outcome {
            Outcome::Shown => shown.push(character),
            _ if outcome == before => {}
            Outcome::Token => shown.push_str(marks.token),
            Outcome::Digest => shown.push_str(marks.digest),
        }
        before = outcome;
    }
    shown
}

/// Returns `true` if a text contains a token in any spelling.
pub(crate) fn has_token(text: &str, tokens: &Tokens) -> bool {
    let spellings = Spellings::of(tokens.expose_secrets());
    layers(text).is_none_or(|layers| {
        let mut layers = layers.iter();
        layers.any(|layer| !spellings.find_in(layer, true).is_empty())
    })
}

/// Returns the outcome for each byte of a text.
fn outcomes(text: &str, is_whole: bool, tokens: &Tokens) -> Vec<Outcome> {
    let mut outcomes = vec![Outcome::Shown; text.len()];
    let Some(layers) = layers(text) else {
        outcomes.fill(Outcome::Digest);
        return outcomes;
    };
    let spellings = Spellings::of(tokens.expose_secrets());
    for layer in &layers {
        for units in spellings.find_in(layer, is_whole) {
            outcomes[layer.place(units)].fill(Outcome::Token);
        }
    }
    // A token is not also reported as a digest.
    for mut layer in layers {
        layer.blank(|place| outcomes[place] == Outcome::Token);
        for units in digest::find_in(layer.units()) {
            for outcome in &mut outcomes[layer.place(units)] {
                if *outcome == Outcome::Shown {
                    *outcome = Outcome::Digest;
                }
            }
        }
    }
    outcomes
}

/// Returns a text as it is, and after each layer of escapes is decoded. Returns `None` for too many
/// layers.
fn layers(text: &str) -> Option<Vec<Layer>> {
    let mut layers = vec![Layer::of(text)];
    while let Some(next) = layers.last()?.decoded() {
        if layers.len() > LAYERS {
            return None;
        }
        layers.push(next);
    }
    Some(layers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::scheme::Scheme;
    use crate::credentials::secret::Secret;

    const TOKEN: &str = "s3cret+tok/en";
    /// No rule for digests applies to any part of it.
    const CANARY: &str = "k3v9q/7dm2+xw8za5/p0rt6y1nb4==";

    fn redacted_of(text: &str, is_whole: bool, secrets: &[&str]) -> String {
        static SCHEMES: [Scheme; 4] = [const {
            Scheme {
                name: "Token",
                header: "x-token",
                prefix: "",
                setter: "ClientBuilder::token",
            }
        }; 4];
        let tokens = SCHEMES.iter().zip(secrets);
        let tokens = tokens.map(|(scheme, token)| (scheme, Secret::from(*token)));
        let tokens: Vec<_> = tokens.collect();
        match Tokens::new(&tokens) {
            Ok(tokens) => super::redacted(text, is_whole, &tokens, &MARKS),
            Err(error) => unreachable!("{}", error.reason),
        }
    }

    fn redacted(text: &str) -> String {
        redacted_of(text, true, &[TOKEN])
    }

    /// A token may contain another, or end with the start of another.
    #[test]
    fn redacted_with_overlapping_tokens_hides_all() {
        let tokens = [TOKEN, "xs3cret+tok/en.x", "k/en.abc", "[token]"];
        for (text, shown) in [
            ("s3cret+tok/en, k/en.abc", "[token], [token]"),
            ("<xs3cret+tok/en.x>", "<[token]>"),
            ("<s3cret+tok/en.abc>", "<[token]>"),
            ("k/en.abck/en.abc", "[token]"),
            ("ay9lbi5hYmM=", "[token]M="), // k/en.abc in Base64
        ] {
            assert_eq!(redacted_of(text, true, &tokens), shown);
        }
    }

    /// The encodings are those of `printf '%s' … | base64` and `… | xxd -p`.
    #[test]
    fn redacted_hides_the_token_in_every_encoding() {
        for (text, shown) in [
            ("for s3cret+tok/en.", "for [token]."),
            ("for S3CRET+TOK/EN.", "for [token]."),
            ("for 7333637265742b746f6b2f656e.", "for [token]."),
            (
                "for 73:33:63:72:65:74:2B:74:6f:6b:2f:65:6e.",
                "for [token].",
            ),
            (
                "[115, 51, 99, 114, 101, 116, 43, 116, 111, 107, 47, 101, 110]",
                "[[token]]",
            ),
            ("for czNjcmV0K3Rvay9lbg==.", "for [token]g==."),
            ("for czNjcmV0\r\n K3Rvay9lbg==.", "for [token]g==."),
            ("Basic YTpzM2NyZXQrdG9rL2Vu.", "Basic YTp[token]."), // a:s3cret…
            ("Basic YWI6czNjcmV0K3Rvay9lbg==.", "Basic YWI6[token]g==."), // ab:s3cret…
            ("Basic YWJjOnMzY3JldCt0b2svZW4=.", "Basic YWJjOn[token]4=."), // abc:s3cret…
        ] {
            assert_eq!(redacted(text), shown);
        }
    }

    #[test]
    fn redacted_hides_the_token_below_every_escape() {
        for text in [
            r"k3v9q\/7dm2+xw8za5\/p0rt6y1nb4==",
            r"k3v9q\u002f7dm2\u002bxw8za5\u002Fp0rt6y1nb4\u003d\u003d",
            r"\u006b3v9q/7dm2+xw8za5/p0rt6y1nb4==",
            "k3v9q%2F7dm2%2Bxw8za5%2fp0rt6y1nb4%3D%3D",
            "%6B%33v9q/7dm2+xw8za5/p0rt6y1nb4==",
            "k3v9q%252F7dm2%252Bxw8za5%252fp0rt6y1nb4%253D%253D",
            "k3v9q&#x2F;7dm2&#43;xw8za5&sol;p0rt6y1nb4&equals;&#61;",
            "k3v9q&amp;#x2F;7dm2&amp;plus;xw8za5&amp;amp;sol;p0rt6y1nb4==",
            r"k3v9q\\\/7dm2+xw8za5\\u002fp0rt6y1nb4==",
            r"k3v9q\x2f7dm2\u{2b}xw8za5/p0rt6y1nb4==",
            "k3v9q/7dm2 xw8za5/p0rt6y1nb4==",
            "k3v9q_7dm2-xw8za5_p0rt6y1nb4",
            "k3v9q/7dm2+\r\n\txw8za5/\u{200b}p0rt6y1nb4==",
            "%61%7A%4E%32OXEvN2RtMit4dzh6YTUvcDBydDZ5MW5iND09",
        ] {
            let shown = redacted_of(&format!("<p>{text}</p>"), true, &[CANARY]);
            let rest = shown.replace("[token]", "").replace("[redacted]", "");
            assert!(
                rest.len() < 20 && shown.contains("[token]"),
                "{text}: {shown}"
            );
        }
        // The token itself may look like an escape, and a server may decode that.
        let token = "abc%2Fdef&#43;ghi";
        for text in [
            token,
            "abc/def+ghi",
            "abc%252Fdef&amp;#43;ghi",
            r"abc\/def+ghi",
        ] {
            assert_eq!(redacted_of(text, true, &[token]), "[token]", "{text}");
        }
    }

    /// A password may have any characters, unlike a token in a header.
    #[test]
    fn redacted_hides_secrets_that_are_not_ascii() {
        let shown = |secret: &str, text: &str| {
            let tokens = Tokens::new(&[]).ok();
            let tokens = tokens.map(|none| none.with_secrets(&[Secret::from(secret)]));
            tokens.map(|tokens| super::redacted(text, true, &tokens, &MARKS))
        };
        for (secret, text) in [
            ("пароль", "for пароль."),
            ("пароль", r"for \u043f\u0430\u0440\u043e\u043b\u044c."),
            ("пароль", "for %D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C."),
            ("пароль", "for &#1087;&#x430;&#1088;&#1086;&#1083;&#1100;."),
            ("пароль", "for d0bfd0b0d180d0bed0bbd18c."),
            ("größe", "for GRößE."),
            ("größe", "for gr%F6%DFe."), // Latin-1
            ("a🔑b", "for a🔑b."),
            ("a🔑b", r"for a\ud83d\udd11b."),
        ] {
            assert_eq!(
                shown(secret, text).as_deref(),
                Some("for [token]."),
                "{text}"
            );
        }
        for (text, expected) in [
            ("for паро…", "for [token]…"),
            ("для всех", "для всех"),
            ("for парол!", "for парол!"),
        ] {
            assert_eq!(shown("пароль", text).as_deref(), Some(expected));
        }
    }

    /// A server shows the start of a token, or a text is cut.
    #[test]
    fn redacted_hides_the_start_of_a_token_before_a_cut() {
        for (text, shown) in [
            ("for k3v9q/7d…", "for [token]…"),
            ("for k3v9q\\/7d...", "for [token]..."),
            ("\"k3v9q/7dm2+xw8z…\" is long", "\"[token]…\" is long"),
            ("for k3v9q/7d", "for k3v9q/7d"),
            ("for k3v…", "for k3v…"),
        ] {
            assert_eq!(redacted_of(text, true, &[CANARY]), shown);
        }
        assert_eq!(redacted_of("for k3v9q/7d", false, &[CANARY]), "for [token]");
        assert_eq!(redacted_of("for azN2OXEv", false, &[CANARY]), "for [token]");
    }

    #[test]
    fn redacted_hides_digests_in_every_encoding() {
        for text in [
            "0f7a1c5be2d94830a6b1f3c8d7e92045",
            "0F7A1C5BE2D94830A6B1F3C8D7E92045",
            "3066376131633562653264393438333061366231663363386437653932303435",
            "MGY3YTFjNWJlMmQ5NDgzMGE2YjFmM2M4ZDdlOTIwNDU=",
            "D3ocW+LZSDCmsfPI1+kgRQ==",
            "D3ocW%2BLZSDCmsfPI1%2BkgRQ==",
            r"D3ocW\u002bLZSDCmsfPI1&#43;kgRQ==",
        ] {
            let shown = redacted(&format!("<p>{text}</p>"));
            assert!(shown.starts_with("<p>[redacted]"), "{shown}");
        }
    }

    /// Of all digests, 2.9 % have no decimal digit in Base64.
    #[test]
    fn redacted_hides_digests_without_a_decimal_digit_in_base64() {
        for text in [
            "DocWxLZSDCmsfPIlRkgRQg==",
            "DocWxLZSDCmsfPIlRkgRQg",
            "Doc_WLZSDCmsfPI-RkgRQg",
            "ha1/DocWxLZSDCmsfPIlRkgRQg",
            // 32 hexadecimal digits in Base64, alone and after other text
            "YWFiYmNjYWFiYmNjYWFiYmNjYWFiYmNjYWFiYmNjYWE",
            "dTphYWJiY2NhYWJiY2NhYWJiY2NhYWJiY2NhYWJiY2Nh",
        ] {
            assert_eq!(redacted(text).trim_end_matches('='), "[redacted]", "{text}");
        }
    }

    #[test]
    fn redacted_with_endless_escapes_shows_nothing() {
        let text = format!("%{}41", "25".repeat(100));
        assert_eq!(redacted(&text), "[redacted]");
    }

    #[test]
    fn redacted_without_a_secret_returns_the_text() {
        for text in [
            "",
            "SIP user group 0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41 not found",
            "SIP user group 0B6C3F5E-8F0A-4B53-9D3E-6A1F6E7C2D4A not found",
            "no route to /rest/app/group/0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41/users",
            "größer als 80 Zeichen: 語語語",
            "a_long_name_of_an_error_that_a_server_gives",
            "SipUserGroupNotFoundException",
            "100 % & more \\ less &lt;b&gt; %20",
        ] {
            assert_eq!(redacted(text), text);
        }
    }
}
