//! Edits of schemas: those that only allow more values, and any others.

use serde_json::{Value, json};

use super::schemas::{NAMES, PATTERNS, entries};

/// Returns all schemas that are one edit away and allow all values of the schema.
pub(crate) fn wider(schema: &Value) -> Vec<Value> {
    let mut edited = Vec::new();
    let set = |keyword: &str, value: Value| with(schema, keyword, Some(value));
    for least in ["minimum", "minLength", "minItems", "minProperties"] {
        if let Some(bound) = schema.get(least).and_then(Value::as_i64)
            && (least == "minimum" || bound > 0)
        {
            edited.push(set(least, json!(bound - 1)));
        }
    }
    for most in ["maximum", "maxLength", "maxItems", "maxProperties"] {
        if let Some(bound) = schema.get(most).and_then(Value::as_i64) {
            edited.push(set(most, json!(bound + 1)));
        }
    }
    for exclusive in ["exclusiveMinimum", "exclusiveMaximum", "uniqueItems"] {
        if schema.get(exclusive) == Some(&json!(true)) {
            edited.push(set(exclusive, json!(false)));
        }
    }
    if schema.get("type").is_some() && schema.get("nullable") != Some(&json!(true)) {
        edited.push(set("nullable", json!(true)));
    }
    if schema.get("type") == Some(&json!("integer")) && schema.get("format").is_none() {
        edited.push(set("type", json!("number")));
    }
    if let Some(list) = schema.get("enum").and_then(Value::as_array) {
        for value in [json!("new"), json!(7), json!(null)] {
            let mut list = list.clone();
            if !list.contains(&value) {
                list.push(value);
                edited.push(set("enum", list.into()));
            }
        }
    }
    if let Some(list) = schema.get("anyOf").and_then(Value::as_array) {
        let mut list = list.clone();
        if list.len() > 1 {
            list.push(json!({"type": "boolean"}));
            edited.push(set("anyOf", list.into()));
        }
    }
    if schema.get("multipleOf") == Some(&json!(4)) {
        edited.push(set("multipleOf", json!(2)));
    }
    if schema.get("additionalProperties") == Some(&json!(false)) {
        edited.push(set("additionalProperties", json!(true)));
        edited.push(set("additionalProperties", json!({"type": "string"})));
    }
    let assertions = [
        "minimum",
        "maximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "pattern",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
        "enum",
        "required",
        "not",
    ];
    for assertion in assertions {
        if schema.get(assertion).is_some() {
            let mut without = with(schema, assertion, None);
            let exclusive = match assertion {
                "minimum" => "exclusiveMinimum",
                "maximum" => "exclusiveMaximum",
                _ => "",
            };
            without = with(&without, exclusive, None);
            edited.push(without);
        }
    }
    if let Some(list) = schema.get("required").and_then(Value::as_array)
        && list.len() > 1
    {
        edited.push(with(schema, "required", Some(list[1..].into())));
    }
    // A wider part of `oneOf` or `not` does not make the whole wider.
    edited.extend(inside(
        schema,
        &["items", "additionalProperties"],
        &["allOf", "anyOf"],
        wider,
    ));
    edited
}

/// Returns all schemas that are one edit away and accept all former requests: those that are wider,
/// and those with an additional property.
pub(crate) fn compatible(schema: &Value) -> Vec<Value> {
    let mut edited = wider(schema);
    let additional = schema.get("additionalProperties");
    if schema.get("type") == Some(&json!("object")) && additional.is_none_or(Value::is_boolean) {
        let properties = schema.get("properties").cloned().unwrap_or(json!({}));
        let added = with(&properties, "new", Some(json!({"type": "string"})));
        if properties.get("new").is_none() {
            edited.push(with(schema, "properties", Some(added)));
        }
    }
    edited.extend(inside(
        schema,
        &["items", "additionalProperties"],
        &["allOf", "anyOf"],
        compatible,
    ));
    edited
}

