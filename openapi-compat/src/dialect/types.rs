//! `type` and `nullable`.

use std::sync::LazyLock;

use openapi_tree::{Node, Text, Value};

const TYPE: &str = "type";
const NULLABLE: &str = "nullable";
const NULL: &str = "null";

/// The text that all documents share.
static NULL_TEXT: LazyLock<Text> = LazyLock::new(|| NULL.into());

/// Makes `nullable` a type, and brings the types into one order.
pub(super) fn rewrite(schema: &mut Node) {
    if let Some(null) = null_of_nullable(schema)
        && let Some(types) = schema.get_mut(TYPE)
    {
        add(types, null);
    }
    if let Some(types) = schema.get_mut(TYPE) {
        match &mut types.value {
            Value::Sequence(list) => list.iter_mut().for_each(correct),
            _ => correct(types),
        }
        normalize(types);
    }
}

/// Corrects a name that evidently means a type.
fn correct(name: &mut Node) {
    let Value::String(name) = &mut name.value else {
        return;
    };
    let lower = name.to_ascii_lowercase();
    let meant = match lower.as_str() {
        "int" | "int32" | "int64" | "long" => "integer",
        "float" | "double" | "decimal" => "number",
        "bool" => "boolean",
        "str" => "string",
        "obj" => "object",
        "list" => "array",
        "null" | "boolean" | "integer" | "number" | "string" | "array" | "object" => &lower,
        _ => return,
    };
    *name = meant.into();
}

/// Removes a `nullable` that has an effect or is `false`. Returns the type that it adds. Without a
/// `type` beside it, `nullable` has no effect (OpenAPI 3.0.3).
fn null_of_nullable(schema: &mut Node) -> Option<Node> {
    let is_nullable = schema.get(NULLABLE)?.as_bool()?;
    if is_nullable && schema.get(TYPE).is_none() {
        return None;
    }
    let nullable = schema.remove(NULLABLE)?;
    is_nullable.then(|| Node {
        span: nullable.key_span,
        value: Value::String(NULL_TEXT.clone()),
    })
}

fn add(types: &mut Node, null: Node) {
    match types.value {
        Value::Sequence(_) => drop(types.change_items(|list| list.push(null))),
        Value::String(_) => types.value = Value::Sequence([types.clone(), null].into()),
        _ => {}
    }
}

/// Sorts the types with `null` last, and makes a list of one type that type.
fn normalize(types: &mut Node) {
    let only = types.change_items(sort).flatten();
    if let Some(only) = only {
        types.value = only.value;
    }
}

/// Sorts types. Returns the only one, if it is.
fn sort(list: &mut Vec<Node>) -> Option<Node> {
    let has_number = list.iter().any(|kind| kind.as_str() == Some("number"));
    if has_number {
        list.retain(|kind| kind.as_str() != Some("integer")); // integers are numbers
    }
    list.sort_by(|a, b| {
        let order = |kind: &Node| {
            let name = kind.as_str();
            (name == Some(NULL), name.map(str::to_owned))
        };
        order(a).cmp(&order(b))
    });
    list.dedup_by(|a, b| a.same(b));
    match list.len() {
        1 => list.pop(),
        _ => None,
    }
}
