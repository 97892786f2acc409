//! The rule `openapi` for large documents: one part after the other, so that only one of them is
//! copied at a time.

use std::collections::HashSet;
use std::sync::LazyLock;

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::schema_errors::{Errors, OPENAPI_3_0, OPENAPI_3_1, Version};
use crate::finding::Finding;
use crate::keywords::is_extension;
use crate::node::{Entry, Node};

/// The kind of the document without the values in its paths, webhooks and components.
const DOCUMENT: &str = "document";

/// A validator with a property for each kind of part.
struct Parts {
    version: Version,
    validator: Validator,
    keywords: HashSet<String>,
}

/// The parts of OpenAPI 3.0, or `None` if the resource of this crate is broken, which a test would
/// show.
static PARTS_3_0: LazyLock<Option<Parts>> = LazyLock::new(|| {
    let schema = include_str!("../../resources/openapi-3.0.json");
    let mut document: Value = serde_json::from_str(schema).ok()?;
    let keywords = keywords(&document);
    let own = document.as_object_mut()?;
    let definitions = own.remove("definitions")?;
    for keyword in ["id", "$schema"] {
        own.remove(keyword);
    }
    let definition = |name: &str| json!({ "$ref": format!("#/definitions/{name}") });
    let component = |(kind, name): (&str, &str)| {
        let schema = json!({ "oneOf": [definition(name), definition("Reference")] });
        (kind.to_owned(), schema)
    };
    let components = [
        ("schemas", "Schema"),
        ("responses", "Response"),
        ("parameters", "Parameter"),
        ("examples", "Example"),
        ("requestBodies", "RequestBody"),
        ("headers", "Header"),
        ("securitySchemes", "SecurityScheme"),
        ("links", "Link"),
        ("callbacks", "Callback"),
    ];
    let mut parts: Map<String, Value> = components.map(component).into_iter().collect();
    parts.insert("paths".to_owned(), definition("PathItem"));
    parts.insert(DOCUMENT.to_owned(), document);
    let schema = json!({ "properties": parts, "definitions": definitions });
    let options = jsonschema::options().with_draft(Draft::Draft4);
    Some(Parts {
        version: OPENAPI_3_0,
        validator: options.build(&schema).ok()?,
        keywords,
    })
});

/// The parts of OpenAPI 3.1, as [`PARTS_3_0`].
static PARTS_3_1: LazyLock<Option<Parts>> = LazyLock::new(|| {
    let document = include_str!("../../resources/openapi-3.1.json");
    let dialect = include_str!("../../resources/openapi-3.1-dialect.json");
    let vocabulary = include_str!("../../resources/openapi-3.1-vocabulary.json");
    let document: Value = serde_json::from_str(document).ok()?;
    let dialect: Value = serde_json::from_str(dialect).ok()?;
    let vocabulary: Value = serde_json::from_str(vocabulary).ok()?;
    let (id, dialect_id) = (document["$id"].as_str()?, dialect["$id"].as_str()?);
    let definition = |name: &str| json!({ "$ref": format!("{id}#/$defs/{name}") });
    let parts = [
        ("schemas", "schema"),
        ("responses", "response-or-reference"),
        ("parameters", "parameter-or-reference"),
        ("examples", "example-or-reference"),
        ("requestBodies", "request-body-or-reference"),
        ("headers", "header-or-reference"),
        ("securitySchemes", "security-scheme-or-reference"),
        ("links", "link-or-reference"),
        ("callbacks", "callbacks-or-reference"),
        ("pathItems", "path-item"),
        ("paths", "path-item"),
        ("webhooks", "path-item"),
    ];
    let part = |(kind, name): (&str, &str)| (kind.to_owned(), definition(name));
    let mut parts: Map<String, Value> = parts.map(part).into_iter().collect();
    // `document` leaves the dialect of schemas to the schema around it.
    parts.insert("schemas".to_owned(), json!({ "$dynamicRef": "#meta" }));
    parts.insert(DOCUMENT.to_owned(), json!({ "$ref": id }));
    let schema = json!({
        "properties": parts,
        "$defs": {
            "schema": { "$dynamicAnchor": "meta", "$ref": dialect_id },
            "document": document,
            "dialect": dialect,
            "vocabulary": vocabulary,
        },
    });
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    Some(Parts {
        version: OPENAPI_3_1,
        validator: options.build(&schema).ok()?,
        keywords: keywords(&schema),
    })
});

