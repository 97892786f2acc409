//! Schemas of OpenAPI 3.0 as JSON Schema (draft 2020-12).
//!
//! `openapi-compat` rewrites schemas on its own; this translation is the independent oracle of its
//! tests.

use std::collections::HashMap;

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Map, Value, json};

use crate::keywords::{Holds, SUBSCHEMA_KEYWORDS, holds_schemas};
use crate::node::Node;
use crate::pointer::Pointer;
use crate::reference::{reference, resolve};

/// The keywords with the same meaning in OpenAPI 3 and JSON Schema.
const ASSERTIONS: [&str; 18] = [
    "dependentRequired",
    "enum",
    "format",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "type",
    "uniqueItems",
];

/// Returns the assertions of an OpenAPI 3.0 schema about the value itself, without those about its
/// parts, in JSON Schema. Annotations are left out.
fn assertions(schema: &Map<String, Value>) -> Map<String, Value> {
    let known = schema.iter();
    let known = known.filter(|(keyword, _)| ASSERTIONS.contains(&keyword.as_str()));
    let mut assertions: Map<String, Value> = known
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
        .collect();
    // `nullable` has no effect without a `type` beside it (OpenAPI 3.0.3).
    if let Some(kind @ Value::String(_)) = schema.get("type")
        && schema.get("nullable") == Some(&json!(true))
    {
        assertions.insert("type".to_owned(), json!([kind, "null"]));
    }
    for (limit, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => {
                if let Some(bound) = assertions.remove(limit) {
                    assertions.insert(exclusive.to_owned(), bound);
                }
            }
            // As in OpenAPI 3.1.
            Some(bound @ Value::Number(_)) => {
                assertions.insert(exclusive.to_owned(), bound.clone());
            }
            _ => {}
        }
    }
    assertions
}

/// The schemas of a document as JSON Schema.
#[derive(Clone, Copy, Debug)]
pub struct JsonSchemas<'a> {
    root: &'a Node,
}

/// A compiled schema, which validates values.
#[derive(Debug)]
pub struct SchemaValidator(Validator);

/// A reason why a value is not valid against a schema.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ValueError {
    /// The pointer into the value.
    pub pointer: Pointer,
    /// The keyword of the schema, such as `maxLength`.
    pub keyword: String,
    /// The reason. The value itself is not shown, because it may be secret or large.
    pub message: String,
}

impl<'a> JsonSchemas<'a> {
    /// Creates the translation for the document with this root.
    pub fn new(root: &'a Node) -> Self {
        Self { root }
    }

    /// Returns a schema of the document as a JSON Schema that stands alone: the schemas that it
    /// refers to are its `$defs`. Returns `None` if there are more than `limit` of them.
    ///
    /// ```
    /// use openapi_tree::{JsonSchemas, Source, load};
    ///
    /// let yaml = "components: {schemas: {Name: {type: string, nullable: true}}}";
    /// let document = load(Source::new("spec.yaml", yaml))?;
    /// let name = document.root.descend(["components", "schemas", "Name"]).unwrap();
    /// let schema = JsonSchemas::new(&document.root).standalone(name, usize::MAX).unwrap();
    /// assert_eq!(schema["type"], serde_json::json!(["string", "null"]));
    /// # Ok::<_, openapi_tree::Findings>(())
    /// ```
    pub fn standalone(&self, schema: &'a Node, limit: usize) -> Option<Value> {
        let mut translation = Translation {
            root: self.root,
            names: HashMap::new(),
            pending: Vec::new(),
        };
        let mut translated = translation.schema(schema);
        let mut definitions = Map::new();
        while let Some((name, node)) = translation.pending.pop() {
            definitions.insert(name, translation.schema(node));
            if definitions.len() > limit {
                return None;
            }
        }
        if let (Value::Object(schema), false) = (&mut translated, definitions.is_empty()) {
            schema.insert("$defs".to_owned(), Value::Object(definitions));
        }
        Some(translated)
    }

    /// Compiles a schema of the document. Formats are validated, too, and integers of 32 and 64 bits
    /// have their limits.
    ///
    /// # Errors
    /// Returns a message if the schema is invalid, for example because of a broken `pattern`.
    pub fn compile(&self, schema: &'a Node) -> Result<SchemaValidator, String> {
        let mut schema = self.standalone(schema, usize::MAX).unwrap_or_default();
        limit_integers(&mut schema);
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema)
            .map(SchemaValidator)
            .map_err(|error| format!("the schema is invalid: {error}"))
    }
}

impl SchemaValidator {
    /// Returns each reason why a value is not valid, and none for a valid value.
    pub fn errors<'v>(&'v self, value: &'v Value) -> impl Iterator<Item = ValueError> + 'v {
        self.0.iter_errors(value).map(|error| value_error(&error))
    }
}

/// Adds the limits of the formats `int32` and `int64`, which JSON Schema does not know.
fn limit_integers(schema: &mut Value) {
    match schema {
        Value::Array(schemas) => schemas.iter_mut().for_each(limit_integers),
        Value::Object(properties) => {
            let limits = match properties.get("format").and_then(Value::as_str) {
                Some("int32") => Some((i64::from(i32::MIN), i64::from(i32::MAX))),
                Some("int64") => Some((i64::MIN, i64::MAX)),
                _ => None,
            };
            if let Some((minimum, maximum)) = limits {
                properties.entry("minimum").or_insert(minimum.into());
                properties.entry("maximum").or_insert(maximum.into());
            }
            properties.values_mut().for_each(limit_integers);
        }
        _ => {}
    }
}

fn value_error(error: &ValidationError<'_>) -> ValueError {
    ValueError {
        pointer: Pointer::parse(error.instance_path().as_str()).unwrap_or_default(),
        keyword: error.kind().keyword().to_owned(),
        message: error.masked_with("the value").to_string(),
    }
}

/// A translation in progress.
struct Translation<'a> {
    root: &'a Node,
    /// The names of the definitions, by the address of the node.
    names: HashMap<*const Node, String>,
    /// The definitions that are not translated yet.
    pending: Vec<(String, &'a Node)>,
}

impl<'a> Translation<'a> {
    fn schema(&mut self, node: &'a Node) -> Value {
        if reference(node).is_some() {
            return match resolve(self.root, node) {
                Some(target) => json!({"$ref": format!("#/$defs/{}", self.name(target))}),
                None => json!(true),
            };
        }
        if let Some(any_or_none) = node.as_bool() {
            return json!(any_or_none);
        }
        let own = node.entries().iter();
        let own = own.filter(|entry| holds_schemas(&entry.key).is_none());
        let own = own.map(|entry| (entry.key.to_string(), entry.node.to_json()));
        let mut schema = assertions(&own.collect());
        for (keyword, holds) in SUBSCHEMA_KEYWORDS {
            let Some(part) = node.get(keyword) else {
                continue;
            };
            let translated: Value = match holds {
                Holds::One => self.schema(part),
                Holds::List if part.items().is_empty() => continue, // JSON Schema forbids it
                Holds::List => part.items().iter().map(|part| self.schema(part)).collect(),
                Holds::Named => part
                    .entries()
                    .iter()
                    .map(|entry| (entry.key.clone(), self.schema(&entry.node)))
                    .collect(),
            };
            schema.insert(keyword.to_owned(), translated);
        }
        Value::Object(schema)
    }

    fn name(&mut self, target: &'a Node) -> String {
        let number = self.names.len();
        let pending = &mut self.pending;
        let name = self.names.entry(target).or_insert_with(|| {
            let name = format!("schema{number}");
            pending.push((name.clone(), target));
            name
        });
        name.clone()
    }
}
