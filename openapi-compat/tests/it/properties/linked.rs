//! Schemas that refer to components: to themselves, and as alternatives that a discriminator names.
//!
//! The components stand in the schema as `x-components`, so that an edit finds all in one value.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use super::edits;
use super::schemas::{Schema, entries, leaf};

pub(crate) const COMPONENTS: &str = "x-components";
const NAMES: [&str; 3] = ["A", "B", "C"];
const PREFIX: &str = "#/components/schemas/";
/// The property of discriminators.
const KIND: &str = "kind";
/// The number of references that are followed in a row.
const DEEPEST: usize = 3;

fn to(name: &str) -> Value {
    json!({"$ref": format!("{PREFIX}{name}")})
}

fn reference() -> impl Strategy<Value = Value> {
    select(vec!["A", "B", "C", "Value"]).prop_map(to)
}

/// Returns schemas that lead to a component by an item, an alternative or directly.
fn link() -> BoxedStrategy<Value> {
    let links = prop_oneof![
        3 => reference(),
        1 => (reference(), 0u64..2)
            .prop_map(|(items, least)| json!({"type": "array", "items": items, "minItems": least})),
        1 => (reference(), leaf(), select(vec!["anyOf", "oneOf"]))
            .prop_map(|(one, other, list)| json!({list: [one, other]})),
        1 => reference().prop_map(|part| json!({"allOf": [part]})),
    ];
    links.boxed()
}

/// Returns objects that lead to components. Some list the values of the discriminator themselves.
fn component(name: &'static str) -> BoxedStrategy<Value> {
    let value = || prop_oneof![2 => link().boxed(), 1 => leaf().boxed()];
    let kind = prop_oneof![
        Just(json!({"type": "string"})),
        Just(json!({"type": "string", "enum": [name]})),
    ];
    let parts = (
        prop::option::weighted(0.5, value()),
        prop::option::weighted(0.4, leaf()),
        prop::option::weighted(0.6, kind),
        subsequence(vec!["a", "b", KIND], 0..=2),
        prop::option::weighted(0.2, prop_oneof![Just(json!(false)), Just(to("A"))]),
    );
    let schemas = parts.prop_map(|(a, b, kind, required, additional)| {
        let properties = [("a", a), ("b", b), (KIND, kind)].into_iter();
        let properties: Map<String, Value> = properties
            .filter_map(|(name, schema)| Some((name.to_owned(), schema?)))
            .collect();
        let mut schema = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        if let Some(additional) = additional {
            schema["additionalProperties"] = additional;
        }
        schema
    });
    schemas.boxed() // strategies take much room on the stack
}

fn discriminator(mapped: &[&str]) -> Value {
    let mapping = ["x", "y"].iter().zip(mapped);
    let mapping = mapping.map(|(value, name)| (*value, format!("{PREFIX}{name}")));
    let mapping: Map<String, Value> = mapping
        .map(|(value, target)| (value.to_owned(), target.into()))
        .collect();
    match mapping.is_empty() {
        true => json!({"propertyName": KIND}),
        false => json!({"propertyName": KIND, "mapping": mapping}),
    }
}

/// Returns schemas with components.
pub(crate) fn schema() -> BoxedStrategy<Schema> {
    let alternatives = (
        select(vec!["oneOf", "oneOf", "anyOf"]),
        subsequence(NAMES.to_vec(), 2..=3),
        prop::option::weighted(0.7, subsequence(NAMES.to_vec(), 0..=2)),
    );
    let alternatives = alternatives.prop_map(|(list, names, mapped)| {
        let mut schema = json!({});
        schema[list] = names.into_iter().map(to).collect();
        if let Some(mapped) = mapped {
            schema["discriminator"] = discriminator(&mapped);
        }
        schema
    });
    let body = prop_oneof![2 => alternatives.boxed(), 1 => component("D").boxed()];
    let components = (component("A"), component("B"), component("C"));
    let schemas = (body, components).prop_map(|(mut schema, (a, b, c))| {
        schema[COMPONENTS] = json!({"A": a, "B": b, "C": c});
        Schema(schema)
    });
    schemas.boxed()
}

