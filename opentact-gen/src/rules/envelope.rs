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
        let form = match status.key.chars().next() {
            Some('2') => &SUCCESS,
            Some('4' | '5') => &ERROR,
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
        if form.fits(envelope) || !known.insert(place.clone()) {
            continue;
        }
        report.add_related(
            place,
            format!(
                "the response `{}` of `{}` is not an envelope of {}, with `success` always `{}`",
                status.key,
                operation.title(),
                form.properties,
                form.success,
            ),
            "the client opens this envelope by itself: describe the payload inside it, and an \
             error as `ErrorEnvelope`",
            (&status.key_span, "this response"),
        );
    }
}

/// The form of an envelope.
struct Form {
    /// The properties in words.
    properties: &'static str,
    /// The only value of `success`.
    success: bool,
    required: &'static [&'static str],
    optional: &'static [&'static str],
}

const SUCCESS: Form = Form {
    properties: "`success` and `payload`, both required",
    success: true,
    required: &["success", "payload"],
    optional: &[],
};

const ERROR: Form = Form {
    properties: "`success`, `message` and `status`, all required, and perhaps `meta` and `fields`",
    success: false,
    required: &["success", "message", "status"],
    optional: &["meta", "fields"],
};

impl Form {
    /// Returns `true` if a schema has the required properties and no others than the optional ones,
    /// and if `success` has one value.
    fn fits(&self, schema: &Node) -> bool {
        let properties = schema.entries_at("properties");
        let has = |name: &str| properties.iter().any(|property| property.key == name);
        let required = schema.items_at("required").iter().filter_map(Node::as_str);
        let required: Vec<&str> = required.collect();
        let value = schema.descend(["properties", "success", "enum", "0"]);
        let is_known = |name: &str| self.required.contains(&name) || self.optional.contains(&name);
        self.required
            .iter()
            .all(|name| has(name) && required.contains(name))
            && required.iter().all(|name| self.required.contains(name))
            && properties.iter().all(|property| is_known(&property.key))
            && value.and_then(Node::as_bool) == Some(self.success)
    }
}
