//! Pieces of Rust as text, with full paths to be compared, or short ones to be read.
//!
//! In the full form, a path to an item of the crate starts with `crate`.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Writes tokens with the usual spaces. `full` returns the full form of a path.
pub(super) fn written(tokens: TokenStream, full: impl Fn(&str) -> String) -> String {
    let mut pieces = Vec::new();
    split(tokens, &mut pieces);
    let mut text = String::new();
    let mut last = String::new();
    for piece in pieces {
        let is_path = piece.starts_with(is_name) || piece.starts_with("::");
        let piece = if is_path { full(&piece) } else { piece };
        if is_spaced(&last, &piece) {
            text.push(' ');
        }
        text.push_str(&piece);
        last = piece;
    }
    text
}

/// Splits tokens into operators, brackets, literals, lifetimes and paths.
fn split(tokens: TokenStream, pieces: &mut Vec<String>) {
    let mut operator = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) => {
                operator.push(punct.as_char());
                if punct.spacing() == Spacing::Alone || punct.as_char() == '\'' {
                    join(std::mem::take(&mut operator), pieces);
                }
            }
            TokenTree::Group(group) => {
                let [open, close] = match group.delimiter() {
                    Delimiter::Parenthesis => ["(", ")"],
                    Delimiter::Bracket => ["[", "]"],
                    Delimiter::Brace => ["{", "}"],
                    Delimiter::None => ["", ""],
                };
                pieces.push(open.to_owned());
                split(group.stream(), pieces);
                pieces.push(close.to_owned());
            }
            word => join(word.to_string(), pieces),
        }
    }
}

/// Adds a token. A path and a lifetime are one piece, and the last generic argument has no comma.
fn join(token: String, pieces: &mut Vec<String>) {
    const KEYWORDS: [&str; 5] = ["as", "const", "dyn", "impl", "mut"];
    if token == ">" && pieces.last().is_some_and(|last| last == ",") {
        pieces.pop();
    }
    match pieces.last_mut() {
        Some(last) if continues(last, &token) && !KEYWORDS.contains(&last.as_str()) => {
            last.push_str(&token);
        }
        _ => pieces.push(token),
    }
}

fn continues(last: &str, token: &str) -> bool {
    match token {
        "::" => last.ends_with(is_name) || last == ">",
        _ => token.starts_with(is_name) && (last.ends_with("::") || last == "'"),
    }
}

fn is_spaced(last: &str, next: &str) -> bool {
    const OPERATORS: [&str; 3] = ["->", "=", "+"];
    const SEPARATORS: [&str; 3] = [",", ";", ":"];
    let starts = |character| is_name(character) || "'\"".contains(character);
    let ends = |character| is_name(character) || ">)]\"".contains(character);
    OPERATORS.contains(&next)
        || OPERATORS.contains(&last)
        || SEPARATORS.contains(&last)
        || (last.ends_with(ends) && next.starts_with(starts))
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '#'
}

fn is_path(character: char) -> bool {
    is_name(character) || character == ':'
}

/// Returns a text with short paths: `SipUser` for `crate::groups::SipUser`, `DateTime` for
/// `chrono::DateTime`.
pub(super) fn short(text: &str) -> String {
    let pieces = text.split_inclusive(|character| !is_path(character));
    let shortened = pieces.map(|piece| {
        let path = piece.trim_end_matches(|character| !is_name(character));
        short_path(path).to_owned() + &piece[path.len()..]
    });
    shortened.collect()
}

fn short_path(path: &str) -> &str {
    match path.strip_prefix("crate::") {
        // The name in the module of the page.
        Some(own) => match own.split_once("::") {
            Some((page, name)) if page.starts_with(char::is_lowercase) => name,
            _ => own,
        },
        None if path.starts_with(char::is_lowercase) => path.rsplit("::").next().unwrap_or(path),
        // A generic parameter, as in `T::Error`.
        None => path,
    }
}

/// Returns the paths to items of the crate in a text, without `crate`.
pub(super) fn own_paths(text: &str) -> impl Iterator<Item = &str> {
    let paths = text.split(|character| !is_path(character));
    paths.filter_map(|path| path.trim_end_matches(':').strip_prefix("crate::"))
}

/// Returns the new and the former text, in full if the short forms are equal.
pub(super) fn contrast(was: &str, is: &str) -> String {
    let (short_was, short_is) = (short(was), short(is));
    match short_was == short_is {
        true => format!("{is}, was {was}"),
        false => format!("{short_is}, was {short_was}"),
    }
}
