//! `minimum` and `maximum`, and their exclusive forms.

use std::cmp::Ordering;

use openapi_tree::{Entry, Node};

/// The inclusive and the exclusive keyword of a limit, and the order of the bounds of which the
/// second is stricter.
const LIMITS: [(&str, &str, Ordering); 2] = [
    ("minimum", "exclusiveMinimum", Ordering::Less),
    ("maximum", "exclusiveMaximum", Ordering::Greater),
];

/// Makes the exclusive limits of OpenAPI 3.0, which are booleans, numbers, and leaves one limit at
/// each end.
pub(super) fn rewrite(schema: &mut Node) {
    for (inclusive, exclusive, stricter) in LIMITS {
        match schema.get(exclusive).map(Node::as_bool) {
            None => {}
            Some(Some(true)) => exclude_bound(schema, inclusive, exclusive),
            Some(Some(false)) => {
                schema.remove(exclusive);
            }
            Some(None) => keep_stricter(schema, inclusive, exclusive, stricter),
        }
    }
}

/// Moves the bound to the exclusive keyword. Without a bound, the keyword has no effect.
fn exclude_bound(schema: &mut Node, inclusive: &str, exclusive: &str) {
    let Some(bound) = schema.remove(inclusive) else {
        return;
    };
    if let Some(flag) = schema.remove(exclusive) {
        schema.add(Entry {
            node: bound.node,
            ..flag
        });
    }
}

/// Removes the limit that the other one makes irrelevant.
fn keep_stricter(schema: &mut Node, inclusive: &str, exclusive: &str, stricter: Ordering) {
    let bound = |keyword: &str| schema.get(keyword)?.as_number()?.as_f64();
    let (Some(inclusive_bound), Some(exclusive_bound)) = (bound(inclusive), bound(exclusive))
    else {
        return;
    };
    let order = exclusive_bound.partial_cmp(&inclusive_bound);
    let irrelevant = match order == Some(stricter) {
        true => exclusive,
        false => inclusive,
    };
    schema.remove(irrelevant);
}
