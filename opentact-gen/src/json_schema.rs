//! OpenAPI 3.0 schemas as JSON Schema, for a validator.

use jsonschema::{Draft, ValidationError};
use serde_json::{Map, Value, json};

use crate::node::{Node, segments};
use crate::spec::pointer as pointer_of;

/// The schemas of a document, ready to validate values with.
#[derive(Clone, Debug)]
pub struct Schemas {
    document: Value,
}

impl Schemas {
    /// Takes the schemas out of a document.
    pub fn new(root: &Node) -> Self {
        let mut document = root.to_json();
        translate(&mut document);
        Self { document }
    }

    /// The schema at a JSON pointer of the document as a JSON Schema (draft 4, on which
    /// OpenAPI 3.0 builds) that stands alone, with the components that it leads to and no others.
    /// Nothing where no schema is there.
    ///
    /// ```
    /// use opentact_gen::{Schemas, Source, load};
    ///
    /// let yaml = "components: {schemas: {Name: {type: string, nullable: true}}}";
    /// let schemas = Schemas::new(&load(Source::new("spec.yaml", yaml))?.root);
    /// let schema = schemas.json_schema("/components/schemas/Name").unwrap_or_default();
    /// assert_eq!(schema["allOf"][0]["type"], serde_json::json!(["string", "null"]));
    /// # Ok::<_, opentact_gen::Findings>(())
    /// ```
    pub fn json_schema(&self, pointer: &str) -> Option<Value> {
        let schema = self.document.pointer(pointer)?;
        Some(json!({
            "$schema": "http://json-schema.org/draft-04/schema#",
            "allOf": [schema],
            "components": self.components(schema),
        }))
    }

    /// The components that a schema leads to. To take all of them would cost as much for each schema
    /// as the document is large.
    fn components(&self, schema: &Value) -> Map<String, Value> {
        let mut components = Map::new();
        let mut pending = vec![schema];
        while let Some(value) = pending.pop() {
            for target in references(value) {
                let Some((kind, name)) = component(target) else {
                    continue;
                };
                let Some(found) = self.document["components"][&kind].get(&name) else {
                    continue;
                };
                let of_kind = components
                    .entry(kind)
                    .or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(of_kind) = of_kind
                    && of_kind.insert(name, found.clone()).is_none()
                {
                    pending.push(found);
                }
            }
        }
        components
    }

    /// What keeps a value from fitting the schema at a JSON pointer: for each, the pointer
    /// into the value and a message. Empty where it fits.
    pub fn errors(&self, pointer: &str, value: &Value) -> Vec<(String, String)> {
        let Some(schema) = self.json_schema(pointer) else {
            return vec![(String::new(), format!("there is no schema at `#{pointer}`"))];
        };
        let validator = jsonschema::options()
            .with_draft(Draft::Draft4)
            .should_validate_formats(true)
            .build(&schema);
        match validator {
            Ok(validator) => validator
                .iter_errors(value)
                .map(|error| (error.instance_path().as_str().to_owned(), brief(&error)))
                .collect(),
            Err(error) => vec![(String::new(), format!("the schema is broken: {error}"))],
        }
    }
}

/// The kind and name of the component that a reference leads to, or into.
fn component(target: &str) -> Option<(String, String)> {
    let pointer = pointer_of(target)?;
    let mut segments = segments(&pointer);
    (segments.next()? == "components").then_some(())?;
    Some((segments.next()?, segments.next()?))
}

/// Every reference in a value.
fn references(value: &Value) -> Vec<&str> {
    let mut targets = Vec::new();
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(object) => {
                targets.extend(object.get("$ref").and_then(Value::as_str));
                pending.extend(object.values());
            }
            Value::Array(items) => pending.extend(items),
            _ => {}
        }
    }
    targets
}

/// What is wrong with a value, without the whole of it where it is large.
fn brief(error: &ValidationError<'_>) -> String {
    match error.instance().as_ref() {
        Value::Object(_) | Value::Array(_) => error.masked_with("the value").to_string(),
        _ => error.to_string(),
    }
}

/// Says `nullable` in JSON Schema's words. All else that OpenAPI 3.0 says of schemas means
/// the same in draft 4.
fn translate(value: &mut Value) {
    match value {
        Value::Object(object) => {
            nullable(object);
            object.values_mut().for_each(translate);
        }
        Value::Array(items) => items.iter_mut().for_each(translate),
        _ => {}
    }
}

fn nullable(schema: &mut Map<String, Value>) {
    if schema.get("nullable") == Some(&Value::Bool(true))
        && let Some(kind @ Value::String(_)) = schema.get("type").cloned()
    {
        schema.insert("type".to_owned(), json!([kind, "null"]));
    }
}
