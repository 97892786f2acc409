//! Tokens and passwords as text, and what can be wrong with it.

use opentact_api::Secret;

use crate::failure::Failure;
use crate::identity::kind::Source;

/// Reads the token in a text. White space around it is ignored.
///
/// # Errors
/// Fails if the text is no token. The failure names the source and the fault, and never the token.
pub(crate) fn token(text: &[u8], source: &Source) -> Result<Secret, Failure> {
    match checked(text) {
        Ok(token) => Ok(Secret::from(token)),
        Err(fault) => Err(Failure::usage(format!("{} {fault}", source.of("token")))),
    }
}

fn checked(text: &[u8]) -> Result<&str, String> {
    let Ok(text) = std::str::from_utf8(text) else {
        let is_utf16 = text.starts_with(&[0xff, 0xfe]) || text.starts_with(&[0xfe, 0xff]);
        return Err(match is_utf16 {
            true => "is UTF-16; save it as plain ASCII text".to_owned(),
            false => "is not ASCII text".to_owned(),
        });
    };
    if text.starts_with('\u{feff}') {
        return Err("starts with a byte order mark; save it as text without one".to_owned());
    }
    let text = text.trim_matches(|character: char| character.is_ascii_whitespace());
    if text.is_empty() {
        return Err("is empty".to_owned());
    }
    if text.contains(['\n', '\r']) {
        return Err("has a second line; keep the line with the token only".to_owned());
    }
    if let Some(scheme) = ["Bearer ", "Basic "].into_iter().find(|scheme| {
        let start = text.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    }) {
        return Err(format!(
            "starts with `{}`, which is not part of it",
            scheme.trim()
        ));
    }
    for (position, character) in text.chars().enumerate() {
        let fault = match character {
            ' ' | '\t' => "has white space",
            '!'..='~' => continue,
            character if character.is_ascii() => "has a control character",
            _ => "has a character that is not ASCII",
        };
        return Err(format!("{fault} as its character {}", position + 1));
    }
    Ok(text)
}

/// Reads the password in a text. Its line break is ignored, and nothing else.
///
/// # Errors
/// Fails if the text has no password, or several lines.
pub(crate) fn password(text: &[u8], source: &Source) -> Result<Secret, Failure> {
    let fault = |fault| Failure::usage(format!("{} {fault}", source.of("password")));
    let text = std::str::from_utf8(text).map_err(|_| fault("is not UTF-8 text"))?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    match line {
        "" => Err(fault("is empty")),
        line if line.starts_with('\u{feff}') => Err(fault(
            "starts with a byte order mark; save it as text without one",
        )),
        line if line.contains(['\n', '\r']) => Err(fault(
            "has a second line; keep the line with the password only",
        )),
        line if line.chars().any(char::is_control) => Err(fault("has a control character")),
        line => Ok(Secret::from(line)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn token_is_trimmed() {
        for text in ["abc-1", "abc-1\n", "  abc-1 \r\n\n"] {
            assert_eq!(checked(text.as_bytes()), Ok("abc-1"), "{text:?}");
        }
    }

    #[test]
    fn token_with_a_fault_is_refused() {
        for (text, fault) in [
            ("", "is empty"),
            (" \n", "is empty"),
            (
                "abc\ndef\n",
                "has a second line; keep the line with the token only",
            ),
            (
                "\u{feff}abc",
                "starts with a byte order mark; save it as text without one",
            ),
            ("abc def", "has white space as its character 4"),
            (
                "ab\u{e9}",
                "has a character that is not ASCII as its character 3",
            ),
            (
                "ab\u{a0}",
                "has a character that is not ASCII as its character 3",
            ),
            ("a\0b", "has a control character as its character 2"),
            (
                "bearer abc",
                "starts with `Bearer`, which is not part of it",
            ),
        ] {
            assert_eq!(checked(text.as_bytes()), Err(fault.to_owned()), "{text:?}");
        }
        let utf16 = b"\xff\xfea\0b\0";
        assert_eq!(
            checked(utf16),
            Err("is UTF-16; save it as plain ASCII text".to_owned())
        );
        assert_eq!(checked(b"a\xe9"), Err("is not ASCII text".to_owned()));
    }

    #[test]
    fn token_failure_names_the_source_and_hides_the_token() {
        let source = Source::Variable("OPENTACT_JWT");
        let message =
            token(b"secret\nsecond", &source).map_err(|failure| failure.message().to_owned());
        let expected = "the token of the environment variable OPENTACT_JWT has a second line; keep the \
                        line with the token only";
        assert_eq!(message, Err(expected.to_owned()));
    }

    #[test]
    fn password_keeps_its_white_space() {
        let read = |text: &str| password(text.as_bytes(), &Source::StandardInput);
        let secret = read(" p w \u{e9} \r\n").map(|secret| secret.expose_secret().to_owned());
        assert_eq!(secret.ok().as_deref(), Some(" p w \u{e9} "));
        for text in ["", "\n", "a\nb", "a\tb", "\u{feff}a"] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
