//! Whether what has no name in the spec gets one of its own in Rust: properties become fields,
//! and schemas inside of others types that are named after their place or `title`.

use std::collections::{HashMap, HashSet};

use heck::{ToPascalCase, ToSnakeCase};

use super::reachable::{self, Direction, Reachable};
use crate::ir::{PRELUDE, property_name, variant_name};
use openapi_tree::{Entry, Finding, Node, Operation, Span, resolve};

/// No two properties of a type are the same field.
pub(super) fn properties(root: &Node, findings: &mut Vec<Finding>) {
    for Reachable { schema, .. } in reachable::schemas(root) {
        let mut fields: HashMap<String, &Entry> = HashMap::new();
        for property in joined_properties(root, schema) {
            let field = property_name(&property.key);
            let first = *fields.entry(field.clone()).or_insert(property);
            if first.key != property.key {
                findings.push(
                    Finding::new(
                        "property-name",
                        &property.key_span,
                        format!(
                            "`{}` and `{}` are both the field `{field}` in Rust",
                            first.key, property.key
                        ),
                        "progenitor cannot tell them apart: take one of them away",
                    )
                    .with_related(&first.key_span, "first here"),
                );
            }
        }
        let further = schema.entry("additionalProperties");
        if let (Some(extra), Some(further)) = (fields.get("extra"), further)
            && !further.node.entries().is_empty()
        {
            findings.push(
                Finding::new(
                    "property-name",
                    &further.key_span,
                    "additional properties become the field `extra` in Rust, as a property of \
                     that name does",
                    "describe all properties, or say `additionalProperties: true`",
                )
                .with_related(&extra.key_span, "the property"),
            );
        }
    }
}

/// The properties of a schema and of those that `allOf` joins to it.
fn joined_properties<'a>(root: &'a Node, schema: &'a Node) -> Vec<&'a Entry> {
    let mut properties = Vec::new();
    let mut known = HashSet::new();
    let mut waiting = vec![schema];
    while let Some(schema) = waiting.pop() {
        if known.insert(std::ptr::from_ref(schema)) {
            properties.extend(schema.get("properties").map_or(&[][..], Node::entries));
            let parts = schema.get("allOf").map_or(&[][..], Node::items);
            waiting.extend(parts.iter().filter_map(|part| resolve(root, part)));
        }
    }
    properties.sort_by_key(|property| property.key_span.start);
    properties
}

/// No two schemas that differ are the same type.
pub(super) fn types(root: &Node, findings: &mut Vec<Finding>) {
    let given = reachable::schemas(root);
    let directions = given
        .iter()
        .map(|given| (std::ptr::from_ref(given.schema), given.direction));
    let mut types = Types {
        directions: directions.collect(),
        seen: HashMap::new(),
        findings,
    };
    let components = root.descend(["components", "schemas"]);
    for component in components.map_or(&[][..], Node::entries) {
        let name = variant_name(&component.key);
        types.component(&name, component);
    }
    for operation in Operation::all(root) {
        let id = operation.node().str_at("x-rust-name").unwrap_or_default();
        for parameter in operation.parameters(root) {
            if let (Some(name), Some(schema)) = (parameter.str_at("name"), parameter.get("schema"))
            {
                types.inside(schema, &variant_name(&format!("{id}-{name}")));
            }
        }
        if let Some(schema) = reachable::body(root, &operation) {
            types.inside(schema, &variant_name(&format!("{id}-body")));
        }
        if let Some(schema) = reachable::payload(root, &operation) {
            types.inside(schema, &variant_name(&format!("{id}-response")));
        }
    }
}

struct Types<'a, 'f> {
    directions: HashMap<*const Node, Direction>,
    /// Where the type of each name was first seen.
    seen: HashMap<String, (&'a Node, &'a Span)>,
    findings: &'f mut Vec<Finding>,
}

impl<'a> Types<'a, '_> {
    fn component(&mut self, name: &str, component: &'a Entry) {
        if self.direction(&component.node).is_some() {
            let place = (&component.node, &component.key_span);
            self.seen.entry(name.to_owned()).or_insert(place);
            self.parts(&component.node, name);
        }
    }

    fn direction(&self, schema: &Node) -> Option<Direction> {
        self.directions.get(&std::ptr::from_ref(schema)).copied()
    }

    /// A schema inside of another one: its `title` goes before the name of its place.
    fn inside(&mut self, schema: &'a Node, place: &str) {
        let title = schema.get("title");
        let name = match title.and_then(Node::as_str) {
            Some(title) => variant_name(title),
            None => place.to_owned(),
        };
        if self.is_named(schema) {
            let span = title.map_or(&schema.span, |title| &title.span);
            self.named(schema, &name, span, title.is_some());
        }
        self.parts(schema, &name);
    }

    fn named(&mut self, schema: &'a Node, name: &str, span: &'a Span, is_title: bool) {
        if is_title && PRELUDE.iter().any(|(_, known)| *known == name) {
            self.findings.push(Finding::new(
                "schema-name",
                span,
                format!("the name `{name}` means something else in Rust"),
                "give the schema another `title`, or none",
            ));
        }
        let (first, first_span) = *self.seen.entry(name.to_owned()).or_insert((schema, span));
        let differs = !std::ptr::eq(first, schema) && first.to_json() != schema.to_json();
        if differs {
            self.findings.push(
                Finding::new(
                    "duplicate-name",
                    span,
                    format!("this schema becomes the type `{name}` in Rust, as another one does"),
                    "give it a `title` of its own, or move it to `#/components/schemas`",
                )
                .with_related(first_span, "the other one"),
            );
        }
    }

    /// Whether typify gives the schema a type with a name.
    fn is_named(&self, schema: &Node) -> bool {
        let says = |keyword: &str| schema.get(keyword).is_some();
        let limited = ["enum", "maxLength", "minLength"].into_iter().any(says);
        let is_sent = self.direction(schema) == Some(Direction::Sent);
        let is_number = matches!(schema.str_at("type"), Some("boolean"));
        let is_opaque = matches!(schema.str_at("format"), Some("password" | "uuid"));
        says("properties") || is_sent && limited && !is_number && !is_opaque
    }

    /// The schemas right inside of one that is a type of this name.
    fn parts(&mut self, schema: &'a Node, name: &str) {
        for property in schema.get("properties").map_or(&[][..], Node::entries) {
            let place = format!("{name}_{}", property.key.to_snake_case());
            self.inside(&property.node, &place.to_pascal_case());
        }
        let has_properties = schema.get("properties").is_some();
        for (keyword, behind) in [("items", "Item"), ("additionalProperties", "Value")] {
            if let Some(part) = schema
                .get(keyword)
                .filter(|part| !part.entries().is_empty())
            {
                let extra = if has_properties { "Extra" } else { "" };
                self.inside(part, &format!("{name}{extra}{behind}"));
            }
        }
        if let Some([only]) = schema.get("allOf").map(Node::items) {
            self.inside(only, name);
        }
    }
}
