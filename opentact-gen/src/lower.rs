//! Stage 3, prepare: the spec in progenitor's dialect, and what later stages want to know
//! of the spec that progenitor does not pass on.

mod dialect;

use std::collections::BTreeSet;

use openapiv3::OpenAPI;
use serde_json::{Map, Value};

use self::dialect::Dialect;
pub(crate) use self::dialect::SCHEMAS;
use crate::ir::{Facts, type_name};
use openapi_tree::{Document, Finding, Findings, Pointer};

/// A spec that progenitor takes.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Operations named by `x-rust-name`, envelopes replaced by their payloads.
    pub openapi: OpenAPI,
    /// What the spec says beside that.
    pub facts: Facts,
}

/// Says a checked document in progenitor's dialect: operations take the name that they have
/// in Rust, an answer is its payload without the envelope, errors are left to the client,
/// optional lists say whether absent and empty differ (in requests) or not (in answers), and
/// no limit is imposed on what is received.
///
/// # Errors
/// Where the document is not what the types of `openapiv3` hold.
pub fn prepare(document: &Document) -> Result<Prepared, Findings> {
    let mut root = document.root.to_json();
    let facts = Facts::new(&document.root);
    let mut directions = Directions::default();
    for operation in operations_mut(&mut root) {
        rename(operation);
    }
    let components = root.get("components").cloned().unwrap_or_default();
    for operation in operations_mut(&mut root) {
        open_envelopes(operation, &components);
        directions.note(operation, &components);
    }
    if let Some(items) = root.pointer("/paths").and_then(Value::as_object) {
        for item in items.values() {
            directions.note_parameters(item, &components);
        }
    }
    translate(&mut root, &directions, &components);
    let openapi = serde_path_to_error::deserialize(root).map_err(|error| {
        let pointer: String = error.path().iter().map(segment).collect();
        let finding = Finding::new(
            "openapi",
            &document
                .root
                .span_at(&Pointer::parse(&pointer).unwrap_or_default()),
            format!("not OpenAPI 3.0 as `openapiv3` reads it: {}", error.inner()),
            "see https://spec.openapis.org/oas/v3.0.3 for what may stand here",
        );
        Findings::new(document.sources.clone(), vec![finding])
    })?;
    Ok(Prepared { openapi, facts })
}

/// A step on the way to an error, as a part of a JSON pointer.
fn segment(segment: &serde_path_to_error::Segment) -> String {
    match segment {
        serde_path_to_error::Segment::Seq { index } => format!("/{index}"),
        serde_path_to_error::Segment::Map { key } => Pointer::root().child(key).to_string(),
        _ => String::new(),
    }
}

/// Every operation of a document.
fn operations_mut(root: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let paths = root.get_mut("paths").and_then(Value::as_object_mut);
    paths
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
        .filter(|operation| operation.contains_key("responses"))
}

fn rename(operation: &mut Map<String, Value>) {
    if let Some(name) = operation.get("x-rust-name").cloned() {
        operation.insert("operationId".to_owned(), name);
    }
}

/// Leaves one answer: the success, its schema replaced by that of the payload.
fn open_envelopes(operation: &mut Map<String, Value>, components: &Value) {
    let Some(responses) = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    responses.retain(|status, _| status.starts_with('2'));
    for response in responses.values_mut() {
        *response = resolved(response, components);
        if let Some(schema) = response.pointer_mut("/content/application~1json/schema") {
            let envelope = resolved(schema, components);
            if let Some(payload) = envelope.pointer("/properties/payload") {
                *schema = payload.clone();
            }
        }
    }
}

/// What a reference leads to, or the value itself.
fn resolved(value: &Value, components: &Value) -> Value {
    let mut value = value;
    while let Some(target) = value.get("$ref").and_then(Value::as_str)
        && let Some(pointer) = target.strip_prefix("#/components")
        && let Some(next) = components.pointer(pointer)
    {
        value = next;
    }
    value.clone()
}

/// The names of the schemas that are sent and of those that are received.
#[derive(Default)]
struct Directions {
    sent: BTreeSet<String>,
    received: BTreeSet<String>,
}

