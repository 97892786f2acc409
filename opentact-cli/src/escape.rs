//! JSON with escapes for the characters that a terminal hides.

use std::fmt::Write as _;

use serde_json::Value;

use crate::text::is_hidden;

/// Returns JSON in one line, without a line break at its end.
pub(crate) fn json_line(value: &Value) -> String {
    escaped(&value.to_string())
}

/// Returns JSON with escapes for hidden characters, which occur in texts only. The line breaks of an
/// indented document stay.
pub(crate) fn escaped(json: &str) -> String {
    replaced(json, |text, c| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "\\u{unit:04x}");
        }
    })
}

/// Returns JSON with escapes of YAML, which has no pairs of surrogates.
pub(crate) fn escaped_for_yaml(json: &str) -> String {
    replaced(json, |text, c| {
        let _ = match u32::from(c) {
            code @ ..=0xffff => write!(text, "\\u{code:04x}"),
            code => write!(text, "\\U{code:08x}"),
        };
    })
}

fn replaced(json: &str, escape: impl Fn(&mut String, char)) -> String {
    let is_escaped = |c: char| c != '\n' && is_hidden(c);
    if !json.contains(is_escaped) {
        return json.to_owned();
    }
    let mut text = String::with_capacity(json.len() + 12);
    for c in json.chars() {
        match is_escaped(c) {
            true => escape(&mut text, c),
            false => text.push(c),
        }
    }
    text
}
