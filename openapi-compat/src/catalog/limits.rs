//! Limits that exclude their bound, in words that suit every version of OpenAPI: it is a flag beside
//! `minimum` in OpenAPI 3.0, and a number of its own in OpenAPI 3.1.

use serde_json::Value;

use super::contrast::transition_by;
use super::shown::{code, in_code};

/// The keyword of an end, its exclusive form, and the words for values beyond a bound.
const ENDS: [(&str, &str, &str); 2] = [
    ("minimum", "exclusiveMinimum", "more than"),
    ("maximum", "exclusiveMaximum", "less than"),
];

/// Returns a limit as code. One that is beyond all exact numbers is a text.
pub(super) fn limit(value: &Value) -> String {
    value.as_str().map_or_else(|| code(value), in_code)
}

/// Returns the change of a limit that excludes its bound in one revision at least.
pub(super) fn exclusive_limit(
    subject: &str,
    old: Option<&Value>,
    new: Option<&Value>,
) -> Option<String> {
    let has = |keyword: &str| {
        [old, new]
            .iter()
            .flatten()
            .any(|limits| limits.get(keyword).is_some())
    };
    let (end, exclusive, beyond) = ENDS.into_iter().find(|(_, exclusive, _)| has(exclusive))?;
    let bound = |limits: Option<&Value>| {
        let limits = limits?;
        let excluded = limits
            .get(exclusive)
            .map(|bound| format!("{beyond} {}", limit(bound)));
        excluded.or_else(|| limits.get(end).map(limit))
    };
    let shown = |text: &Value| text.as_str().unwrap_or_default().to_owned();
    let (old, new) = (bound(old).map(Value::String), bound(new).map(Value::String));
    let change = transition_by(shown, old.as_ref(), new.as_ref());
    Some(format!("the {end} of {subject} {change}"))
}
