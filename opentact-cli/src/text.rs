//! Text of the service that is safe to show.

/// The ranges of characters that a terminal hides, or that change the text around them: controls,
/// `Cf` (with the bidirectional controls), line and paragraph separators, and the other
/// `Default_Ignorable_Code_Point`s of Unicode 16. Last, the letters that are blank.
const HIDDEN: &[(char, char)] = &[
    ('\u{0}', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{890}', '\u{891}'),
    ('\u{8e2}', '\u{8e2}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Returns `true` if a terminal hides the character, or if it changes the text around it.
pub(crate) fn is_hidden(c: char) -> bool {
    let after = HIDDEN.partition_point(|(start, _)| *start <= c);
    after > 0 && c <= HIDDEN[after - 1].1
}

/// Returns the text with an escape for each character that a terminal hides: `\n`, `\u{202e}`.
pub(crate) fn printable(text: &str) -> String {
    if !text.contains(is_hidden) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match is_hidden(c) {
            // In the form of Rust, which has short escapes for the line break and the tab.
            true => match c {
                '\n' | '\r' | '\t' => shown.extend(c.escape_default()),
                c => shown.extend(c.escape_unicode()),
            },
            false => shown.push(c),
        }
    }
    shown
}

/// Returns the text in one line: a space for each run of white space.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printable_escapes_what_a_terminal_hides() {
        for (text, expected) in [
            ("Sales EMEA é 日本 🎉", "Sales EMEA é 日本 🎉"),
            ("a\nb\tc\u{1b}[2J", r"a\nb\tc\u{1b}[2J"),
            ("\u{202e}live\u{2066}", r"\u{202e}live\u{2066}"),
            ("a\u{200b}b\u{feff}\u{ad}", r"a\u{200b}b\u{feff}\u{ad}"),
            ("\u{9b}31m\u{7f}", r"\u{9b}31m\u{7f}"),
            ("\u{e0041}\u{e0100}\u{fe0f}", r"\u{e0041}\u{e0100}\u{fe0f}"),
            ("\u{2028}\u{3164}", r"\u{2028}\u{3164}"),
        ] {
            assert_eq!(printable(text), expected);
        }
    }

    #[test]
    fn hidden_ranges_are_sorted() {
        let bounds: Vec<_> = HIDDEN
            .iter()
            .flat_map(|(start, end)| [*start, *end])
            .collect();
        assert!(bounds.is_sorted());
        assert!(HIDDEN.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
