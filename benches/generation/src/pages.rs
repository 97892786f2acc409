//! A part of the spec, for a client of some pages.

use std::collections::HashSet;
use std::error::Error;
use std::fs;

use serde_json::{Map, Value};

const SCHEMAS: &str = "#/components/schemas/";
/// progenitor names the type of a property after its object, which may be the name of a component.
const SUFFIX: &str = "Schema";

/// Returns the spec with the paths of these files only, and with the components that they need.
pub fn only(spec: &str, files: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut spec: Value = serde_json::from_str(spec)?;
    rename(&mut spec);
    let mut paths = HashSet::new();
    for file in files {
        let page: Value = serde_saphyr::from_str(&fs::read_to_string(file)?)?;
        let page = page["paths"].as_object();
        paths.extend(page.into_iter().flat_map(Map::keys).cloned());
    }
    object(&mut spec["paths"]).retain(|path, _| paths.contains(path));
    let schemas = std::mem::take(object(&mut spec["components"]["schemas"]));
    let renamed = schemas
        .into_iter()
        .map(|(name, it)| (format!("{name}{SUFFIX}"), it));
    *object(&mut spec["components"]["schemas"]) = renamed.collect();

    let mut needed = HashSet::new();
    let mut next = references(&spec["paths"]);
    while let Some(reference) = next.pop() {
        let component = spec.pointer(reference.trim_start_matches('#'));
        next.extend(
            component
                .filter(|_| needed.insert(reference))
                .into_iter()
                .flat_map(references),
        );
    }
    for (kind, components) in object(&mut spec["components"]) {
        if kind != "securitySchemes" {
            object(components)
                .retain(|name, _| needed.contains(&format!("#/components/{kind}/{name}")));
        }
    }
    Ok(spec.to_string())
}

/// Gives the references to schemas in a value their new names.
fn rename(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get_mut("$ref")
                && reference.starts_with(SCHEMAS)
            {
                reference.push_str(SUFFIX);
            }
            object.values_mut().for_each(rename);
        }
        Value::Array(items) => items.iter_mut().for_each(rename),
        _ => {}
    }
}

/// Returns the object in a value, which becomes one if it is none.
fn object(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match value {
        Value::Object(object) => object,
        _ => unreachable!("it is an object"),
    }
}

/// Returns the references in a value, at any depth.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(object) => {
            let own = object
                .get("$ref")
                .and_then(Value::as_str)
                .map(str::to_owned);
            own.into_iter()
                .chain(object.values().flat_map(references))
                .collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
