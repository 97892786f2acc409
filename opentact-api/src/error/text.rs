//! The texts of an error. Texts from elsewhere, such as the service's message, are redacted and cut
//! here and nowhere else, right before they become part of an error.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use reqwest::Url;
use zeroize::Zeroizing;

use crate::credentials::redact::{MARKS, Marks, redacted};
use crate::credentials::token::Tokens;

/// The number of bytes of a text that are looked at.
const EXAMINED: usize = 8 * 1024;
/// The most characters of a message that an error shows.
const MESSAGE: usize = 1000;
/// The most characters of a body without a message that an error shows.
const PAGE: usize = 200;
/// The most characters of the error of another crate.
const SOURCE: usize = 500;
/// The most errors in a chain of sources.
const SOURCES: usize = 16;

/// The replacements in a URL, where they must be valid as the name of a host.
const MARKS_IN_URL: Marks = Marks {
    token: "redacted",
    digest: "redacted",
};

/// A text of a server, or about a value of the caller, as it came. Only [`ForeignText::shown`] makes it
/// fit for an error. Dropping it overwrites it.
pub(crate) struct ForeignText {
    text: Zeroizing<String>,
    /// `false` if the last word may be half of a secret.
    is_whole: bool,
    form: Form,
}

/// The form in which a text is shown.
enum Form {
    /// As it is.
    Message,
    /// On one line.
    Page,
    /// The host to which a redirect from this URL leads.
    Redirect(Box<Url>),
}

impl ForeignText {
    /// Creates the text of a message.
    pub(crate) fn message(text: &str) -> Self {
        Self::new(text, true, Form::Message)
    }

    /// Creates the text of a body without a message, or returns `None` if it is empty.
    pub(crate) fn page(body: &[u8], is_whole: bool) -> Option<Self> {
        let start = body.get(..EXAMINED).unwrap_or(body);
        let is_whole = is_whole && start.len() == body.len();
        let page = Self::new(&String::from_utf8_lossy(start), is_whole, Form::Page);
        (!page.text.trim().is_empty()).then_some(page)
    }

    /// Creates the text of the header `Location` in the response to a request for a URL.
    pub(crate) fn redirect(location: &str, from: &Url) -> Self {
        Self::new(location, true, Form::Redirect(Box::new(from.clone())))
    }

    fn new(text: &str, is_whole: bool, form: Form) -> Self {
        let examined = examined(text);
        Self {
            is_whole: is_whole && examined.len() == text.len(),
            text: Zeroizing::new(examined.to_owned()),
            form,
        }
    }

    /// Returns the text without secrets, or its start, or `None` if nothing is left.
    pub(super) fn shown(self, tokens: &Tokens) -> Option<String> {
        let text: &str = match self.is_whole {
            true => &self.text,
            false => without_last_word(&self.text),
        };
        let shown = match &self.form {
            Form::Message => {
                let shown = redacted(text, self.is_whole, tokens, &MARKS);
                cut(shown, MESSAGE, self.is_whole)
            }
            Form::Page => {
                let mut line = Zeroizing::new(String::with_capacity(text.len()));
                for word in text.split_whitespace() {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    line.push_str(word);
                }
                cut(redacted(&line, self.is_whole, tokens, &MARKS), PAGE, true)
            }
            Form::Redirect(from) if self.is_whole => target(text, from, tokens)?,
            Form::Redirect(_) => return None,
        };
        (!shown.is_empty()).then_some(shown)
    }
}

/// `Debug` hides the text, which may contain secrets.
impl fmt::Debug for ForeignText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ForeignText(..)")
    }
}

/// Returns the start of a text that is looked at.
fn examined(text: &str) -> &str {
    let mut ends = (0..=EXAMINED.min(text.len())).rev();
    let end = ends.find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// Returns a text without its last word, which may be half of a digest. White space and the delimiters
/// of HTML and JSON end a word, but not the characters of an escape.
fn without_last_word(text: &str) -> &str {
    let is_part = |c: char| !c.is_whitespace() && !matches!(c, '<' | '>' | '"' | ',');
    text.trim_end_matches(is_part).trim_end()
}

/// Returns a text with at most this number of characters. `…` stands for the rest.
fn cut(text: String, most: usize, is_whole: bool) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if is_whole => text,
        None => text + "…",
    }
}

/// Returns the scheme and host of a redirect, or `None` if they are unknown.
fn target(location: &str, from: &Url, tokens: &Tokens) -> Option<String> {
    // A host may be a part of a token with a `/`, so the whole value is redacted first.
    let location = redacted(location, true, tokens, &MARKS_IN_URL);
    let target = from.join(&location).ok()?;
    let (scheme, host) = (target.scheme(), target.host_str()?);
    let target = match target.port() {
        Some(port) => format!("to {scheme}://{host}:{port}"),
        None => format!("to {scheme}://{host}"),
    };
    Some(redacted(&target, true, tokens, &MARKS))
}

/// The error of another crate, as text without secrets. It may repeat a text of the server, such as the
/// debug data with which HTTP/2 closes a connection.
pub(super) struct Source {
    text: String,
    next: Option<Box<Source>>,
}

impl Source {
    /// Returns the texts of an error and of its sources.
    pub(super) fn of(error: &dyn StdError, tokens: &Tokens) -> Self {
        Self::limited(error, SOURCES, tokens)
    }