/// Returns the names of all properties that a schema describes, at any depth.
fn keywords(schema: &Value) -> HashSet<String> {
    let mut names = HashSet::new();
    let mut pending = vec![schema];
    while let Some(value) = pending.pop() {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            names.extend(properties.keys().cloned());
        }
        match value {
            Value::Object(values) => pending.extend(values.values()),
            Value::Array(values) => pending.extend(values),
            _ => {}
        }
    }
    names
}

/// Reports values that the version of OpenAPI of a document does not allow. Versions after 3.1 are
/// read as 3.1.
pub(crate) fn parts(root: &Node, findings: &mut Vec<Finding>) {
    let version = root.str_at("openapi").unwrap_or_default();
    let parts = match version.trim().starts_with("3.0") {
        true => PARTS_3_0.as_ref(),
        false => PARTS_3_1.as_ref(),
    };
    let Some(parts) = parts else {
        return;
    };
    let outline = json!({ DOCUMENT: parts.outline(root) });
    parts.validate(DOCUMENT, root, &outline, findings);
    let components = root.get("components").map_or(&[][..], Node::entries);
    let components = components.iter().map(|kind| (&*kind.key, &kind.node));
    let others = ["paths", "webhooks"].map(|kind| (kind, root.get(kind)));
    let others = others
        .into_iter()
        .filter_map(|(kind, node)| Some((kind, node?)));
    for (kind, node) in others.chain(components) {
        for part in node.entries() {
            if kind != "paths" || !is_extension(&part.key) {
                let value = json!({ kind: part.node.to_json() });
                parts.validate(kind, &part.node, &value, findings);
            }
        }
    }
}

impl Parts {
    /// Reports the errors of a node. `value` has it at the key of its kind. Nodes of unknown kinds have
    /// no errors.
    fn validate(&self, kind: &str, node: &Node, value: &Value, findings: &mut Vec<Finding>) {
        if self.validator.is_valid(value) {
            return;
        }
        let all: Vec<ValidationError<'_>> = self.validator.iter_errors(value).collect();
        let errors = Errors {
            version: self.version,
            node,
            key: kind,
            keywords: &self.keywords,
        };
        findings.extend(errors.findings(&all));
    }

    /// Returns the document with a valid value for each path, webhook and component, so that only
    /// their names are validated.
    fn outline(&self, root: &Node) -> Value {
        let names = |node: &Node, value: &Value| match node.entries() {
            [] => node.to_json(),
            entries => {
                let name = |entry: &Entry| (entry.key.to_string(), value.clone());
                Value::Object(entries.iter().map(name).collect())
            }
        };
        let reference = json!({ "$ref": "#" });
        let entries = root.entries().iter().map(|entry| {
            let value = match &*entry.key {
                "paths" | "webhooks" => names(&entry.node, &json!({})),
                "components" if !entry.node.entries().is_empty() => {
                    // In OpenAPI 3.0, path items of other files become components without an author.
                    let is_known =
                        |kind: &&Entry| kind.key != "pathItems" || self.version == OPENAPI_3_1;
                    let kinds = entry.node.entries().iter().filter(is_known);
                    let kinds =
                        kinds.map(|kind| (kind.key.to_string(), names(&kind.node, &reference)));
                    Value::Object(kinds.collect())
                }
                // The schema wants all three parts of the version.
                "openapi" => json!(self.version.full),
                _ => entry.node.to_json(),
            };
            (entry.key.to_string(), value)
        });
        Value::Object(entries.collect())
    }
}
