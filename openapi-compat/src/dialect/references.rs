//! References with keywords beside them, which count in OpenAPI 3.1.

use openapi_tree::{Entry, Mapping, Node, Value};

const REFERENCE: &str = "$ref";
const ALL_OF: &str = "allOf";

/// The keywords that say nothing about values.
const WITHOUT_EFFECT: [&str; 8] = [
    REFERENCE,
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$schema",
    "$vocabulary",
];

/// Leaves a `nullable` beside a reference in OpenAPI 3.0, where it has no effect and is reported, and
/// no other keyword.
pub(super) fn rewrite_nullable(schema: &mut Node) {
    if !schema.is_true("nullable") {
        return; // keywords beside a reference have no effect
    }
    let Value::Mapping(keywords) = &mut schema.value else {
        return;
    };
    let keywords = std::mem::replace(keywords, Mapping::new(Vec::new())).into_entries();
    let kept = keywords.into_iter();
    let kept = kept.filter(|entry| matches!(entry.key.as_str(), REFERENCE | "nullable"));
    schema.value = Value::Mapping(Mapping::new(kept.collect()));
    rewrite(schema);
}

/// Makes a reference with keywords beside it a part of `allOf`.
pub(super) fn rewrite(schema: &mut Node) {
    let mut keywords = schema.entries().iter();
    if keywords.all(|entry| WITHOUT_EFFECT.contains(&entry.key.as_str())) {
        return;
    }
    let Some(reference) = schema.remove(REFERENCE) else {
        return;
    };
    let (key_span, span) = (reference.key_span.clone(), reference.node.span.clone());
    let part = Node {
        span: span.clone(),
        value: Value::Mapping(Mapping::new(vec![reference])),
    };
    let parts = schema.get_mut(ALL_OF);
    if let Some(parts) = parts.filter(|parts| matches!(parts.value, Value::Sequence(_))) {
        parts.change_items(|parts| parts.push(part));
        return;
    }
    schema.add(Entry {
        key: ALL_OF.into(),
        key_span,
        node: Node {
            span,
            value: Value::Sequence([part].into()),
        },
    });
}
