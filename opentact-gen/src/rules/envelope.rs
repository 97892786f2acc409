//! The rule `envelope`: every response comes in the envelope that the client opens.

use std::collections::HashSet;

use openapi_tree::{Node, resolve};

use super::context::Context;
use super::report::Report;
use crate::spec::json_schema;

/// Reports responses without the vendor's envelope.
pub(super) fn envelopes(context: &Context<'_>, report: &mut Report<'_>) {
    let mut known = HashSet::new();
    for (operation, status, response) in context.responses() {
        let (names, success): (&[&str], bool) = match status.key.chars().next() {
            Some('2') => (&["success", "payload"], true),
            Some('4' | '5') => (&["success", "message", "status"], false),
            _ => continue, // see the rule `status`
        };
        // Without a schema, see the rules `media-type` and `unknown-ref`.
        let Some(schema) = json_schema(response) else {
            continue;
        };
        let Some(envelope) = resolve(context.root, schema) else {
            continue;
        };
        // An author corrects a broken envelope, and replaces a schema that is none.
        let place = match envelope.entry("properties") {
            Some(entry) if entry.node.get("success").is_some() => &entry.key_span,
            _ => &schema.get("$ref").unwrap_or(schema).span,
        };
        // Responses may share the mistake.
        if is_envelope(envelope, names, success) || !known.insert(place.clone()) {
            continue;
        }
        report.add_related(
            place,
            format!(
                "the response `{}` of `{}` is not an envelope of `{}`, all required, with \
                 `success` always `{success}`",
                status.key,
                operation.title(),
                names.join("`, `"),
            ),
            "the client opens this envelope by itself: describe the payload inside it, and an \
             error as `ErrorEnvelope`",
            (&status.key_span, "this response"),
        );
    }
}

/// Returns `true` if a schema requires these properties and no others, and `success` has one value.
fn is_envelope(schema: &Node, names: &[&str], success: bool) -> bool {
    let properties = schema.entries_at("properties");
    let required = schema.items_at("required");
    let value = schema.descend(["properties", "success", "enum", "0"]);
    let is_required = |name: &str| required.iter().any(|item| item.as_str() == Some(name));
    let is_complete =
        |name: &&str| schema.descend(["properties", name]).is_some() && is_required(name);
    properties.len() == names.len()
        && names.iter().all(is_complete)
        && value.and_then(Node::as_bool) == Some(success)
}
