//! Schemas of OpenAPI 3.0 in the words of JSON Schema 2020-12, for the prover.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use openapi_tree::Pointer;

use crate::revision::{At, Side};

/// How many schemas a proof may reach: it is to end in a moment.
const MOST_SCHEMAS: usize = 200;

/// How many of these may be `oneOf` or `not`: where they stand in each other, each one more takes
/// the prover twice as long.
const MOST_EXCLUSIONS: usize = 8;

/// The assertions that mean the same in both.
const ASSERTIONS: [&str; 14] = [
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "required",
    "type",
];

/// Formats that say how a value is shown, not what it may be.
const HINTS: [&str; 1] = ["password"];

/// Says the facets of a schema of OpenAPI 3.0 in JSON Schema.
pub(crate) fn facets(schema: &Map<String, Value>) -> Map<String, Value> {
    let mut facets: Map<String, Value> = schema
        .iter()
        .filter(|(keyword, _)| ASSERTIONS.contains(&keyword.as_str()))
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect();
    if let Some(kind @ Value::String(_)) = schema.get("type")
        && schema.get("nullable") == Some(&json!(true))
    {
        facets.insert("type".to_owned(), json!([kind, "null"]));
    }
    for (limit, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if schema.get(exclusive) == Some(&json!(true))
            && let Some(bound) = facets.remove(limit)
        {
            facets.insert(exclusive.to_owned(), bound);
        }
    }
    // Values that are listed are taken to be of the format.
    let format = schema.get("format").and_then(Value::as_str);
    if let Some(format) = format.filter(|_| !schema.contains_key("enum")) {
        let numbers = matches!(facets.get("type"), Some(kind) if is_number(kind));
        facets.insert("allOf".to_owned(), json!([format_schema(format, numbers)]));
    }
    facets
}

fn is_number(kind: &Value) -> bool {
    let number = |kind: &Value| *kind == "integer" || *kind == "number";
    number(kind)
        || kind
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(number))
}

/// What a format allows: of numbers a range, of strings something of which nothing else is
/// known. So a format is within itself and within no other.
fn format_schema(format: &str, numbers: bool) -> Value {
    match format {
        "int32" if numbers => json!({"minimum": i32::MIN, "maximum": i32::MAX}),
        "int64" if numbers => json!({"minimum": i64::MIN, "maximum": i64::MAX}),
        "float" if numbers => json!({"minimum": f32::MIN, "maximum": f32::MAX}),
        "double" if numbers => json!({"minimum": f64::MIN, "maximum": f64::MAX}),
        _ if HINTS.contains(&format) => json!({}),
        // A private-use character, so that it meets no other pattern.
        _ => json!({"pattern": format!("\u{E000}{}\u{E000}", regex_literal(format))}),
    }
}

fn regex_literal(text: &str) -> String {
    let code = |character: char| format!("{:x}", u32::from(character));
    text.chars()
        .map(|character| match character.is_ascii_alphanumeric() {
            true => character.to_string(),
            false => format!("_{}_", code(character)),
        })
        .collect()
}

/// A schema that stands alone, with all that it refers to under `$defs`. Nothing where that is
/// too much for a proof.
pub(crate) fn whole(side: &Side<'_>, at: &At<'_>) -> Option<Value> {
    let mut translation = Translation {
        side,
        names: BTreeMap::new(),
        definitions: Map::new(),
        pending: Vec::new(),
        exclusions: 0,
    };
    let mut schema = translation.schema(at);
    while !translation.is_too_much()
        && let Some((name, at)) = translation.pending.pop()
    {
        let definition = translation.schema(&at);
        translation.definitions.insert(name, definition);
    }
    if translation.is_too_much() {
        return None;
    }
    let definitions = std::mem::take(&mut translation.definitions);
    if has_circle(&definitions) {
        return None;
    }
    if let (Value::Object(schema), false) = (&mut schema, definitions.is_empty()) {
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Some(schema)
}

struct Translation<'s, 'a> {
    side: &'s Side<'a>,
    /// The names of definitions, by the pointers of what they define.
    names: BTreeMap<Pointer, String>,
    definitions: Map<String, Value>,
    pending: Vec<(String, At<'a>)>,
    /// How many schemas exclude something.
    exclusions: usize,
}

impl<'a> Translation<'_, 'a> {
    fn is_too_much(&self) -> bool {
        self.definitions.len() > MOST_SCHEMAS || self.exclusions > MOST_EXCLUSIONS
    }

    fn schema(&mut self, at: &At<'a>) -> Value {
        if openapi_tree::reference(at.node).is_some() {
            let target = self.side.resolve(at.clone());
            let number = self.names.len();
            let name = self.names.entry(target.pointer.clone()).or_insert_with(|| {
                let name = format!("schema{number}");
                self.pending.push((name.clone(), target));
                name
            });
            return json!({"$ref": format!("#/$defs/{name}")});
        }
        let Value::Object(said) = at.node.to_json() else {
            return json!(true);
        };
        let excludes = |keyword| usize::from(said.contains_key(keyword));
        self.exclusions += excludes("oneOf") + excludes("not");
        let mut schema = facets(&said);
        for keyword in ["items", "not", "additionalProperties"] {
            if let Some(inside) = at.get(keyword) {
                let inside = match inside.node.as_bool() {
                    Some(value) => json!(value),
                    None => self.schema(&inside),
                };
                schema.insert(keyword.to_owned(), inside);
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let inside = at.items(keyword);
            if !inside.is_empty() {
                let mut inside: Vec<Value> = inside.iter().map(|at| self.schema(at)).collect();
                if let Some(Value::Array(format)) = schema.remove(keyword) {
                    inside.extend(format);
                }
                schema.insert(keyword.to_owned(), Value::Array(inside));
            }
        }
        if let Some(properties) = at.get("properties") {
            let properties: Map<String, Value> = properties
                .entries()
                .map(|(name, at)| (name.to_owned(), self.schema(&at)))
                .collect();
            schema.insert("properties".to_owned(), Value::Object(properties));
        }
        Value::Object(schema)
    }
}

/// Whether a definition is made of itself: the prover would not come to an end.
fn has_circle(definitions: &Map<String, Value>) -> bool {
    // What is made of nothing but such as have no circle has none either.
    let mut left: BTreeMap<&str, Vec<&str>> = definitions
        .iter()
        .map(|(name, schema)| (name.as_str(), parts(schema)))
        .collect();
    loop {
        let names: BTreeSet<&str> = left.keys().copied().collect();
        left.retain(|_, parts| parts.iter().any(|part| names.contains(part)));
        if left.len() == names.len() {
            return !left.is_empty();
        }
    }
}

/// The definitions that a schema is made of, those of its properties and items apart.
fn parts(schema: &Value) -> Vec<&str> {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let reference = reference.and_then(|target| target.strip_prefix("#/$defs/"));
    let joined = ["allOf", "anyOf", "oneOf"].into_iter();
    let joined = joined.filter_map(|keyword| schema.get(keyword)?.as_array());
    let inside = joined.flatten().chain(schema.get("not"));
    inside.flat_map(parts).chain(reference).collect()
}
