//! Values that a schema allows, especially those at its limits.

use std::collections::BTreeSet;

use jsonschema::{Draft, Validator};
use openapi_tree::{Document, JsonSchemas};
use serde_json::{Map, Value, json};

use super::linked::{unrolled, without_discriminators};
use super::schemas::{document_of, entries};

/// Returns a validator of the document's schema, the oracle of these tests.
pub(crate) fn validator(document: &Document) -> Validator {
    let schema = ["components", "schemas", "Value"];
    let schema = document.root.descend(schema).unwrap();
    let schemas = JsonSchemas::new(&document.root);
    let schema = schemas.standalone(schema, usize::MAX).unwrap();
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

/// Returns values that a schema allows, without properties that it does not name: the comparison
/// assumes nothing about such properties. Values at the limits of `other` are tried as well.
pub(crate) fn members(schema: &Value, other: &Value) -> Vec<Value> {
    let plain = without_discriminators(schema);
    let open = validator(&document_of(&plain));
    let plain = unrolled(&plain);
    let closed = validator(&document_of(&closed(&plain, &BTreeSet::new())));
    let mut values = candidates(&plain, 400);
    values.extend(candidates(&unrolled(&without_discriminators(other)), 400));
    values.retain(|value| open.is_valid(value) && closed.is_valid(value));
    values
}

/// Returns a schema without properties other than those that it or the schema around it names.
fn closed(schema: &Value, around: &BTreeSet<String>) -> Value {
    let none = BTreeSet::new();
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    let mut own = around.clone();
    own.extend(named_here(schema));
    let mut closed = Map::new();
    for (keyword, value) in keywords {
        let value = match keyword.as_str() {
            "items" | "additionalProperties" => self::closed(value, &none),
            "properties" => {
                let properties = entries(value);
                properties
                    .map(|(name, schema)| (name.clone(), self::closed(schema, &none)))
                    .collect()
            }
            "allOf" | "anyOf" | "oneOf" => {
                // The names in another alternative do not count for this one.
                let beside = keywords
                    .iter()
                    .filter(|(beside, _)| *beside != keyword || keyword == "allOf");
                let mut around = own.clone();
                around.extend(beside.flat_map(|(keyword, value)| named_in(keyword, value)));
                let parts = value.as_array().into_iter().flatten();
                parts.map(|part| self::closed(part, &around)).collect()
            }
            _ => value.clone(),
        };
        closed.insert(keyword.clone(), value);
    }
    if schema
        .get("additionalProperties")
        .is_none_or(|additional| *additional == json!(true) || *additional == json!({}))
    {
        let mut properties = closed.remove("properties").unwrap_or(json!({}));
        own.extend(
            keywords
                .iter()
                .flat_map(|(keyword, value)| named_in(keyword, value)),
        );
        for name in own {
            if properties.get(&name).is_none() {
                properties[name] = json!({});
            }
        }
        closed.insert("properties".to_owned(), properties);
        closed.insert("additionalProperties".to_owned(), json!(false));
    }
    Value::Object(closed)
}

fn named_here(schema: &Value) -> BTreeSet<String> {
    let properties = schema.get("properties").into_iter().flat_map(entries);
    let required = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let required = required.filter_map(Value::as_str).map(str::to_owned);
    properties
        .map(|(name, _)| name.clone())
        .chain(required)
        .collect()
}

/// Returns the properties that the parts of a schema name.
fn named_in(keyword: &str, parts: &Value) -> BTreeSet<String> {
    let parts = match (keyword, parts) {
        ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => parts.as_slice(),
        _ => &[],
    };
    let mut names = BTreeSet::new();
    for part in parts {
        names.extend(named_here(part));
        names.extend(entries(part).flat_map(|(keyword, value)| named_in(keyword, value)));
    }
    names
}

/// Returns values that the schema may allow, at most `most`.
fn candidates(schema: &Value, most: usize) -> Vec<Value> {
    let mut values = Vec::new();
    let list = |keyword: &str| {
        schema
            .get(keyword)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    values.extend(list("enum").cloned());
    let bounds = ["minimum", "maximum", "multipleOf"];
    for bound in bounds
        .iter()
        .filter_map(|bound| schema.get(*bound)?.as_i64())
    {
        values.extend([bound, bound + 1, bound - 1, bound * 2].map(Value::from));
        values.push(json!(bound as f64 + 0.5));
        values.push(json!(bound as f64 - 0.5));
    }
    let lengths = ["minLength", "maxLength"];
    for length in lengths
        .iter()
        .filter_map(|length| schema.get(*length)?.as_u64())
    {
        for length in length.saturating_sub(1)..=length + 1 {
            values.extend(["a", "b"].map(|letter| letter.repeat(length as usize).into()));
        }
    }
    let mut parts = Vec::new();
    for keyword in ["allOf", "anyOf", "oneOf"] {
        parts.extend(list(keyword).map(|part| candidates(part, most / 4)));
    }
    parts.extend(schema.get("not").map(|part| candidates(part, most / 4)));
    values.extend(objects(schema, most / 4));
    values.extend(arrays(schema, most / 4));
    let own = values.clone();
    for part in &parts {
        values.extend(merged(&own, part));
        values.extend(part.iter().cloned());
    }
    if let [one, other, ..] = &parts[..] {
        values.extend(merged(one, other));
    }
    values.extend(any_type());
    let mut unique = BTreeSet::new();
    values.retain(|value| unique.insert(value.to_string()));
    values.truncate(most.max(4));
    values
}

/// Returns values of every type.
fn any_type() -> Vec<Value> {
    let values = json!([
        "", "a", "aa", "aaa", "ab", "b", "bb", "2020-01-01T00:00:00Z", 0, 1, 2, 3, 4, 6, -1, 0.5, 12,
        null, true, false, [], {}, [0], ["a"], [0, 0], [0, 1], {"a": 0}, {"a": "a"}, {"b": 1, "c": "a"}
    ]);
    values.as_array().cloned().unwrap_or_default()
}

/// Returns objects with the properties of both lists.
fn merged(some: &[Value], others: &[Value]) -> Vec<Value> {
    let objects = |values: &[Value]| -> Vec<Map<String, Value>> {
        let objects = values.iter().filter_map(Value::as_object);
        objects.take(8).cloned().collect()
    };
    let mut merged = Vec::new();
    for some in objects(some) {
        for mut other in objects(others) {
            other.extend(some.clone());
            merged.push(Value::Object(other));
        }
    }
    merged
}

fn objects(schema: &Value, most: usize) -> Vec<Value> {
    let names = named_here(schema);
    let of = |name: &str| {
        let known = schema
            .get("properties")
            .and_then(|properties| properties.get(name));
        match known {
            Some(schema) => spread(candidates(schema, most), 16),
            None => vec![json!(0), json!("a")],
        }
    };
    let mut choices: Vec<(String, Vec<Value>)> =
        names.iter().map(|name| (name.clone(), of(name))).collect();
    if let Some(additional) = schema
        .get("additionalProperties")
        .filter(|any| any.is_object())
    {
        let values = candidates(additional, most);
        choices.push(("c".to_owned(), spread(values.clone(), 8)));
        choices.push(("d".to_owned(), spread(values, 8)));
    }
    let mut objects = vec![Map::new()];
    // Every set of properties, and every value of each property.
    for set in 1u32..1 << choices.len().min(6) {
        let chosen = choices
            .iter()
            .enumerate()
            .filter(|(bit, _)| set & (1 << bit) != 0);
        let chosen: Vec<_> = chosen.map(|(_, choice)| choice).collect();
        let rounds = chosen
            .iter()
            .map(|(_, values)| values.len())
            .max()
            .unwrap_or(0);
        for round in 0..rounds {
            let value = |at: usize, values: &[Value]| {
                values[(round * (at + 1) + at) % values.len()].clone()
            };
            let chosen = chosen.iter().enumerate();
            objects.push(
                chosen
                    .map(|(at, (name, values))| (name.clone(), value(at, values)))
                    .collect(),
            );
        }
    }
    spread(objects, most)
        .into_iter()
        .map(Value::Object)
        .collect()
}

fn arrays(schema: &Value, most: usize) -> Vec<Value> {
    let items = schema.get("items").map(|items| candidates(items, most));
    let items = spread(items.unwrap_or_default(), 24);
    let mut arrays: Vec<Vec<Value>> = vec![Vec::new()];
    for (at, item) in items.iter().enumerate() {
        let next = |by: usize| items[(at + by) % items.len()].clone();
        let item = item.clone();
        arrays.push(vec![item.clone()]);
        arrays.push(vec![item.clone(), item.clone()]);
        arrays.push(vec![item.clone(), next(1)]);
        arrays.push(vec![item.clone(), next(1), next(2)]);
        arrays.push(vec![item, next(1), next(2), next(3)]);
    }
    spread(arrays, most).into_iter().map(Value::Array).collect()
}

/// Returns at most so many of the values, evenly spread.
fn spread<T>(values: Vec<T>, most: usize) -> Vec<T> {
    let step = values.len().div_ceil(most.max(1)).max(1);
    values.into_iter().step_by(step).collect()
}
