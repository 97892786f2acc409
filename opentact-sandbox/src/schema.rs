//! Values against the schemas of the spec.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// The schemas of a document, in the words of JSON Schema.
pub(crate) struct Schemas {
    components: Value,
}

/// A schema that values are checked against.
#[derive(Debug)]
pub(crate) struct Schema(Validator);

impl Schemas {
    pub(crate) fn new(document: &Value) -> Self {
        let mut components = document["components"].clone();
        translate(&mut components);
        Self { components }
    }

    /// Makes a schema of the spec ready for use.
    pub(crate) fn compile(&self, schema: &Value) -> Result<Schema, String> {
        let mut schema = schema.clone();
        translate(&mut schema);
        let document = json!({ "allOf": [schema], "components": self.components });
        jsonschema::options()
            .with_draft(Draft::Draft4)
            .should_validate_formats(true)
            .build(&document)
            .map(Schema)
            .map_err(|error| error.to_string())
    }
}

impl Schema {
    /// Says which property breaks which rule, first of all. Values are left out: they may be
    /// secret, or large.
    pub(crate) fn check(&self, what: &str, value: &Value) -> Result<(), String> {
        let Some(error) = self.0.iter_errors(value).next() else {
            return Ok(());
        };
        let path = error.instance_path().to_string();
        let place = match path.strip_prefix('/') {
            Some(property) => format!("`{}`", property.replace('/', ".")),
            None => what.to_owned(),
        };
        let rule = error.kind().keyword().to_owned();
        let message = error.masked_with("the value");
        Err(format!("{place}: {message} (rule `{rule}` of the spec)"))
    }
}

/// Says `nullable` as JSON Schema does. All else that OpenAPI 3.0 says of schemas means the
/// same in draft 4.
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
