//! The formats for programs. Each escapes what a terminal hides, without a change of the value.

use serde_json::Value;

use crate::escape::{escaped, escaped_for_yaml};
use crate::output::selection::Selection;
use crate::text::printable;

/// Returns an indented document of JSON.
pub(super) fn json(value: &Value) -> String {
    escaped(&format!("{value:#}\n"))
}

/// Returns lines of comma-separated values (RFC 4180), after a header. The format has no escapes: what a
/// terminal hides is escaped only if one `is_shown`.
pub(super) fn csv(selection: &Selection<'_>, items: &[Value], is_shown: bool) -> String {
    let columns = &selection.columns;
    let header: Vec<_> = columns.iter().map(|column| field(&column.name())).collect();
    let mut text = header.join(",") + "\r\n";
    for item in items {
        let texts = columns.iter().map(|column| column.text(item));
        let fields = texts.map(|text| match is_shown {
            true => field(&printable(&text)),
            false => field(&text),
        });
        let fields: Vec<_> = fields.collect();
        text += &(fields.join(",") + "\r\n");
    }
    text
}

fn field(text: &str) -> String {
    match text.contains(['"', ',', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

/// Returns a document of YAML 1.2.
pub(crate) fn yaml(value: &Value) -> String {
    let mut text = String::new();
    write_yaml(&mut text, value, 0);
    text
}

fn write_yaml(text: &mut String, value: &Value, indent: usize) {
    let margin = " ".repeat(indent);
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (name, value) in object {
                text.push_str(&format!("{margin}{}:", scalar(&Value::from(name.as_str()))));
                write_member(text, value, indent);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                // The first member of an item stands behind its dash.
                let start = text.len() + indent;
                match is_simple(item) {
                    true => text.push_str(&format!("{margin}- {}\n", scalar(item))),
                    false => {
                        write_yaml(text, item, indent + 2);
                        text.replace_range(start..start + 1, "-");
                    }
                }
            }
        }
        value => text.push_str(&format!("{margin}{}\n", scalar(value))),
    }
}

fn write_member(text: &mut String, value: &Value, indent: usize) {
    match is_simple(value) {
        true => text.push_str(&format!(" {}\n", scalar(value))),
        false => {
            text.push('\n');
            write_yaml(text, value, indent + 2);
        }
    }
}

/// Returns `true` for a value that fits in a line.
fn is_simple(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    }
}

/// Returns a value that fits in a line. A text without quotes begins with a letter, and no version of
/// YAML takes it for anything else.
fn scalar(value: &Value) -> String {
    let Value::String(text) = value else {
        return value.to_string();
    };
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-./@+ ".contains(&byte))
        && !text.ends_with(' ')
        && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
            .contains(&text.to_lowercase().as_str());
    match is_plain {
        true => text.clone(),
        // The escapes of JSON are escapes of YAML, except pairs of surrogates.
        false => escaped_for_yaml(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::escape::json_line;

    #[test]
    fn hidden_characters_are_escapes_with_the_same_value() {
        let value = json!({ "name": "a\u{202e}b\u{e0001}c\u{9b}\n" });
        let line = json_line(&value);
        assert_eq!(line, r#"{"name":"a\u202eb\udb40\udc01c\u009b\n"}"#);
        let read: Result<Value, _> = serde_json::from_str(&line);
        assert_eq!(read.ok(), Some(value.clone()));
        assert_eq!(yaml(&value), "name: \"a\\u202eb\\U000e0001c\\u009b\\n\"\n");
    }

    #[test]
    fn yaml_quotes_what_could_be_something_else() {
        let value = json!({
            "plain": "Sales EMEA",
            "list": ["yes", "1", "", "a: b", "- x", {"a": [], "b": {"c": null}}, ["x"]],
            "n": 1.5,
        });
        let expected = r#"plain: Sales EMEA
list:
  - "yes"
  - "1"
  - ""
  - "a: b"
  - "- x"
  - a: []
    b:
      c: null
  - - x
"n": 1.5
"#;
        assert_eq!(yaml(&value), expected);
    }
}