    fn limited(error: &dyn StdError, most: usize, tokens: &Tokens) -> Self {
        let text = Zeroizing::new(error.to_string());
        let examined = examined(&text);
        let shown = redacted(examined, examined.len() == text.len(), tokens, &MARKS);
        let next = error.source().filter(|_| most > 1);
        Self {
            text: cut(OneLine(&shown).to_string(), SOURCE, true),
            next: next.map(|next| Box::new(Self::limited(next, most - 1, tokens))),
        }
    }

    /// Returns the last text of the chain, which names the event: "Connection refused".
    pub(super) fn innermost(&self) -> &str {
        let mut source = self;
        while let Some(next) = &source.next {
            source = next;
        }
        &source.text
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sources = std::iter::successors(Some(self), |source| source.next.as_deref());
        f.debug_list()
            .entries(sources.map(|source| &source.text))
            .finish()
    }
}

impl StdError for Source {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let next = self.next.as_deref()?;
        Some(next)
    }
}

/// A text from elsewhere on one line. Control characters become spaces, and so do the invisible
/// characters that change the lines or the direction of a text.
pub(super) struct OneLine<'a>(pub(super) &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| {
            f.write_char(if is_invisible(character) {
                ' '
            } else {
                character
            })
        })
    }
}

/// Returns `true` for the characters of the Unicode categories Cc, Cf, Zl and Zp.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
            | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::scheme::Scheme;
    use crate::credentials::secret::Secret;

    const TOKEN: &str = "k3v9q/7dm2+xw8za5/p0rt6y1nb4==";

    fn tokens() -> Tokens {
        static SCHEME: Scheme = Scheme {
            name: "Token",
            header: "x-token",
            prefix: "",
            setter: "ClientBuilder::token",
        };
        match Tokens::new(&[(&SCHEME, Secret::from(TOKEN))]) {
            Ok(tokens) => tokens,
            Err(error) => unreachable!("{}", error.reason),
        }
    }

    fn shown(text: impl Into<Option<ForeignText>>) -> String {
        let text = text.into().and_then(|text| text.shown(&tokens()));
        text.unwrap_or_default()
    }

    #[test]
    fn foreign_message_is_cut_after_it_is_redacted() {
        let long = shown(ForeignText::message(&"na ".repeat(10_000)));
        assert_eq!(long.chars().count(), MESSAGE + 1);
        assert_eq!(
            shown(ForeignText::message(&format!("no {TOKEN}"))),
            "no [token]"
        );
        for start in [MESSAGE - 10, EXAMINED - 10, EXAMINED - 30] {
            for secret in [TOKEN, "0f7a1c5be2d94830a6b1f3c8d7e92045"] {
                let padding = "é".repeat(start / 2);
                let text = shown(ForeignText::message(&format!("{padding}{secret} and more")));
                assert!(!text.contains(&secret[..8]), "{text}");
                let text = shown(ForeignText::page(
                    format!("{padding} {secret}").as_bytes(),
                    true,
                ));
                assert!(!text.contains(&secret[..8]), "{text}");
            }
        }
    }

    #[test]
    fn page_is_shown_on_one_line() {
        let body = b"<html>\n<h1>502</h1>\n  <p>half-a-secr";
        assert_eq!(
            shown(ForeignText::page(body, false)),
            "<html> <h1>502</h1> <p>"
        );
        assert_eq!(shown(ForeignText::page(b"<a>\n\xff", true)), "<a> \u{fffd}");
        assert!(ForeignText::page(b" \n ", true).is_none());
        let half = b"key k3v9q\\/7dm2";
        assert_eq!(shown(ForeignText::page(half, false)), "key");
        let half = b"<a href=\"k3v9q,7dm2";
        assert_eq!(shown(ForeignText::page(half, false)), "<a href=\"[token],");
    }

    /// Everything of the target but its host may contain anything.
    #[test]
    fn redirect_shows_no_part_of_a_token() {
        let from = Url::parse("https://api.example/rest").ok();
        for (location, target) in [
            (
                "https://elsewhere.example/a?b#c",
                Some("to https://elsewhere.example"),
            ),
            (
                "//elsewhere.example:8080",
                Some("to https://elsewhere.example:8080"),
            ),
            ("/login", Some("to https://api.example")),
            (&format!("https://{TOKEN}"), Some("to https://redacted")),
            (&format!("//{TOKEN}/a"), Some("to https://redacted")),
            (
                "//k3v9q%2F7dm2%2Bxw8za5%2Fp0rt6y1nb4%3D%3D",
                Some("to https://redacted"),
            ),
            (
                &format!("https://a:{TOKEN}@b.example"),
                Some("to https://b.example"),
            ),
            ("https://", None),
        ] {
            let text = from
                .as_ref()
                .map(|from| ForeignText::redirect(location, from));
            let shown = text.and_then(|text| text.shown(&tokens()));
            assert_eq!(shown.as_deref(), target, "{location}");
        }
    }

    #[test]
    fn source_shows_no_secret() {
        let inner = std::io::Error::other("closed: k3v9q\\/7dm2+xw8za5/p0rt6y1nb4==\u{202e}\n");
        let source = Source::of(&inner, &tokens());
        assert_eq!(source.innermost(), "closed: [token]  ");
        assert_eq!(
            format!("{source} {source:?}"),
            "closed: [token]   [\"closed: [token]  \"]"
        );
    }
}
