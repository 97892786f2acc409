//! The schemas of the spec, and the validation of values against them.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// The components of a document, as JSON Schema.
pub(crate) struct Schemas {
    components: Value,
}

/// A compiled schema.
#[derive(Debug)]
pub(crate) struct Schema(Validator);

impl Schemas {
    pub(crate) fn new(document: &Value) -> Self {
        let mut components = document["components"].clone();
        translate(&mut components);
        Self { components }
    }

    /// Compiles a schema of the spec.
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
    /// Checks a value, and reports the first error as property and keyword. The message leaves
    /// out the value, which might be secret or large.
    pub(crate) fn check(&self, name: &str, value: &Value) -> Result<(), String> {
        let Some(error) = self.0.iter_errors(value).next() else {
            return Ok(());
        };
        let path = error.instance_path().to_string();
        let location = match path.strip_prefix('/') {
            Some(property) => format!("`{}`", property.replace('/', ".")),
            None => name.to_owned(),
        };
        let keyword = error.kind().keyword().to_owned();
        let message = error.masked_with("the value");
        Err(format!("{location}: {message} (`{keyword}` in the spec)"))
    }
}

/// Translates `nullable` into JSON Schema. All other keywords of the spec mean the same in draft 4.
fn translate(value: &mut Value) {
    match value {
        Value::Object(object) => {
            translate_nullable(object);
            object.values_mut().for_each(translate);
        }
        Value::Array(items) => items.iter_mut().for_each(translate),
        _ => {}
    }
}

fn translate_nullable(schema: &mut Map<String, Value>) {
    if schema.get("nullable") == Some(&Value::Bool(true))
        && let Some(kind @ Value::String(_)) = schema.get("type").cloned()
    {
        schema.insert("type".to_owned(), json!([kind, "null"]));
    }
}
