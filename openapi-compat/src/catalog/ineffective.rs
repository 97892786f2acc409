//! Sentences about keywords that say nothing where they stand.

use serde_json::Value;

use super::contrast::transition;
use super::shown::types;

/// The keywords for the least and the greatest size, each by type.
const SIZES: [[(&str, &str); 5]; 2] = [
    [
        ("integer", "minimum"),
        ("number", "minimum"),
        ("string", "minLength"),
        ("array", "minItems"),
        ("object", "minProperties"),
    ],
    [
        ("integer", "maximum"),
        ("number", "maximum"),
        ("string", "maxLength"),
        ("array", "maxItems"),
        ("object", "maxProperties"),
    ],
];

/// Returns the change of a keyword, with the type that it says nothing about and the keyword that is
/// probably meant. The values are objects with the keyword and the type.
pub(super) fn ineffective(
    keyword: &str,
    subject: &str,
    old: Option<&Value>,
    new: Option<&Value>,
) -> String {
    let of = |values: Option<&Value>, name: &str| values?.get(name).cloned();
    let change = transition(of(old, keyword).as_ref(), of(new, keyword).as_ref());
    let kind = of(new, "type").unwrap_or_default();
    let shown = types(&kind);
    let meant = match meant(keyword, &kind) {
        Some(meant) => format!("; `{meant}` is probably meant"),
        None => String::new(),
    };
    format!("`{keyword}` of {subject} {change}, but it has no effect on the type {shown}{meant}")
}

fn meant(keyword: &str, kind: &Value) -> Option<&'static str> {
    let kind = match kind {
        Value::Array(kinds) => kinds.first()?,
        kind => kind,
    };
    let of_end = SIZES
        .iter()
        .find(|sizes| sizes.iter().any(|(_, known)| *known == keyword))?;
    let (_, meant) = of_end.iter().find(|(known, _)| *kind == *known)?;
    Some(meant)
}