/// Returns all schemas with another component, another alternative or another discriminator. The
/// components that list the values of the discriminator remain the same, because the others are named
/// by their names.
pub(crate) fn edited(schema: &Value) -> Vec<Value> {
    let mut edited = Vec::new();
    for (name, component) in entries(&schema[COMPONENTS]) {
        for component in edits::others(component) {
            let mut schema = schema.clone();
            schema[COMPONENTS][name] = component;
            edited.push(schema);
        }
    }
    for list in ["oneOf", "anyOf"] {
        let Some(alternatives) = schema.get(list).and_then(Value::as_array) else {
            continue;
        };
        let set = |list: &str, alternatives: Vec<Value>| {
            let mut schema = schema.clone();
            let keywords = schema.as_object_mut().unwrap();
            keywords.retain(|keyword, _| !["oneOf", "anyOf"].contains(&keyword.as_str()));
            schema[list] = alternatives.into();
            schema
        };
        edited.extend(["oneOf", "anyOf"].map(|list| set(list, alternatives.clone())));
        for at in 0..alternatives.len() {
            let mut fewer = alternatives.clone();
            fewer.remove(at);
            edited.push(set(list, fewer));
        }
        let known = |name: &&&str| !alternatives.contains(&to(name));
        for name in NAMES.iter().filter(known) {
            edited.push(set(list, [alternatives.clone(), vec![to(name)]].concat()));
        }
        let mut without = schema.clone();
        without.as_object_mut().unwrap().remove("discriminator");
        edited.push(without);
        for mapped in [
            &[][..],
            &["A"],
            &["B"],
            &["A", "B"],
            &["B", "A"],
            &["C", "A"],
        ] {
            let mut with = schema.clone();
            with["discriminator"] = discriminator(mapped);
            edited.push(with);
        }
    }
    edited.retain(|other| listing(other) == listing(schema));
    edited
}

/// Returns a schema without discriminators: each alternative requires the values that name it,
/// unless it lists values itself.
pub(crate) fn without_discriminators(schema: &Value) -> Value {
    let mut plain = schema.clone();
    let Some(discriminator) = plain
        .as_object_mut()
        .and_then(|schema| schema.remove("discriminator"))
    else {
        return plain;
    };
    for list in ["oneOf", "anyOf"] {
        let alternatives = plain.get_mut(list).and_then(Value::as_array_mut);
        for alternative in alternatives.into_iter().flatten() {
            let target = alternative["$ref"].as_str().unwrap_or_default().to_owned();
            let name = target.strip_prefix(PREFIX).unwrap_or_default();
            if lists_kinds(&schema[COMPONENTS][name], &schema[COMPONENTS]) {
                continue;
            }
            let mapped = discriminator.get("mapping").into_iter().flat_map(entries);
            let mapped = mapped.filter(|(_, mapped)| **mapped == target);
            let mut values: Vec<&str> = mapped.map(|(value, _)| value.as_str()).collect();
            if values.is_empty() {
                values.push(name);
            }
            let tag = json!({"required": [KIND], "properties": {KIND: {"enum": values}}});
            *alternative = json!({"allOf": [alternative, tag]});
        }
    }
    plain
}

/// Returns for each component `true` if it lists the values of the discriminator itself.
pub(crate) fn listing(schema: &Value) -> Vec<bool> {
    let components = &schema[COMPONENTS];
    let components =
        entries(components).map(|(_, component)| lists_kinds(component, &schema[COMPONENTS]));
    components.collect()
}

fn lists_kinds(schema: &Value, components: &Value) -> bool {
    let schema = match schema.get("$ref").and_then(Value::as_str) {
        Some(target) => &components[target.strip_prefix(PREFIX).unwrap_or_default()],
        None => schema,
    };
    let kind = &schema["properties"][KIND];
    let lists = ["allOf", "anyOf", "oneOf"].into_iter();
    let mut parts = lists
        .filter_map(|list| schema.get(list)?.as_array())
        .flatten();
    kind.get("enum").is_some() || parts.any(|part| lists_kinds(part, components))
}

/// Returns a schema with its references replaced by what they lead to, a few in a row. No value is
/// valid against those beyond.
pub(crate) fn unrolled(schema: &Value) -> Value {
    let mut components = schema.get(COMPONENTS).cloned().unwrap_or(json!({}));
    components["Value"] = schema.clone();
    follow(schema, &components, DEEPEST)
}

fn follow(schema: &Value, components: &Value, depth: usize) -> Value {
    match schema {
        Value::Object(keywords) => {
            let target = keywords.get("$ref").and_then(Value::as_str);
            match (target.and_then(|target| target.strip_prefix(PREFIX)), depth) {
                (Some(_), 0) => json!({"not": {}}),
                (Some(name), _) => follow(&components[name], components, depth - 1),
                (None, _) => keywords
                    .iter()
                    .filter(|(keyword, _)| *keyword != COMPONENTS)
                    .map(|(keyword, value)| (keyword.clone(), follow(value, components, depth)))
                    .collect(),
            }
        }
        Value::Array(items) => items
            .iter()
            .map(|item| follow(item, components, depth))
            .collect(),
        other => other.clone(),
    }
}
