//! Whether parameters are values that can stand in a path, a query or a header.

use std::collections::HashSet;

use openapi_tree::{Finding, Node, Operation, resolve};

/// Where a parameter stands.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Place {
    /// A path or a header: one text.
    Text,
    /// A query: one text or several, or a map of them.
    Query,
}

pub(super) fn parameters(root: &Node, findings: &mut Vec<Finding>) {
    for operation in Operation::all(root) {
        for parameter in operation.parameters(root) {
            let place = match parameter.str_at("in") {
                Some("path" | "header") => Place::Text,
                Some("query") => Place::Query,
                _ => continue, // see the rule `parameter`
            };
            let Some(entry) = parameter.entry("schema") else {
                continue;
            };
            if let Err(reason) = takes(root, &entry.node, place) {
                let help = match place {
                    Place::Text => {
                        "describe a string, number or boolean that is always there and no \
                         password; what is left out altogether is said by `required`"
                    }
                    Place::Query => {
                        "describe a string, number or boolean, a list, or a map without \
                         `properties`; make each property a parameter of its own"
                    }
                };
                findings.push(Finding::new(
                    "parameter-value",
                    &entry.key_span,
                    format!("{reason}, which progenitor cannot send as a parameter here"),
                    help,
                ));
            }
        }
    }
}

/// Whether all that a schema is made of is a value that can stand there; why not, otherwise.
fn takes(root: &Node, schema: &Node, place: Place) -> Result<(), &'static str> {
    let mut known = HashSet::new();
    let mut waiting: Vec<&Node> = resolve(root, schema).into_iter().collect();
    while let Some(schema) = waiting.pop() {
        if known.insert(std::ptr::from_ref(schema)) {
            is_value(root, schema, place)?;
            let parts = |keyword: &str| schema.get(keyword).map_or(&[][..], Node::items);
            let parts = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(parts);
            waiting.extend(parts.filter_map(|part| resolve(root, part)));
        }
    }
    Ok(())
}

fn is_value(root: &Node, schema: &Node, place: Place) -> Result<(), &'static str> {
    let says = |keyword: &str| schema.get(keyword).is_some();
    let closed = schema.get("additionalProperties").and_then(Node::as_bool) == Some(false);
    if says("properties") || says("required") || closed {
        return Err("an object with properties");
    }
    if place == Place::Text {
        if schema.get("nullable").and_then(Node::as_bool) == Some(true) {
            return Err("a value that may be `null`");
        }
        match schema.str_at("type") {
            Some("array") => return Err("a list"),
            Some("object") => return Err("an object"),
            Some("integer" | "number") if says("enum") => return Err("an `enum` of numbers"),
            _ if schema.str_at("format") == Some("password") => return Err("a password"),
            _ => {}
        }
    }
    // Of alternatives that can both apply, progenitor makes an object.
    let mut kinds: Vec<Option<&str>> = Vec::new();
    for part in schema.get("anyOf").map_or(&[][..], Node::items) {
        let kind = resolve(root, part).and_then(|part| part.str_at("type"));
        if !kinds.is_empty() && (kind.is_none() || kinds.contains(&kind)) {
            return Err("an `anyOf` of which several alternatives can apply");
        }
        kinds.push(kind);
    }
    Ok(())
}
