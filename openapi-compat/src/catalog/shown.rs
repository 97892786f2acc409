//! The form of values in sentences.

use serde_json::{Map, Value};

/// The number of characters after which a value is cut.
const LONGEST: usize = 60;
/// The number of values after which a list is cut.
const MOST: usize = 8;

/// Returns a value as code on one line. Long values are cut.
pub(super) fn code(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        value => value.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// Returns a value as code, or "unset".
pub(super) fn code_or_unset(value: Option<&Value>) -> String {
    value.map_or_else(|| "unset".to_owned(), code)
}

/// Returns the values of a list as code. Long lists are cut.
pub(super) fn list(values: Option<&Value>) -> String {
    let values = values.and_then(Value::as_array);
    let values = values.map_or(&[][..], Vec::as_slice);
    let shown: Vec<String> = values.iter().take(MOST).map(code).collect();
    let shown = shown.join(", ");
    match (values.is_empty(), values.len().saturating_sub(MOST)) {
        (true, _) => "none".to_owned(),
        (_, 0) => shown,
        (_, more) => format!("{shown} and {more} more"),
    }
}

/// Returns a type, or the alternatives of a list of types.
pub(super) fn types(kind: &Value) -> String {
    match kind {
        Value::Array(types) => types.iter().map(code).collect::<Vec<_>>().join(" or "),
        kind => code(kind),
    }
}

/// Returns names of schemas. A schema without a name is `null`.
pub(super) fn schemas(names: Option<&Value>) -> String {
    let names = names.and_then(Value::as_array).into_iter().flatten();
    let names = names.map(|name| match name {
        Value::Null => "an unnamed schema".to_owned(),
        name => code(name),
    });
    names.collect::<Vec<_>>().join(", ")
}

/// Returns the schemas that a schema is composed of, by keyword.
pub(super) fn composition(parts: Option<&Value>) -> String {
    let parts = parts.and_then(Value::as_object).into_iter().flatten();
    let lists: Vec<String> = parts
        .map(|(keyword, names)| format!("`{keyword}` of {}", schemas(Some(names))))
        .collect();
    match lists.is_empty() {
        true => "a schema without alternatives".to_owned(),
        false => lists.join(" and "),
    }
}

/// Returns security requirements.
pub(super) fn requirements(alternatives: Option<&Value>) -> String {
    let scheme = |(name, scopes): (&String, &Value)| {
        let scopes = scopes.as_array().into_iter().flatten();
        let scopes: Vec<&str> = scopes.filter_map(Value::as_str).collect();
        match scopes.is_empty() {
            true => format!("`{name}`"),
            false => format!("`{name}` ({})", scopes.join(", ")),
        }
    };
    let requirement = |schemes: &Map<String, Value>| match schemes.is_empty() {
        true => "none".to_owned(),
        false => schemes.iter().map(scheme).collect::<Vec<_>>().join(" and "),
    };
    let alternatives = alternatives.and_then(Value::as_array).into_iter().flatten();
    let alternatives = alternatives.filter_map(Value::as_object);
    alternatives
        .map(requirement)
        .collect::<Vec<_>>()
        .join(" or ")
}

/// Returns the words about the change of a value that follow its name.
pub(super) fn transition(old: Option<&Value>, new: Option<&Value>) -> String {
    transition_by(code, old, new)
}

/// Returns the words about the change of a value, each value in a form of its own.
pub(super) fn transition_by(
    show: fn(&Value) -> String,
    old: Option<&Value>,
    new: Option<&Value>,
) -> String {
    match (old.map(show), new.map(show)) {
        (Some(old), Some(new)) if old == new => format!("changed (now {new})"),
        (Some(old), Some(new)) => format!("changed from {old} to {new}"),
        (None, Some(new)) => format!("is now {new} (was unset)"),
        (Some(old), None) => format!("is now unset (was {old})"),
        (None, None) => "changed".to_owned(),
    }
}
