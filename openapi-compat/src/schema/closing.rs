//! Schemas that limit the properties that they do not describe.
//!
//! A proof takes values with described properties only. If one of two schemas is open and the other one
//! is not, the proof does not see the values that the limit excludes.

use std::collections::HashSet;

use openapi_tree::Node;

use super::types::types;
use crate::element::Element;
use crate::revision::ElementTree;

/// The keywords that limit properties without naming them.
const LIMITS: [&str; 5] = [
    "additionalProperties",
    "maxProperties",
    "patternProperties",
    "propertyNames",
    "unevaluatedProperties",
];

/// The greatest depth of alternatives in alternatives.
const DEEPEST: usize = 8;

/// Returns `true` if a schema limits properties that it does not describe, and another one, which has
/// objects with any properties, does not have the same limit.
pub(super) fn is_closed_further<'a>(
    (document, schema): (&ElementTree<'a>, &Element<'a>),
    (open_document, open): (&ElementTree<'a>, &Element<'a>),
) -> bool {
    let limits = limits(document, schema);
    if limits.is_empty() || is_closed(open_document, open, 0) {
        return false;
    }
    let known = self::limits(open_document, open);
    let is_known = |(keyword, node): &(&str, &Node)| {
        let mut known = known.iter();
        known.any(|(other, known)| keyword == other && node.same(known))
    };
    !limits.iter().all(is_known)
}

/// Returns the limits of a schema, its parts, alternatives and conditions.
fn limits<'a>(document: &ElementTree<'a>, schema: &Element<'a>) -> Vec<(&'static str, &'a Node)> {
    let mut limits = Vec::new();
    let mut known = HashSet::new();
    let mut pending = vec![schema.clone()];
    while let Some(schema) = pending.pop() {
        let schema = document.resolve(schema);
        if !known.insert(schema.pointer.clone()) {
            continue;
        }
        let own = LIMITS.into_iter().filter_map(|keyword| {
            let value = schema.get(keyword)?.node;
            (!allows_any(value)).then_some((keyword, value))
        });
        limits.extend(own);
        for keyword in ["allOf", "anyOf", "oneOf"] {
            pending.extend(schema.items(keyword));
        }
        let conditions = ["if", "then", "else", "not"].into_iter();
        pending.extend(conditions.filter_map(|keyword| schema.get(keyword)));
    }
    limits
}

/// Returns `true` if no object of a schema has a property that the schema does not describe.
fn is_closed(document: &ElementTree<'_>, schema: &Element<'_>, depth: usize) -> bool {
    let schema = document.resolve(schema.clone());
    let limits = ["additionalProperties", "unevaluatedProperties"].into_iter();
    let mut limits = limits.filter_map(|keyword| schema.get(keyword));
    let has_objects = schema
        .get("type")
        .is_none_or(|kinds| types(kinds.node).contains(&"object"));
    if !has_objects || limits.any(|limit| !allows_any(limit.node)) {
        return true;
    }
    if depth == DEEPEST {
        return false;
    }
    let is_closed = |part: &Element<'_>| is_closed(document, part, depth + 1);
    let mut alternatives = ["anyOf", "oneOf"].into_iter().map(|it| schema.items(it));
    schema.items("allOf").iter().any(is_closed)
        || alternatives.any(|list| !list.is_empty() && list.iter().all(is_closed))
}

/// Returns `true` if a limit excludes nothing.
fn allows_any(limit: &Node) -> bool {
    match limit.as_bool() {
        Some(allows) => allows,
        None => limit.as_number().is_none() && limit.entries().is_empty(),
    }
}