impl Directions {
    fn note(&mut self, operation: &Map<String, Value>, components: &Value) {
        if let Some(body) = operation.get("requestBody") {
            reach(body, components, &mut self.sent);
        }
        if let Some(parameters) = operation.get("parameters") {
            reach(parameters, components, &mut self.sent);
        }
        if let Some(responses) = operation.get("responses") {
            reach(responses, components, &mut self.received);
        }
    }

    fn note_parameters(&mut self, path_item: &Value, components: &Value) {
        if let Some(parameters) = path_item.get("parameters") {
            reach(parameters, components, &mut self.sent);
        }
    }
}

/// Adds the names of all schemas that can be reached from a value.
pub(crate) fn reach(value: &Value, components: &Value, names: &mut BTreeSet<String>) {
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(target)) = object.get("$ref") {
                    let new = match target.strip_prefix(SCHEMAS) {
                        Some(name) => names.insert(name.to_owned()),
                        None => true,
                    };
                    if new && let Some(pointer) = target.strip_prefix("#/components") {
                        waiting.extend(components.pointer(pointer));
                    }
                }
                waiting.extend(object.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
}

/// Leaves the schemas that are sent or received, and of the other components what progenitor
/// reads; all of it in progenitor's dialect.
fn translate(root: &mut Value, directions: &Directions, components: &Value) {
    let dialect = |sending| Dialect {
        components,
        sent: &directions.sent,
        sending,
    };
    for schema in parameters_mut(root).filter_map(|parameter| parameter.get_mut("schema")) {
        dialect(true).translate(schema);
    }
    for operation in operations_mut(root) {
        if let Some(body) = operation.get_mut("requestBody") {
            content_schemas(body).for_each(|schema| dialect(true).translate(schema));
        }
        let responses = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut);
        for response in responses.into_iter().flat_map(Map::values_mut) {
            content_schemas(response).for_each(|schema| dialect(false).translate(schema));
        }
    }
    let Some(components) = root.get_mut("components").and_then(Value::as_object_mut) else {
        return;
    };
    components
        .retain(|kind, _| matches!(kind.as_str(), "schemas" | "parameters" | "requestBodies"));
    let bodies = components
        .get_mut("requestBodies")
        .and_then(Value::as_object_mut);
    for body in bodies.into_iter().flat_map(Map::values_mut) {
        content_schemas(body).for_each(|schema| dialect(true).translate(schema));
    }
    let Some(schemas) = components.get_mut("schemas").and_then(Value::as_object_mut) else {
        return;
    };
    schemas.retain(|name, _| directions.sent.contains(name) || directions.received.contains(name));
    for (name, schema) in schemas {
        dialect(directions.sent.contains(name)).translate(schema);
    }
}

/// Every parameter of a document: of a path, of an operation or a component.
fn parameters_mut(root: &mut Value) -> impl Iterator<Item = &mut Value> {
    let mut holders: Vec<&mut Value> = Vec::new();
    for (keyword, value) in root.as_object_mut().into_iter().flatten() {
        match keyword.as_str() {
            "paths" => {
                let items = value.as_object_mut().into_iter().flat_map(Map::values_mut);
                let members = items.filter_map(Value::as_object_mut).flatten();
                holders.extend(
                    members.flat_map(|(keyword, member)| match keyword.as_str() {
                        "parameters" => Some(member),
                        _ => member.get_mut("parameters"),
                    }),
                );
            }
            "components" => holders.extend(value.get_mut("parameters")),
            _ => {}
        }
    }
    holders.into_iter().flat_map(|holder| match holder {
        Value::Array(parameters) => parameters.iter_mut().collect(),
        Value::Object(parameters) => parameters.values_mut().collect(),
        _ => Vec::new(),
    })
}

/// The schemas of a request body or a response, one for each media type.
fn content_schemas(body: &mut Value) -> impl Iterator<Item = &mut Value> {
    let content = body.get_mut("content").and_then(Value::as_object_mut);
    content
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(|media_type| media_type.get_mut("schema"))
}

/// The components that only name a UUID: in Rust, `uuid::Uuid` itself.
pub(crate) fn uuid_aliases(openapi: &OpenAPI) -> impl Iterator<Item = String> {
    let components = openapi.components.iter();
    components
        .flat_map(|components| &components.schemas)
        .filter(|(_, schema)| {
            let schema = serde_json::to_value(schema).unwrap_or_default();
            schema["type"] == "string" && schema["format"] == "uuid"
        })
        .map(|(name, _)| type_name(name))
}
