//! An alternative that is `null`, as OpenAPI 3.1 writes what is `nullable` in 3.0.

use openapi_tree::{Node, Value};

use crate::annotation::is_annotation_or_access;

const TYPE: &str = "type";
const ENUM: &str = "enum";
const NULL: &str = "null";

/// The keywords of an alternative that say something about `null`, or that mean something else in
/// another place.
const KEPT_APART: [&str; 9] = [
    "$anchor", "$defs", "$id", "$ref", "allOf", "anyOf", "if", "not", "oneOf",
];

/// The key of alternatives that became a list of types. It is no keyword, so that the alternatives
/// say nothing. They are compared with longer lists of alternatives.
pub(crate) const FOLDED: &str = "(folded)";

/// Removes the alternatives that say nothing from a value that is shown, and writes the schema that
/// excludes everything as `false`.
pub(crate) fn remove_folded(value: &mut serde_json::Value) {
    if is_false(value) {
        *value = serde_json::Value::Bool(false);
    }
    match value {
        serde_json::Value::Object(members) => {
            members.remove(FOLDED);
            members.values_mut().for_each(remove_folded);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(remove_folded),
        _ => {}
    }
}

/// Returns `true` for the form in which the dialect writes the schema `false`.
fn is_false(value: &serde_json::Value) -> bool {
    value.as_object().is_some_and(|keywords| {
        let excluded = keywords.get("not").and_then(|not| not.as_object());
        keywords.len() == 1 && excluded.is_some_and(serde_json::Map::is_empty)
    })
}

/// Writes `anyOf: [{type: string}, {type: "null"}]` as `type: [string, "null"]`.
pub(super) fn rewrite(schema: &mut Node) {
    for keyword in ["anyOf", "oneOf"] {
        let alternatives = schema.get(keyword).map_or(&[][..], Node::items);
        let other = match alternatives {
            [null, other] | [other, null] if is_null(null) && is_simple(other) => other,
            _ => continue,
        };
        if !schema
            .entries()
            .iter()
            .all(|entry| entry.key == keyword || is_annotation_or_access(&entry.key))
        {
            continue;
        }
        let mut other = other.clone();
        let Some(mut removed) = schema.remove(keyword) else {
            continue;
        };
        let null = Node {
            span: removed.key_span.clone(),
            value: Value::String(NULL.into()),
        };
        removed.key = FOLDED.into();
        schema.add(removed);
        allow_null(&mut other, &null);
        if let Value::Mapping(keywords) = other.value {
            for entry in keywords.into_entries() {
                if schema.get(&entry.key).is_none() {
                    schema.add(entry);
                }
            }
        }
        return;
    }
}

fn is_null(schema: &Node) -> bool {
    let mut keywords = schema.entries().iter();
    schema.str_at(TYPE) == Some(NULL)
        && keywords.all(|entry| entry.key == TYPE || is_annotation_or_access(&entry.key))
}

/// Returns `true` if a schema has one type, which is not `null`, and no schemas about the same value.
fn is_simple(schema: &Node) -> bool {
    let is_apart = |keyword: &&str| schema.get(keyword).is_some();
    schema.str_at(TYPE).is_some_and(|kind| kind != NULL) && !KEPT_APART.iter().any(is_apart)
}

fn allow_null(schema: &mut Node, null: &Node) {
    if let Some(types) = schema.get_mut(TYPE) {
        types.value = Value::Sequence([types.clone(), null.clone()].into());
    }
    let Some(list) = schema.get_mut(ENUM) else {
        return;
    };
    let mut values = list.items().iter();
    if !values.any(|value| matches!(value.value, Value::Null)) {
        let null = Node {
            span: null.span.clone(),
            value: Value::Null,
        };
        list.change_items(|values| values.push(null));
    }
}
