//! Schemas that only add annotations to another one, as `allOf` with a single reference does. In
//! OpenAPI 3.0 that is the way to describe a reference.

use std::collections::HashSet;

use openapi_tree::reference;

use crate::annotation::is_annotation_or_access;
use crate::element::{Element, Pair};
use crate::revision::ElementTree;

/// Returns the schemas that a pair of schemas adds annotations to, or `None` if neither does.
pub(super) fn annotated<'a>(
    (older, newer): (&ElementTree<'a>, &ElementTree<'a>),
    pair: &Pair<'a>,
) -> Option<Pair<'a>> {
    let base = target(&pair.base).filter(|_| !wraps_itself(older, &pair.base));
    let head = target(&pair.head).filter(|_| !wraps_itself(newer, &pair.head));
    let is_wrapped = base.is_some() || head.is_some();
    // The other schema can have the same part without a reference.
    let inner = |schema: &Element<'a>| {
        let part = only_part(schema).filter(|part| reference(part.node).is_none());
        part.unwrap_or_else(|| schema.clone())
    };
    is_wrapped.then(|| Pair {
        base: base.unwrap_or_else(|| inner(&pair.base)),
        head: head.unwrap_or_else(|| inner(&pair.head)),
    })
}

/// Returns the only reference of a schema that asserts nothing else.
pub(super) fn target<'a>(schema: &Element<'a>) -> Option<Element<'a>> {
    only_part(schema).filter(|part| reference(part.node).is_some())
}

/// Returns the only part of a schema that asserts nothing else.
fn only_part<'a>(schema: &Element<'a>) -> Option<Element<'a>> {
    let mut parts = Vec::new();
    for (keyword, _) in schema.entries() {
        match keyword {
            "allOf" | "anyOf" | "oneOf" => parts.append(&mut schema.items(keyword)),
            "nullable" => {}
            keyword if is_annotation_or_access(keyword) => {}
            _ => return None,
        }
    }
    let part = parts.pop()?;
    parts.is_empty().then_some(part)
}

/// The greatest number of schemas that wrap each other in a circle.
const LONGEST: usize = 32;

/// Returns `true` if a schema adds annotations to itself, perhaps by way of others.
fn wraps_itself<'a>(document: &ElementTree<'a>, schema: &Element<'a>) -> bool {
    let mut known = HashSet::new();
    let mut schema = schema.clone();
    while known.insert(schema.pointer.clone()) {
        match target(&schema) {
            Some(target) if known.len() <= LONGEST => schema = document.resolve(target),
            _ => return false,
        }
    }
    true
}
