//! The conditions of a search.

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

use crate::resources::collections::{Object, text};

/// Returns `true` if a resource fits the conditions in the body of a search. `mode` joins them: all
/// of them, or any.
pub(crate) fn fits(object: &Object, conditions: &Map<String, Value>) -> bool {
    let mut known = conditions
        .iter()
        .filter(|(name, value)| !matches!(name.as_str(), "mode" | "order") && !value.is_null())
        .peekable();
    match conditions.get("mode").and_then(Value::as_str) {
        Some("OR") if known.peek().is_some() => known.any(|(name, value)| fit(object, name, value)),
        _ => known.all(|(name, value)| fit(object, name, value)),
    }
}

fn fit(object: &Object, name: &str, wanted: &Value) -> bool {
    let property = |name: &str| object.get(name).unwrap_or(&Value::Null);
    if let Some(name) = name.strip_suffix("_from") {
        let times = time(property(name)).zip(time(wanted));
        return times.is_some_and(|(actual, earliest)| actual >= earliest);
    }
    if let Some(name) = name.strip_suffix("_to") {
        let times = time(property(name)).zip(time(wanted));
        return times.is_some_and(|(actual, latest)| actual <= latest);
    }
    let actual = property(name);
    match (name, wanted) {
        ("sip_connections_skip", Value::Array(skipped)) => {
            let connection = property("sip_connection");
            connection.is_null() || !skipped.contains(connection)
        }
        ("message", Value::String(part)) => text(object, name).contains(part.as_str()),
        ("tn" | "from" | "to", Value::String(mask)) => fits_mask(&digits(actual), mask),
        ("tn", _) => digits(actual) == digits(wanted),
        _ => actual == wanted,
    }
}

/// Returns a time, whose offset can be any.
fn time(value: &Value) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(value.as_str()?).ok()
}

/// Returns a telephone number without a plus sign.
pub(crate) fn digits(number: &Value) -> String {
    match number {
        Value::String(number) => number.trim_start_matches('+').to_owned(),
        number => number.to_string(),
    }
}

/// Sorts results by the properties in `order`, each `ASC` or `DESC`.
pub(crate) fn sort<T>(found: &mut [T], order: Option<&Value>, object: impl Fn(&T) -> &Object) {
    let order = order.and_then(Value::as_object).into_iter().flatten();
    // The sort is stable, so the property that counts most comes last.
    for (name, direction) in order.rev() {
        found.sort_by(|first, second| {
            let order = sort_key(object(first), name).cmp(&sort_key(object(second), name));
            match direction.as_str() {
                Some("DESC") => order.reverse(),
                _ => order,
            }
        });
    }
}

/// Returns a property for comparison: numbers by their value, and everything else as text.
fn sort_key(object: &Object, name: &str) -> (i64, String) {
    match object.get(name) {
        Some(Value::Number(number)) => (number.as_i64().unwrap_or(i64::MAX), String::new()),
        Some(Value::String(text)) => (0, text.clone()),
        Some(value) => (0, value.to_string()),
        None => (i64::MIN, String::new()),
    }
}

/// Returns `true` if digits fit a mask, in which `%` is any digit and `*` any number of digits.
pub(crate) fn fits_mask(digits: &str, mask: &str) -> bool {
    // The prefixes of the digits that the mask so far fits.
    let mut fits = vec![false; digits.len() + 1];
    fits[0] = true;
    for wanted in mask.trim_start_matches('+').bytes() {
        if wanted == b'*' {
            let mut any = false;
            for fit in &mut fits {
                any |= *fit;
                *fit = any;
            }
        } else {
            for (nth, digit) in digits.bytes().enumerate().rev() {
                fits[nth + 1] = fits[nth] && (wanted == b'%' || wanted == digit);
            }
            fits[0] = false;
        }
    }
    fits[digits.len()]
}

#[cfg(test)]
mod tests {
    use super::fits_mask;

    #[test]
    fn mask_with_wildcards_fits_digits_in_their_places() {
        for (mask, expected) in [
            ("*", true),
            ("2025550160", true),
            ("202555%16%", true),
            ("202555016%", true),
            ("202*60", true),
            ("*0160", true),
            ("*5*5*", true),
            ("202*61", false),
            ("%", false),
            ("", false),
            ("é*", false),
        ] {
            assert_eq!(fits_mask("2025550160", mask), expected, "{mask}");
        }
    }
}
