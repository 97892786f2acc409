//! Candidates that start with what was typed.

use std::ffi::OsStr;

use clap_complete::CompletionCandidate;

use crate::text::is_hidden;

/// Returns the names that start with what was typed, each with a description. A name that a terminal would
/// not show as it is cannot be completed.
pub(crate) fn matching(
    typed: &OsStr,
    named: impl IntoIterator<Item = (String, String)>,
) -> Vec<CompletionCandidate> {
    // Only bash inserts a candidate as it is, and passes what was typed with its escapes.
    let is_bash = std::env::var_os("_CLAP_COMPLETE_COMP_TYPE").is_some();
    let typed = typed.to_string_lossy();
    let typed = if is_bash {
        unescaped(&typed)
    } else {
        typed.into_owned()
    };
    let candidates = named.into_iter().filter_map(|(name, description)| {
        if !name.starts_with(&typed) || name.is_empty() || name.contains(is_hidden) {
            return None;
        }
        let value = if is_bash { escaped(&name) } else { name };
        Some(CompletionCandidate::new(value).help(Some(description.into())))
    });
    candidates.collect()
}

/// Escapes a name for bash.
fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !"-_.,:/@%+=".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns what a word of bash stands for: without backslashes, and without a quotation mark at its start.
fn unescaped(word: &str) -> String {
    if let Some(quoted) = word.strip_prefix(['"', '\'']) {
        return quoted.to_owned();
    }
    let mut characters = word.chars();
    let mut text = String::with_capacity(word.len());
    while let Some(c) = characters.next() {
        text.extend(if c == '\\' {
            characters.next()
        } else {
            Some(c)
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_for_bash_is_escaped() {
        for (name, expected) in [
            ("Sales EMEA", r"Sales\ EMEA"),
            ("$(reboot)", r"\$\(reboot\)"),
            ("a'b\"c;d", r#"a\'b\"c\;d"#),
            ("é-1_2", "é-1_2"),
        ] {
            assert_eq!(escaped(name), expected);
            assert_eq!(unescaped(expected), name);
        }
        assert_eq!(unescaped("'Sales E"), "Sales E");
    }

    #[test]
    fn candidates_start_with_what_was_typed() {
        let named = ["Sales", "Support", "Sal\u{202e}es", ""];
        let named = named.map(|name| (name.to_owned(), "a group".to_owned()));
        let candidates = matching(OsStr::new("Sa"), named);
        let values: Vec<_> = candidates
            .iter()
            .map(|it| it.get_value().to_owned())
            .collect();
        assert_eq!(values, ["Sales"]);
    }
}
