//! Pieces of Rust as text: exact, to be compared, and short, to be read.

use std::cmp::Ordering;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A type, a bound or a path. Two are equal where they mean the same, however they are written.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// With the whole of every path: `Option<crate::types::SipUser>`.
    pub(super) exact: String,
    /// As people write it: `Option<SipUser>`.
    pub(super) short: String,
}

impl Text {
    /// A text in which there is nothing to shorten.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        let exact = text.into();
        Self {
            short: exact.clone(),
            exact,
        }
    }

    /// Puts several together, in both forms.
    pub(super) fn compose(build: impl Fn(&dyn Fn(&Self) -> String) -> String) -> Self {
        Self {
            exact: build(&|text| text.exact.clone()),
            short: build(&|text| text.short.clone()),
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.exact == other.exact
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.exact.cmp(&other.exact)
    }
}

/// What is and what was, in full where the short forms do not differ.
pub(super) fn contrast(was: &Text, is: &Text) -> String {
    if was.short == is.short {
        format!("{}, was {}", is.exact, was.exact)
    } else {
        format!("{}, was {}", is.short, was.short)
    }
}

/// Tokens with spaces where people put them.
pub(super) fn spaced(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut last = String::new();
    for piece in pieces(tokens) {
        if is_spaced(&last, &piece) {
            text.push(' ');
        }
        text.push_str(&piece);
        last = piece;
    }
    text
}

/// Words, operators and groups.
fn pieces(tokens: TokenStream) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut operator = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) => {
                operator.push(punct.as_char());
                if punct.spacing() == Spacing::Joint && punct.as_char() != '\'' {
                    continue;
                }
                pieces.push(std::mem::take(&mut operator));
            }
            TokenTree::Group(group) => {
                let inner = spaced(group.stream());
                pieces.push(match group.delimiter() {
                    Delimiter::Parenthesis => format!("({inner})"),
                    Delimiter::Bracket => format!("[{inner}]"),
                    Delimiter::Brace => format!("{{ {inner} }}"),
                    Delimiter::None => inner,
                });
            }
            TokenTree::Ident(ident) => pieces.push(ident.to_string()),
            TokenTree::Literal(literal) => pieces.push(literal.to_string()),
        }
    }
    pieces
}

fn is_spaced(last: &str, next: &str) -> bool {
    const BEFORE: [&str; 4] = ["->", "=", "+", "=>"];
    const AFTER: [&str; 7] = [",", ";", ":", "->", "=", "+", "=>"];
    const KEYWORDS: [&str; 6] = ["as", "const", "dyn", "impl", "mut", "where"];
    let is_word = |character: char| character.is_alphanumeric() || "_\"'".contains(character);
    let closes = |character: char| is_word(character) || ">)]".contains(character);
    AFTER.contains(&last)
        || BEFORE.contains(&next)
        || KEYWORDS.contains(&last)
        || (last != "'" && last.ends_with(closes) && next.starts_with(is_word))
}