/// Returns all schemas that are one edit away.
pub(crate) fn others(schema: &Value) -> Vec<Value> {
    let mut edited = Vec::new();
    let set = |keyword: &str, value: Value| with(schema, keyword, Some(value));
    let kind = schema.get("type").and_then(Value::as_str);
    let (limits, values): (&[&str], &[(&str, Value)]) = match kind {
        Some("string") => (
            &["minLength", "maxLength"],
            &[("format", json!("password"))],
        ),
        Some("integer") => (
            &["minimum", "maximum"],
            &[("multipleOf", json!(2)), ("type", json!("number"))],
        ),
        Some("number") => (
            &["minimum", "maximum"],
            &[("multipleOf", json!(2)), ("type", json!("integer"))],
        ),
        Some("array") => (&["minItems", "maxItems"], &[("uniqueItems", json!(true))]),
        Some("object") => (
            &["minProperties", "maxProperties"],
            &[
                ("additionalProperties", json!(false)),
                ("additionalProperties", json!({"type": "string"})),
                ("required", json!(["a"])),
                ("required", json!(["c"])),
            ],
        ),
        _ => (
            &[],
            &[
                ("type", json!("string")),
                ("type", json!("object")),
                ("type", json!("integer")),
            ],
        ),
    };
    for limit in limits {
        for bound in 1..4 {
            edited.push(set(limit, json!(bound)));
        }
    }
    for (keyword, value) in values {
        edited.push(set(keyword, value.clone()));
    }
    if kind == Some("string") {
        for pattern in PATTERNS {
            edited.push(set("pattern", json!(pattern)));
        }
    }
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if schema.get(bound).is_some() {
            edited.push(set(exclusive, json!(true)));
        }
    }
    if let Some(list) = schema.get("enum").and_then(Value::as_array)
        && list.len() > 1
    {
        edited.push(set("enum", list[1..].into()));
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if let Some(list) = schema.get(keyword).and_then(Value::as_array) {
            let mut longer = list.clone();
            longer.push(json!({"type": "string", "maxLength": 2}));
            edited.push(set(keyword, longer.into()));
            if list.len() > 1 {
                edited.push(set(keyword, list[1..].into()));
            }
            edited.push(json!({"anyOf": list}));
            edited.push(json!({"oneOf": list}));
        }
    }
    for name in NAMES {
        if let Some(known) = schema
            .get("properties")
            .and_then(|properties| properties.get(name))
        {
            edited.push(with(
                schema,
                "properties",
                Some(with(&schema["properties"], name, None)),
            ));
            for other in NAMES.iter().filter(|other| **other != name) {
                let moved = with(&schema["properties"], other, Some(known.clone()));
                edited.push(with(schema, "properties", Some(moved)));
            }
        } else if kind == Some("object") {
            let properties = schema.get("properties").cloned().unwrap_or(json!({}));
            let added = with(&properties, name, Some(json!({"type": "integer"})));
            edited.push(with(schema, "properties", Some(added)));
        }
    }
    if schema.get("nullable") == Some(&json!(true)) {
        edited.push(with(schema, "nullable", None));
    }
    edited.push(json!({"allOf": [schema]}));
    edited.push(json!({"anyOf": [schema, {"type": "integer", "minimum": 2}]}));
    edited.push(json!({"not": {"not": schema}}));
    edited.extend(wider(schema));
    edited.extend(inside(
        schema,
        &["items", "additionalProperties", "not"],
        &["allOf", "anyOf", "oneOf"],
        others,
    ));
    edited
}

/// Returns all schemas whose `oneOf` has an alternative more or less, or a wider one. Some of the
/// new alternatives overlap with the others.
pub(crate) fn alternatives(schema: &Value) -> Vec<Value> {
    let Some(list) = schema.get("oneOf").and_then(Value::as_array) else {
        return inside(
            schema,
            &["items", "additionalProperties"],
            &["allOf"],
            alternatives,
        );
    };
    let set = |list: Vec<Value>| with(schema, "oneOf", Some(list.into()));
    let mut edited = Vec::new();
    for (index, part) in list.iter().enumerate() {
        let mut shorter = list.clone();
        shorter.remove(index);
        if !shorter.is_empty() {
            edited.push(set(shorter));
        }
        for part in wider(part).into_iter().chain([part.clone()]) {
            let mut longer = list.clone();
            longer.push(part.clone());
            edited.push(set(longer));
            let mut changed = list.clone();
            changed[index] = part;
            edited.push(set(changed));
        }
    }
    let added = [
        json!({"type": "number"}),
        json!({"type": "boolean", "nullable": true}),
        json!({"type": "string", "maxLength": 2}),
        json!({"enum": ["a", 1, null]}),
        json!({"type": "object", "additionalProperties": {"type": "integer"}}),
        json!({"allOf": [{"type": "integer"}, {"minimum": 1}]}),
    ];
    for part in added {
        let mut longer = list.clone();
        longer.push(part);
        edited.push(set(longer));
    }
    edited
}

/// Returns all schemas that are one edit of an inner schema away.
fn inside(
    schema: &Value,
    single: &[&str],
    lists: &[&str],
    edit: fn(&Value) -> Vec<Value>,
) -> Vec<Value> {
    let mut edited = Vec::new();
    for keyword in single {
        if let Some(inside) = schema.get(*keyword).filter(|inside| inside.is_object()) {
            let inside = edit(inside).into_iter();
            edited.extend(inside.map(|inside| with(schema, keyword, Some(inside))));
        }
    }
    for (name, property) in schema.get("properties").into_iter().flat_map(entries) {
        for property in edit(property) {
            let properties = with(&schema["properties"], name, Some(property));
            edited.push(with(schema, "properties", Some(properties)));
        }
    }
    for keyword in lists {
        let list = schema.get(*keyword).and_then(Value::as_array);
        for (index, part) in list.into_iter().flatten().enumerate() {
            for part in edit(part) {
                let mut schema = schema.clone();
                schema[*keyword][index] = part;
                edited.push(schema);
            }
        }
    }
    edited
}

/// Returns a mapping with another value for a key, or without the key.
fn with(mapping: &Value, key: &str, value: Option<Value>) -> Value {
    let mut mapping = mapping.as_object().cloned().unwrap_or_default();
    match value {
        Some(value) => mapping.insert(key.to_owned(), value),
        None => mapping.remove(key),
    };
    Value::Object(mapping)
}
