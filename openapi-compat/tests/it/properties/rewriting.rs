//! Other forms of the same document.

use openapi_tree::Document;
use serde_json::{Map, Value, json};

/// The lists whose order has no meaning. `allOf` is not among them: if parts contradict each other,
/// the first one is compared.
const SETS: [&str; 6] = ["required", "enum", "parameters", "tags", "anyOf", "oneOf"];

/// Returns a document with its mappings and sets in another order.
pub(crate) fn shuffled(value: &Value, order: &mut impl FnMut(usize) -> usize) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map
                .iter()
                .map(|(key, value)| {
                    let mut value = shuffled(value, order);
                    if let (true, Value::Array(list)) = (SETS.contains(&&**key), &mut value) {
                        shuffle(list, order);
                    }
                    (key.clone(), value)
                })
                .collect();
            shuffle(&mut entries, order);
            Value::Object(entries.into_iter().collect())
        }
        Value::Array(list) => list.iter().map(|value| shuffled(value, order)).collect(),
        _ => value.clone(),
    }
}

fn shuffle<T>(list: &mut [T], order: &mut impl FnMut(usize) -> usize) {
    for last in (1..list.len()).rev() {
        list.swap(last, order(last + 1));
    }
}

/// Returns a document as YAML in blocks, which are indented by `step` spaces.
pub(crate) fn yaml(value: &Value, step: usize) -> String {
    let mut text = "---\n# The same in another form.\n".to_owned();
    block(value, 0, step, &mut text);
    text
}

fn block(value: &Value, indent: usize, step: usize, text: &mut String) {
    let pad = " ".repeat(indent);
    let mut entry = |start: String, value: &Value| {
        let is_flat = value.as_object().is_none_or(Map::is_empty)
            && value.as_array().is_none_or(Vec::is_empty);
        match is_flat {
            true => *text += &format!("{pad}{start} {value} # so\n"),
            false => {
                *text += &format!("{pad}{start}\n\n");
                block(value, indent + step, step, text);
            }
        }
    };
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| entry(format!("{}:", json!(key)), value)),
        Value::Array(list) => list.iter().for_each(|value| entry("-".to_owned(), value)),
        _ => {}
    }
}

/// Returns a document with its references replaced by their targets, except for recursive schemas
/// and the alternatives of a discriminator, whose names are transmitted.
pub(crate) fn inlined(spec: &Value) -> Value {
    let mut inlined = spec.clone();
    inlined["paths"] = inline(spec, &spec["paths"], &mut Vec::new());
    inlined
}

fn inline<'a>(spec: &'a Value, value: &'a Value, within: &mut Vec<&'a str>) -> Value {
    match value {
        Value::Object(map) => {
            let target = map.get("$ref").and_then(Value::as_str);
            // Examples are compared as text.
            let target = target.filter(|target| !target.starts_with("#/components/examples/"));
            if let Some(target) = target {
                let found = spec.pointer(target.trim_start_matches('#'));
                return match found.filter(|_| !within.contains(&target)) {
                    Some(found) if !leads_back(spec, found, target, &mut Vec::new()) => {
                        within.push(target);
                        let found = inline(spec, found, within);
                        within.pop();
                        found
                    }
                    _ => value.clone(),
                };
            }
            let chosen_by_name = map.contains_key("discriminator");
            map.iter()
                .map(
                    |(key, value)| match chosen_by_name && ["oneOf", "anyOf"].contains(&&**key) {
                        true => (key.clone(), value.clone()),
                        false => (key.clone(), inline(spec, value, within)),
                    },
                )
                .collect()
        }
        Value::Array(list) => list
            .iter()
            .map(|value| inline(spec, value, within))
            .collect(),
        _ => value.clone(),
    }
}

/// Returns `true` if a part of a document refers to something that contains it.
fn leads_back<'a>(spec: &'a Value, value: &'a Value, to: &str, seen: &mut Vec<&'a str>) -> bool {
    match value {
        Value::Object(map) => match map.get("$ref").and_then(Value::as_str) {
            Some(target) if target == to => true,
            Some(target) if seen.contains(&target) => false,
            Some(target) => {
                seen.push(target);
                let found = spec.pointer(target.trim_start_matches('#'));
                found.is_some_and(|found| leads_back(spec, found, to, seen))
            }
            None => map.values().any(|value| leads_back(spec, value, to, seen)),
        },
        Value::Array(list) => list.iter().any(|value| leads_back(spec, value, to, seen)),
        _ => false,
    }
}

/// Returns a document in which each inner schema of the components is a component of its own.
pub(crate) fn extracted(spec: &Value) -> Value {
    let mut components = Map::new();
    for (name, schema) in spec["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let schema = extract(schema, name, &mut components);
        components.insert(name.clone(), schema);
    }
    let mut extracted = spec.clone();
    extracted["components"]["schemas"] = Value::Object(components);
    extracted
}

/// Returns a schema whose inner schemas are components.
fn extract(schema: &Value, name: &str, components: &mut Map<String, Value>) -> Value {
    let mut component = |schema: &Value, name: String| {
        if !schema.is_object() || schema.get("$ref").is_some() {
            return schema.clone();
        }
        let inside = extract(schema, &name, components);
        components.insert(name.clone(), inside);
        json!({"$ref": format!("#/components/schemas/{name}")})
    };
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    let extracted = keywords.iter().map(|(keyword, value)| {
        let name = format!("{name}-{keyword}");
        let value = match (keyword.as_str(), value) {
            ("items" | "additionalProperties" | "not", inside) => component(inside, name),
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                let parts = parts.iter().enumerate();
                parts
                    .map(|(index, part)| component(part, format!("{name}-{index}")))
                    .collect()
            }
            ("properties", Value::Object(properties)) => {
                let properties = properties.iter();
                properties
                    .map(|(key, inside)| (key.clone(), component(inside, format!("{name}-{key}"))))
                    .collect()
            }
            _ => value.clone(),
        };
        (keyword.clone(), value)
    });
    Value::Object(extracted.collect())
}

/// Returns a document as a value.
pub(crate) fn json_of(document: &Document) -> Value {
    document.root.to_json()
}
