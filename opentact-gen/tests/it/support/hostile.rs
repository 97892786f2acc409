//! Random changes of a document, in its tree and in its text. The fuzz target draws the same.

#[path = "hostile/schemas.rs"]
mod schemas;

use serde_json::{Map, Value, json};

pub(crate) use self::schemas::fill;

/// A function that draws a number below a limit, which is more than 0.
pub(crate) type Choose<'a> = dyn FnMut(usize) -> usize + 'a;

/// Names that are invalid or taken in Rust.
const NAMES: [&str; 16] = [
    "",
    "self",
    "Self",
    "a-b",
    "a_b",
    "aB",
    "2fa",
    "🙂",
    "ŉ",
    "İstanbul",
    "Option",
    "extra",
    "a/b",
    "type",
    "body",
    "$ref",
];

/// Removes the examples, which no longer fit after a change of their schema.
pub(crate) fn without_examples(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|key, _| !matches!(key.as_str(), "example" | "examples"));
            object.values_mut().for_each(without_examples);
        }
        Value::Array(items) => items.iter_mut().for_each(without_examples),
        _ => {}
    }
}

/// Makes one change somewhere in a document.
pub(crate) fn change(document: &mut Value, choose: &mut Choose<'_>) {
    let pointers = pointers(document);
    // Most changes are in schemas, because mistakes elsewhere end the generation early.
    let schemas = pointers.iter().filter(|pointer| is_in_schema(pointer));
    let schemas: Vec<&String> = schemas.collect();
    let pointer = match schemas.is_empty() || choose(8) == 0 {
        true => pick(&pointers, choose).clone(),
        false => (*pick(&schemas, choose)).clone(),
    };
    let other = pick(&pointers, choose).clone();
    let copy = document.pointer(&other).cloned().unwrap_or_default();
    let reference = json!({ "$ref": format!("#{other}") });
    let component = component(document, choose);
    let Some(node) = document.pointer_mut(&pointer) else {
        return;
    };
    match choose(16) {
        0 => remove(node, choose),
        1 => rename(node, choose),
        2 => *node = copy,
        3 => *node = reference,
        4 => *node = component,
        5 => *node = scalar(choose),
        6 => {
            let keyword = *pick(&["allOf", "anyOf", "oneOf"], choose);
            let inside = node.take();
            let others = [component, copy, json!({}), json!({ "type": "object" })];
            let other = pick(&others, choose).clone();
            *node = json!({ keyword: [inside, other] });
        }
        7 => duplicate(node, choose),
        _ => keyword(node, choose),
    }
}

/// Makes one change somewhere in a text.
pub(crate) fn change_text(text: &str, choose: &mut Choose<'_>) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let at = choose(lines.len());
    let other = choose(lines.len());
    match choose(7) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[other]),
        2 => lines.swap(at, other),
        3 => lines.truncate(at + 1),
        4 => {
            let indented = format!("  {}", lines[at]);
            let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
            lines[at] = indented;
            return lines.join("\n");
        }
        5 => {
            let pieces = [
                "[", "}", "\t", "'", "\"", ": ", "- ", "&a ", "*a", "!!x ", "\u{0}", "|", "🙂",
            ];
            let piece = *pick(&pieces, choose);
            let starts = text.char_indices().map(|(at, _)| at);
            let places: Vec<usize> = starts.chain([text.len()]).collect();
            let (before, behind) = text.split_at(*pick(&places, choose));
            return format!("{before}{piece}{behind}");
        }
        _ => {
            let (name, _) = lines[at].split_once(':').unwrap_or_default();
            let value = scalar(choose);
            let line = format!("{name}: {value}");
            let mut lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
            lines[at] = line;
            return lines.join("\n");
        }
    }
    lines.join("\n")
}

fn is_in_schema(pointer: &str) -> bool {
    pointer.contains("/schema") && !pointer.contains("/example") && !pointer.ends_with("/$ref")
}

fn pick<'a, T>(among: &'a [T], choose: &mut Choose<'_>) -> &'a T {
    &among[choose(among.len())]
}

/// Returns the places in a document.
fn pointers(document: &Value) -> Vec<String> {
    let mut pointers = vec![String::new()];
    let mut next = 0;
    while let Some(pointer) = pointers.get(next).cloned() {
        match document.pointer(&pointer) {
            Some(Value::Object(object)) => pointers.extend(object.keys().map(|key| {
                let key = key.replace('~', "~0").replace('/', "~1");
                format!("{pointer}/{key}")
            })),
            Some(Value::Array(items)) => {
                pointers.extend((0..items.len()).map(|index| format!("{pointer}/{index}")));
            }
            _ => {}
        }
        next += 1;
    }
    pointers
}

/// Returns a reference to one of the document's schemas.
fn component(document: &Value, choose: &mut Choose<'_>) -> Value {
    let schemas = document.pointer("/components/schemas");
    let names: Vec<&String> = schemas
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys)
        .collect();
    match names.is_empty() {
        true => json!({}),
        false => json!({ "$ref": format!("#/components/schemas/{}", pick(&names, choose)) }),
    }
}

