//! Schemas that are booleans.

use openapi_tree::{Entry, Mapping, Node, Value};

/// The keywords that close an object or a list with `false`.
const CLOSING: [&str; 3] = [
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
];

/// Writes `true` as the empty schema, and `false` as the negation of it. The keywords that close
/// something keep `false`.
pub(super) fn rewrite(schema: &mut Node) {
    let empty = |schema: &Node| Node {
        span: schema.span.clone(),
        value: Value::Mapping(Mapping::new(Vec::new())),
    };
    match schema.as_bool() {
        Some(true) => *schema = empty(schema),
        Some(false) => {
            let not = Entry {
                key: "not".into(),
                key_span: schema.span.clone(),
                node: empty(schema),
            };
            schema.value = Value::Mapping(Mapping::new(vec![not]));
        }
        None => {}
    }
    for keyword in CLOSING {
        if let Some(closed) = schema.get_mut(keyword)
            && is_false(closed)
        {
            closed.value = Value::Bool(false);
        }
    }
}

/// Returns `true` if no value is valid against a schema, because it excludes all.
fn is_false(schema: &Node) -> bool {
    match schema.entries() {
        [only] => only.key == "not" && is_empty(&only.node),
        _ => false,
    }
}

fn is_empty(schema: &Node) -> bool {
    matches!(schema.value, Value::Mapping(_)) && schema.entries().is_empty()
}
