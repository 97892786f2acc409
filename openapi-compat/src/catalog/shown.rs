//! The form of values in sentences.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::written_number::is_inexact;

/// The number of characters after which a value is cut.
pub(super) const LONGEST: usize = 60;
/// The number of values after which a list is cut.
const MOST: usize = 8;

/// The number up to which all whole numbers are exact if they are read as floating point.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns a value as code on one line. Long values are cut.
pub(super) fn code(value: &Value) -> String {
    let text = text(value);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => in_code(&format!("{}…", &text[..end])),
        None => in_code(&text),
    }
}

/// Returns a text as code.
pub(super) fn in_code(text: &str) -> String {
    format!("`{text}`")
}

/// Returns a value on one line. A string that reads like another value, such as `"true"`, or like
/// none, is quoted, but not a number that JSON has not.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_other = serde_json::from_str::<Value>(&shown).is_ok() && !is_inexact(&shown);
            match shown.is_empty() || is_other {
                true => value.to_string(),
                false => shown,
            }
        }
        Value::Number(number) if !number.is_i64() && !number.is_u64() => {
            // A whole number is shown as it is usually written.
            let is_great = |number: &f64| (EXACT..1e21).contains(&number.abs());
            let great = number.as_f64().filter(is_great);
            great.map_or_else(|| value.to_string(), |great| format!("{great:.0}"))
        }
        value => value.to_string(),
    }
}

/// Returns the values of a list in the form that `show` gives them. Long lists are cut.
pub(super) fn list_by(values: Option<&Value>, show: impl Fn(&Value) -> String) -> String {
    let values: Vec<&Value> = match values {
        Some(Value::Array(list)) => list.iter().collect(),
        // Examples of a schema are a list, but some documents give them names.
        Some(Value::Object(named)) => named.values().collect(),
        other => other.into_iter().collect(),
    };
    let shown: Vec<String> = values.iter().take(MOST).map(|value| show(value)).collect();
    let shown = shown.join(", ");
    match (values.is_empty(), values.len().saturating_sub(MOST)) {
        (true, _) => "none".to_owned(),
        (_, 0) => shown,
        (_, more) => format!("{shown} and {more} more"),
    }
}

/// Returns statuses of responses. They are texts, even if they read like numbers.
pub(super) fn statuses(names: Option<&Value>) -> String {
    list_by(names, |name| in_code(name.as_str().unwrap_or_default()))
}

/// Returns a type, or the alternatives of a list of types.
pub(super) fn types(kind: &Value) -> String {
    match kind {
        Value::Array(list) => list.iter().map(types).collect::<Vec<_>>().join(" or "),
        kind => in_code(kind.as_str().unwrap_or_default()),
    }
}

/// Returns names of schemas, each once. A schema without a name is `null`. Long lists are cut.
pub(super) fn schemas(names: Option<&Value>) -> String {
    let names = names.and_then(Value::as_array).into_iter().flatten();
    let mut counts: IndexMap<Option<&str>, usize> = IndexMap::new();
    for name in names {
        *counts.entry(name.as_str()).or_default() += 1;
    }
    let shown = counts
        .iter()
        .take(MOST)
        .map(|(name, count)| match (name, count) {
            (None, 1) => "an unnamed schema".to_owned(),
            (None, count) => format!("{count} unnamed schemas"),
            (Some(name), 1) => in_code(name),
            (Some(name), count) => format!("{} ({count} times)", in_code(name)),
        });
    let shown = shown.collect::<Vec<_>>().join(", ");
    let more: usize = counts.values().skip(MOST).sum();
    match more {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Returns the alternatives of a schema, by keyword, or the name of a schema without alternatives.
pub(super) fn composition(parts: Option<&Value>) -> String {
    if let Some(name) = parts.filter(|parts| parts.is_string()) {
        return code(name);
    }
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