fn remove(node: &mut Value, choose: &mut Choose<'_>) {
    match node {
        Value::Object(object) if !object.is_empty() => {
            let keys: Vec<String> = object.keys().cloned().collect();
            object.remove(pick(&keys, choose));
        }
        Value::Array(items) if !items.is_empty() => drop(items.remove(choose(items.len()))),
        _ => *node = Value::Null,
    }
}

fn rename(node: &mut Value, choose: &mut Choose<'_>) {
    if let Value::Object(object) = node
        && !object.is_empty()
    {
        let keys: Vec<String> = object.keys().cloned().collect();
        if let Some(value) = object.remove(pick(&keys, choose)) {
            object.insert((*pick(&NAMES, choose)).to_owned(), value);
        }
    }
}

fn duplicate(node: &mut Value, choose: &mut Choose<'_>) {
    match node {
        Value::Object(object) if !object.is_empty() => {
            let keys: Vec<String> = object.keys().cloned().collect();
            let key = pick(&keys, choose);
            let copy = object.get(key).cloned().unwrap_or_default();
            let names = [
                format!("{key}_"),
                format!("{key}-x"),
                key.to_uppercase(),
                key.replace('_', "-"),
            ];
            object.insert(pick(&names, choose).clone(), copy);
        }
        Value::Array(items) if !items.is_empty() => {
            let copy = pick(items, choose).clone();
            items.push(copy);
        }
        _ => {}
    }
}

/// Returns an unusual value.
fn scalar(choose: &mut Choose<'_>) -> Value {
    let scalars = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(4_294_967_296_u64),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1e300),
        json!([]),
        json!({}),
        json!("x".repeat(300)),
        json!("#/components/schemas"),
        json!("*/ \r\n ``` \u{202e} \\"),
    ];
    match choose(2) {
        0 => pick(&scalars, choose).clone(),
        _ => json!(pick(&NAMES, choose)),
    }
}

/// Sets a keyword of a schema or parameter to a possible value.
fn keyword(node: &mut Value, choose: &mut Choose<'_>) {
    let simple = [
        json!({ "type": "string" }),
        json!({ "type": "integer", "minimum": 1 }),
        json!({ "type": "object", "properties": { "a-b": {}, "c": { "type": "string" } }, "required": ["c"] }),
        json!({ "type": "array", "items": { "type": "string" } }),
        json!({ "type": "object", "nullable": true, "enum": [null] }),
        json!({ "type": "string", "enum": ["a", "b"] }),
        json!({ "title": "T", "type": "object", "properties": { "d": { "type": "number" } } }),
        json!({}),
    ];
    let mut schema = || pick(&simple, choose).clone();
    let (first, second, third) = (schema(), schema(), schema());
    let settings = [
        json!({ "type": "object" }),
        json!({ "type": "string" }),
        json!({ "type": "integer" }),
        json!({ "type": "number" }),
        json!({ "type": "boolean" }),
        json!({ "type": "array", "items": first }),
        json!({ "nullable": true }),
        json!({ "format": "uuid" }),
        json!({ "format": "password" }),
        json!({ "format": "int8" }),
        json!({ "format": "date" }),
        json!({ "format": "odd" }),
        json!({ "enum": ["a", "A"] }),
        json!({ "enum": ["up", "down", null] }),
        json!({ "enum": [1, 2] }),
        json!({ "enum": [{ "a": 1 }] }),
        json!({ "minLength": 3, "maxLength": 2 }),
        json!({ "minItems": 2, "maxItems": 2 }),
        json!({ "uniqueItems": true }),
        json!({ "minimum": 1, "exclusiveMinimum": true }),
        json!({ "maximum": 1e300 }),
        json!({ "multipleOf": 0.1 }),
        json!({ "pattern": "^[a" }),
        json!({ "required": ["a", "b"] }),
        json!({ "properties": { "a": first, "b": second } }),
        json!({ "properties": { "extra": first, "x": second }, "additionalProperties": third }),
        json!({ "additionalProperties": first }),
        json!({ "additionalProperties": false }),
        json!({ "items": first }),
        json!({ "allOf": [first, second] }),
        json!({ "anyOf": [first, second, third] }),
        json!({ "oneOf": [first, second] }),
        json!({ "oneOf": [{ "allOf": [first, second] }, third] }),
        json!({ "allOf": [{ "oneOf": [first, second] }, { "anyOf": [second, third] }] }),
        json!({ "not": first }),
        json!({ "title": "Group" }),
        json!({ "default": 7 }),
        json!({ "discriminator": { "propertyName": "kind" } }),
        json!({ "in": "header" }),
        json!({ "in": "query" }),
        json!({ "explode": false }),
        json!({ "style": "deepObject" }),
        json!({ "schema": first }),
        json!({ "x-rust-type": { "crate": "a", "version": "1", "path": "a::B" } }),
        json!({ "x-dropshot-pagination": {} }),
        json!({ "readOnly": true }),
    ];
    let Value::Object(object) = node else {
        *node = first;
        return;
    };
    if let Value::Object(setting) = pick(&settings, choose).clone() {
        object.extend(setting);
    }
}
