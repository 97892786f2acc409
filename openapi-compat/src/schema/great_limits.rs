//! Limits that are too great to be read exactly, and therefore equal as numbers although their texts
//! differ.

use std::cmp::Ordering;

use serde_json::json;

use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::Context;

/// The upper limits. A greater one allows more values.
const UPPER: [&str; 5] = [
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
];
/// The lower limits. A greater one allows fewer values.
const LOWER: [&str; 5] = [
    "minimum",
    "exclusiveMinimum",
    "minLength",
    "minItems",
    "minProperties",
];

/// Records the limits whose texts differ although their numbers are equal.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    for keyword in UPPER.into_iter().chain(LOWER) {
        let (Some(base), Some(head)) = (schemas.base.value(keyword), schemas.head.value(keyword))
        else {
            continue;
        };
        if !base.same(head) {
            continue; // compared as numbers
        }
        let (base, head) = (
            context.base.great_number(base),
            context.head.great_number(head),
        );
        let (Some(base), Some(head)) = (base, head) else {
            continue;
        };
        let is_upper = UPPER.contains(&keyword);
        let compatibility = match compared(base, head) {
            Ordering::Equal => continue,
            Ordering::Less if is_upper => Compatibility::WIDER,
            Ordering::Greater if !is_upper => Compatibility::WIDER,
            _ => Compatibility::NARROWER,
        };
        let text = |(is_negative, digits): (bool, &str)| {
            let sign = if is_negative { "-" } else { "" };
            Some(json!({ keyword: format!("{sign}{digits}") }))
        };
        let changed = schemas.difference(ChangeId::LimitChanged, keyword);
        let changed = changed.named(keyword).values(text(base), text(head));
        schemas.record(context, changed.with(compatibility));
    }
}

/// Compares whole numbers without zeros at their start.
fn compared(base: (bool, &str), head: (bool, &str)) -> Ordering {
    let by_digits = |a: &str, b: &str| a.len().cmp(&b.len()).then_with(|| a.cmp(b));
    match (base.0, head.0) {
        (false, false) => by_digits(base.1, head.1),
        (true, true) => by_digits(head.1, base.1),
        (is_negative, _) if is_negative => Ordering::Less,
        _ => Ordering::Greater,
    }
}
