//! Schemas of OpenAPI 3.0 as JSON Schema that a prover can take.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use openapi_tree::{Holds, JsonSchemas, Node, SUBSCHEMA_KEYWORDS, resolve, subschemas};
use serde_json::{Map, Value, json};

/// The number of schemas that a proof may involve, so that it takes little time.
const MAX_SCHEMAS: usize = 200;

/// The number of schemas with `oneOf` or `not` that a proof may involve, because each nested one
/// doubles the time.
const MAX_EXCLUSIONS: usize = 8;

/// Returns the assertions of an OpenAPI schema about the value itself, without its subschemas.
pub(crate) fn assertions(schema: &Map<String, Value>) -> Value {
    let mut assertions = openapi_tree::assertions(schema);
    replace_format(&mut assertions);
    Value::Object(assertions)
}

/// Returns a schema that stands alone, with everything that it refers to under `$defs`. Returns
/// `None` if it is too large for a proof, or refers to itself in a way that a prover cannot end.
pub(crate) fn schema(root: &Node, schema: &Node) -> Option<Value> {
    if has_many_exclusions(root, schema) {
        return None;
    }
    let mut schema = JsonSchemas::new(root).standalone(schema, MAX_SCHEMAS)?;
    let mut exclusions = 0;
    visit(&mut schema, &mut |schema| {
        exclusions += usize::from(schema.contains_key("oneOf"));
        exclusions += usize::from(schema.contains_key("not"));
        replace_format(schema);
    });
    if exclusions > MAX_EXCLUSIONS {
        return None;
    }
    let definitions = schema.get("$defs").and_then(Value::as_object);
    (!definitions.is_some_and(has_circle)).then_some(schema)
}

/// Returns `true` if a schema involves more `oneOf` and `not` than a proof may. A long chain of them
/// would otherwise be translated for each of its members.
fn has_many_exclusions(root: &Node, schema: &Node) -> bool {
    let mut exclusions = 0;
    let mut visited = HashSet::new();
    let mut pending = vec![schema];
    while let Some(schema) = pending.pop() {
        let Some(schema) = resolve(root, schema) else {
            continue;
        };
        if !visited.insert(std::ptr::from_ref(schema)) {
            continue;
        }
        exclusions += usize::from(schema.get("oneOf").is_some());
        exclusions += usize::from(schema.get("not").is_some());
        if exclusions > MAX_EXCLUSIONS || visited.len() > MAX_SCHEMAS {
            break;
        }
        pending.extend(subschemas(schema).map(|(_, part)| part));
    }
    exclusions > MAX_EXCLUSIONS
}

/// Calls `change` on a schema and every schema below it.
fn visit(schema: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    let Value::Object(keywords) = schema else {
        return;
    };
    let definitions = ("$defs", Holds::Named);
    for (keyword, holds) in SUBSCHEMA_KEYWORDS.into_iter().chain([definitions]) {
        match (holds, keywords.get_mut(keyword)) {
            (Holds::One, Some(part)) => visit(part, change),
            (Holds::List, Some(Value::Array(parts))) => {
                parts.iter_mut().for_each(|part| visit(part, change));
            }
            (Holds::Named, Some(Value::Object(parts))) => {
                parts.values_mut().for_each(|part| visit(part, change));
            }
            _ => {}
        }
    }
    change(keywords);
}

/// Replaces `format`, about which provers know nothing, by what it asserts. Listed values are
/// assumed to be of the format.
fn replace_format(schema: &mut Map<String, Value>) {
    let Some(Value::String(format)) = schema.remove("format") else {
        return;
    };
    if schema.contains_key("enum") {
        return;
    }
    let is_number = schema.get("type").is_some_and(allows_numbers);
    let asserted = format_schema(&format, is_number);
    match schema.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.push(asserted),
        _ => {
            schema.insert("allOf".to_owned(), json!([asserted]));
        }
    }
}

fn allows_numbers(kind: &Value) -> bool {
    match kind {
        Value::Array(kinds) => kinds.iter().any(allows_numbers),
        kind => *kind == "integer" || *kind == "number",
    }
}

/// Returns the values of a format: a range of numbers, or strings about which nothing else is known.
/// Therefore a format of strings includes itself and no other format.
fn format_schema(format: &str, is_number: bool) -> Value {
    match format {
        "int32" if is_number => json!({"minimum": i32::MIN, "maximum": i32::MAX}),
        "int64" if is_number => json!({"minimum": i64::MIN, "maximum": i64::MAX}),
        "float" if is_number => json!({"minimum": f32::MIN, "maximum": f32::MAX}),
        "double" if is_number => json!({"minimum": f64::MIN, "maximum": f64::MAX}),
        // A hint for a display.
        "password" => json!({}),
        // Private-use characters keep the pattern from matching what another pattern matches.
        _ => json!({"pattern": format!("\u{E000}{}\u{E000}", regex_literal(format))}),
    }
}

fn regex_literal(text: &str) -> String {
    let literal = |character: char| match character.is_ascii_alphanumeric() {
        true => character.to_string(),
        false => format!("_{:x}_", u32::from(character)),
    };
    text.chars().map(literal).collect()
}

/// Returns `true` if a definition consists of itself, so that a prover would not end.
fn has_circle(definitions: &Map<String, Value>) -> bool {
    // A definition that consists only of definitions without a circle has none either.
    let mut remaining: BTreeMap<&str, Vec<&str>> = definitions
        .iter()
        .map(|(name, schema)| (name.as_str(), parts(schema)))
        .collect();
    loop {
        let names: BTreeSet<&str> = remaining.keys().copied().collect();
        remaining.retain(|_, parts| parts.iter().any(|part| names.contains(part)));
        if remaining.len() == names.len() {
            return !remaining.is_empty();
        }
    }
}

/// Returns the definitions that a schema consists of, without those of its properties and items.
fn parts(schema: &Value) -> Vec<&str> {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let reference = reference.and_then(|target| target.strip_prefix("#/$defs/"));
    let composed = ["allOf", "anyOf", "oneOf"].into_iter();
    let composed = composed.filter_map(|keyword| schema.get(keyword)?.as_array());
    let inside = composed.flatten().chain(schema.get("not"));
    inside.flat_map(parts).chain(reference).collect()
}
