//! The stricter of two assertions with the same keyword, which must both hold.

use std::cmp::Ordering;

use openapi_tree::{Node, Value};

use super::types::is_part;

/// Returns the stricter of two values of a keyword, or `None` if neither implies the other.
pub(super) fn stricter<T>(keyword: &str, own: T, other: T, node: fn(&T) -> &Node) -> Option<T> {
    if implies(keyword, node(&own), node(&other)) {
        Some(own)
    } else {
        implies(keyword, node(&other), node(&own)).then_some(other)
    }
}

/// Returns `true` if every value that satisfies one assertion satisfies another one.
fn implies(keyword: &str, strict: &Node, loose: &Node) -> bool {
    let is_at = |end: Ordering| {
        let (strict, loose) = (number(strict), number(loose));
        strict
            .zip(loose)
            .and_then(|(strict, loose)| strict.partial_cmp(&loose))
            == Some(end)
    };
    match keyword {
        _ if strict.same(loose) => true,
        "type" => is_part(strict, loose),
        "enum" => {
            let is_listed = |value: &Node| loose.items().iter().any(|known| known.same(value));
            strict.items().iter().all(is_listed)
        }
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => {
            is_at(Ordering::Greater)
        }
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => {
            is_at(Ordering::Less)
        }
        "uniqueItems" => matches!(strict.value, Value::Bool(true)),
        _ => false,
    }
}

fn number(limit: &Node) -> Option<f64> {
    limit.as_number()?.as_f64()
}
