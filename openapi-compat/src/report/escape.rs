//! Escapes texts of a document in Markdown, so that they are shown as they are.

/// Escapes a text for a comment on GitHub, also in a table. Text between two backticks becomes
/// code. Nothing in it is markup or a link, and nobody is notified. GitHub looks for names, numbers
/// and addresses after it has removed escapes. Therefore a zero-width space breaks them.
pub(super) fn comment(text: &str) -> String {
    escaped(text, inert, code_in_comment)
}

/// Returns the text as code in a comment on GitHub. A code span cannot hold every text: in a table,
/// a backslash before a vertical bar is lost.
pub(super) fn code_in_comment(code: &str) -> String {
    format!("<code>{}</code>", inert(code))
}

fn inert(text: &str) -> String {
    let mut escaped = String::new();
    for (at, c) in text.char_indices() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '|' | '\\' | '`' | '$' => escaped.push_str(&format!("&#{};", u32::from(c))),
            '*' | '_' | '~' | '[' | ']' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        if links(before, c, after) {
            escaped.push_str("&#8203;");
        }
    }
    escaped
}

/// Returns `true` if GitHub links the text around this character: `@name`, `#1`, `GH-1`, an
/// address.
fn links(before: &str, c: char, after: &str) -> bool {
    let ends_with = |word: &str| {
        let start = before.len().checked_sub(word.len());
        let end = start.and_then(|start| before.get(start..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    match c {
        '@' => true,
        '#' => after.starts_with(|c: char| c.is_ascii_digit()),
        '-' => ends_with("gh"),
        '.' => ends_with("www"),
        ':' => after.starts_with("//"),
        _ => false,
    }
}

/// Escapes a text for a Markdown file that people edit, after the start of a line. Text between two
/// backticks stays code.
pub(super) fn file(text: &str) -> String {
    escaped(text, literal, code_in_file)
}

/// Returns the text as code in a Markdown file.
pub(super) fn code_in_file(code: &str) -> String {
    let fence = "`".repeat(longest_run(code) + 1);
    match code.starts_with('`') || code.ends_with('`') {
        true => format!("{fence} {code} {fence}"),
        false => format!("{fence}{code}{fence}"),
    }
}

/// Returns the length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or_default()
}

fn literal(text: &str) -> String {
    let mut escaped = String::new();
    for (at, c) in text.char_indices() {
        let is_markup = match c {
            '\\' | '`' | '*' | '[' | '<' | '&' | '~' | '$' => true,
            '_' => !is_within_word(text, at),
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns `true` if there are letters or digits on both sides of an underscore, so that it is no
/// markup.
fn is_within_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    [before, after]
        .iter()
        .all(|c| c.is_some_and(char::is_alphanumeric))
}

/// Escapes a text, and the code between its backticks if they come in pairs.
fn escaped(text: &str, literal: fn(&str) -> String, code: fn(&str) -> String) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let are_pairs = parts.len() % 2 == 1;
    let mut codes = parts.iter().skip(1).step_by(2);
    // Code beside code would be one piece of code.
    let mut between = parts.iter().skip(2).step_by(2).rev().skip(1);
    let are_apart = between.all(|text| !text.is_empty());
    if !are_pairs || !are_apart || codes.any(|code| code.trim().is_empty()) {
        return literal(text);
    }
    let show = |(number, part)| match number % 2 {
        0 => literal(part),
        _ => code(part),
    };
    parts.into_iter().enumerate().map(show).collect()
}
