//! Schemas as progenitor understands them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Where component schemas stand.
pub(crate) const SCHEMAS: &str = "#/components/schemas/";

/// What is asked of received values is not imposed on them: the server knows what it sends.
const LIMITS: [&str; 13] = [
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "uniqueItems",
];

/// Translates schemas of one direction.
#[derive(Clone, Copy)]
pub(super) struct Dialect<'a> {
    /// The components of the spec.
    pub(super) components: &'a Value,
    /// The names of the component schemas that are sent.
    pub(super) sent: &'a BTreeSet<String>,
    /// Whether the schemas are of what is sent; otherwise of what is received.
    pub(super) sending: bool,
}

impl Dialect<'_> {
    /// Translates a schema and all schemas in it.
    pub(super) fn translate(self, schema: &mut Value) {
        if !self.sending {
            self.inline_limited(schema);
        }
        let Some(schema) = schema.as_object_mut() else {
            return;
        };
        nullable_reference(schema);
        whole_password(schema);
        // A default is the server's to fill in: sending it would not be the same as leaving
        // the property out.
        schema.remove("default");
        if !self.sending {
            schema.retain(|keyword, _| !LIMITS.contains(&keyword.as_str()));
            if schema.get("format") != Some(&json!("uuid")) {
                schema.remove("pattern");
            }
        }
        optional_lists(schema, self.sending);
        subschemas(schema).for_each(|schema| self.translate(schema));
    }

    /// Replaces a reference to a value with limits, such as a name that is sent, by the value.
    /// What is received is then read without them.
    fn inline_limited(self, schema: &mut Value) {
        let name = schema["$ref"]
            .as_str()
            .and_then(|target| target.strip_prefix(SCHEMAS));
        let Some(name) = name.filter(|name| self.sent.contains(*name)) else {
            return;
        };
        let target = &self.components["schemas"][name];
        if !matches!(target["type"].as_str(), None | Some("object" | "array")) {
            *schema = target.clone();
        }
    }
}

/// The schemas right inside a schema.
fn subschemas(schema: &mut Map<String, Value>) -> impl Iterator<Item = &mut Value> {
    schema
        .iter_mut()
        .flat_map(|(keyword, value)| match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => properties.values_mut().collect(),
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => parts.iter_mut().collect(),
            ("items" | "additionalProperties" | "not", part) => vec![part],
            _ => Vec::new(),
        })
}

/// `anyOf: [{$ref: …}, {nullable: true, enum: [null], …}]` is to progenitor an `allOf` that
/// is nullable.
fn nullable_reference(schema: &mut Map<String, Value>) {
    let Some([reference, null]) = schema
        .get("anyOf")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    else {
        return;
    };
    let only_null = null["enum"] == json!([null]) && null["nullable"] == json!(true);
    if reference.get("$ref").is_some() && only_null {
        let reference = reference.clone();
        schema.remove("anyOf");
        schema.insert("nullable".to_owned(), Value::Bool(true));
        schema.insert("allOf".to_owned(), json!([reference]));
    }
}

/// Whatever else is said of a password, it becomes a secret: with limits, progenitor would
/// make a checked string of it, which shows its value.
fn whole_password(schema: &mut Map<String, Value>) {
    if schema.get("format") == Some(&json!("password")) {
        let kept = ["type", "format", "nullable", "description"];
        schema.retain(|keyword, _| kept.contains(&keyword.as_str()));
    }
}

/// Of a list that may be left out, progenitor makes a `Vec` where it is not nullable and an
/// `Option<Vec>` where it is. In a request absent and empty differ; in an answer absent,
/// null and empty are the same.
fn optional_lists(schema: &mut Map<String, Value>, sending: bool) {
    let required: Vec<Value> = match schema.get("required") {
        Some(Value::Array(names)) => names.clone(),
        _ => Vec::new(),
    };
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (name, property) in properties.into_iter().flatten() {
        let is_list = property["type"] == "array";
        let optional = !required.contains(&json!(name));
        if let Some(list) = property.as_object_mut().filter(|_| is_list && optional) {
            list.insert("nullable".to_owned(), Value::Bool(sending));
        }
    }
}
