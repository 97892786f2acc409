//! Stage 3, lower: the spec in progenitor's dialect, and its intermediate representation.

mod dialect;

use openapi_tree::{Document, Finding, Findings, Node, Operation, Pointer};
use openapiv3::OpenAPI;
use serde_json::{Value, json};
use serde_path_to_error::Segment;

use self::dialect::Dialect;
pub(crate) use self::dialect::STRING_OR_INTEGER;
use crate::ir::Ir;
use crate::reach::{Directions, reach};
use crate::spec::{JSON, payload, success};

/// A spec that progenitor reads.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The spec in progenitor's dialect.
    pub openapi: OpenAPI,
    /// The intermediate representation of the spec.
    pub ir: Ir,
}

/// Lowers a checked document: operations are named by `x-rust-name`, and the success response is the
/// payload without its envelope: the first one, because all have one schema. Error responses are left to
/// the client. Optional lists distinguish absent from empty in requests and not in responses, and
/// received values have no limits.
///
/// # Errors
/// Returns a finding if the types of `openapiv3` do not fit the document.
pub fn lower(document: &Document) -> Result<Lowered, Findings> {
    let mut root = document.root.to_json();
    let components = root.get("components").cloned().unwrap_or_default();
    let mut used = Directions::default();
    for operation in Operation::all(&document.root) {
        let Directions { sent, received } = &mut used;
        let item = &mut root["paths"][operation.path.key.as_str()];
        reach(&item["parameters"], &components, sent);
        let lowered = &mut item[operation.method.key.as_str()];
        if let Some(name) = operation.node().str_at("x-rust-name") {
            lowered["operationId"] = json!(name);
        }
        lowered["responses"] = success_response(&document.root, &operation);
        reach(&lowered["parameters"], &components, sent);
        reach(&lowered["requestBody"], &components, sent);
        reach(&lowered["responses"], &components, received);
    }
    let dialect = Dialect {
        components: &components,
        sent: &used.sent,
    };
    translate(&mut root, dialect, &used);
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
    let ir = Ir::new(document);
    Ok(Lowered { openapi, ir })
}

/// Returns the `responses` of an operation with the success response only, and with the schema of the
/// payload in place of the envelope's.
fn success_response(root: &Node, operation: &Operation<'_>) -> Value {
    let Some((status, response)) = success(root, operation) else {
        return json!({});
    };
    let mut lowered = response.to_json();
    if let Some(payload) = payload(root, operation) {
        lowered["content"][JSON]["schema"] = payload.to_json();
    }
    json!({ (status.key.clone()): lowered })
}

/// Removes the components that progenitor does not read, and the schemas that no operation uses, and
/// translates the other schemas into progenitor's dialect.
fn translate(root: &mut Value, dialect: Dialect<'_>, used: &Directions) {
    let Directions { sent, received } = used;
    if let Some(paths) = root.get_mut("paths") {
        dialect.translate_part(paths, true);
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
                "schemas" => dialect.translate(component, sent.contains(name)),
                _ => dialect.translate_part(component, true),
            }
        }
    }
}
