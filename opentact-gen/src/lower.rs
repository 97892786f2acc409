//! Stage 3, lower: the spec in progenitor's dialect, and its intermediate representation.

mod dialect;

use std::collections::BTreeSet;

use openapi_tree::{Document, Finding, Findings, Pointer, is_method};
use openapiv3::OpenAPI;
use serde_json::{Map, Value};
use serde_path_to_error::Segment;

use self::dialect::Dialect;
use crate::ir::Ir;
use crate::reach::reach;

/// A spec that progenitor reads.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The spec in progenitor's dialect.
    pub openapi: OpenAPI,
    /// The intermediate representation of the spec.
    pub ir: Ir,
}

/// Lowers a checked document: operations are named by `x-rust-name`, and the success response is the
/// payload without its envelope. Error responses are left to the client. Optional lists distinguish
/// absent from empty in requests and not in responses, and received values have no limits.
///
/// # Errors
/// Returns a finding if the types of `openapiv3` do not fit the document.
pub fn lower(document: &Document) -> Result<Lowered, Findings> {
    let mut root = document.root.to_json();
    let components = root.get("components").cloned().unwrap_or_default();
    let (mut sent, mut received) = (BTreeSet::new(), BTreeSet::new());
    let paths = root.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(Map::values_mut);
    for (keyword, member) in items.filter_map(Value::as_object_mut).flatten() {
        if let Value::Object(operation) = member
            && is_method(keyword)
        {
            if let Some(name) = operation.get("x-rust-name").cloned() {
                operation.insert("operationId".to_owned(), name);
            }
            open_envelope(operation, &components);
            reach(&member["parameters"], &components, &mut sent);
            reach(&member["requestBody"], &components, &mut sent);
            reach(&member["responses"], &components, &mut received);
        } else if keyword == "parameters" {
            reach(member, &components, &mut sent);
        }
    }
    translate(&mut root, &components, &sent, &received);
    let openapi = serde_path_to_error::deserialize(root).map_err(|error| {
        let segments = error.path().iter();
        let pointer = segments.fold(Pointer::root(), |parent, segment| match segment {
            Segment::Seq { index } => parent.child(index),
            key => parent.child(key),
        });
        let finding = Finding::new(
            "openapi",
            &document.root.span_at(&pointer),
            format!("not OpenAPI 3.0 as `openapiv3` reads it: {}", error.inner()),
            "see https://spec.openapis.org/oas/v3.0.3 for the values that are allowed here",
        );
        Findings::new(document.sources.clone(), vec![finding])
    })?;
    let ir = Ir::new(&document.root);
    Ok(Lowered { openapi, ir })
}

/// Keeps the success response only, with the schema of the payload in place of the envelope's.
fn open_envelope(operation: &mut Map<String, Value>, components: &Value) {
    let responses = operation.get_mut("responses");
    let Some(responses) = responses.and_then(Value::as_object_mut) else {
        return;
    };
    responses.retain(|status, _| status.starts_with('2'));
    for response in responses.values_mut() {
        *response = resolve(response, components).clone();
        if let Some(schema) = response.pointer_mut("/content/application~1json/schema")
            && let Some(payload) = resolve(schema, components).pointer("/properties/payload")
        {
            *schema = payload.clone();
        }
    }
}

/// Follows references to components.
fn resolve<'a>(mut value: &'a Value, components: &'a Value) -> &'a Value {
    while let Some(target) = value["$ref"].as_str()
        && let Some(pointer) = target.strip_prefix("#/components")
        && let Some(next) = components.pointer(pointer)
    {
        value = next;
    }
    value
}

/// Removes the components that progenitor does not read, and the schemas that no operation uses, and
/// translates the other schemas into progenitor's dialect.
fn translate(
    root: &mut Value,
    components: &Value,
    sent: &BTreeSet<String>,
    received: &BTreeSet<String>,
) {
    let dialect = |sending| Dialect {
        components,
        sent,
        sending,
    };
    if let Some(paths) = root.get_mut("paths") {
        dialect(true).translate_part(paths);
    }
    let Some(kinds) = root.get_mut("components").and_then(Value::as_object_mut) else {
        return;
    };
    kinds.retain(|kind, _| matches!(kind.as_str(), "schemas" | "parameters" | "requestBodies"));
    if let Some(schemas) = kinds.get_mut("schemas").and_then(Value::as_object_mut) {
        schemas.retain(|name, _| sent.contains(name) || received.contains(name));
    }
    for (kind, components) in kinds {
        for (name, component) in components.as_object_mut().into_iter().flatten() {
            match kind.as_str() {
                "schemas" => dialect(sent.contains(name)).translate(component),
                _ => dialect(true).translate_part(component),
            }
        }
    }
}
