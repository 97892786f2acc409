//! Whether every answer comes in the envelope that the client opens.

use std::collections::HashSet;

use openapi_tree::{Entry, Finding, Node, Operation, resolve};

const RULE: &str = "envelope";

/// What an envelope is to be.
struct Expected {
    properties: &'static [&'static str],
    /// What `success` says.
    success: bool,
}

const PAYLOAD: Expected = Expected {
    properties: &["success", "payload"],
    success: true,
};
const ERROR: Expected = Expected {
    properties: &["success", "message", "status"],
    success: false,
};

pub(super) fn envelopes(root: &Node, findings: &mut Vec<Finding>) {
    let mut known = HashSet::new();
    for operation in Operation::all(root) {
        for (status, response) in operation.responses(root) {
            let expected = match status.key.chars().next() {
                Some('2') => &PAYLOAD,
                Some('4' | '5') => &ERROR,
                _ => continue, // see the rules `status` and `default-response`
            };
            let found = check(root, &operation, status, response, expected);
            // Other answers may share what is wrong.
            findings.extend(found.filter(|finding| known.insert(finding.span.clone())));
        }
    }
}

fn check(
    root: &Node,
    operation: &Operation<'_>,
    status: &Entry,
    response: &Node,
    expected: &Expected,
) -> Option<Finding> {
    // Without them, see the rules `media-type` and `unknown-ref`.
    let schema = response.descend(["content", "application/json", "schema"])?;
    let envelope = resolve(root, schema)?;
    let properties = envelope.get("properties").map_or(&[][..], Node::entries);
    let named: Vec<&str> = properties.iter().map(|entry| entry.key.as_str()).collect();
    let same_names = named.len() == expected.properties.len()
        && expected.properties.iter().all(|name| named.contains(name));
    let required = envelope.get("required").map_or(&[][..], Node::items);
    let all_required = expected
        .properties
        .iter()
        .all(|name| required.iter().any(|item| item.as_str() == Some(name)));
    let success = envelope
        .descend(["properties", "success", "enum", "0"])
        .and_then(Node::as_bool);
    if same_names && all_required && success == Some(expected.success) {
        return None;
    }
    // An envelope that is broken is to be mended, what is none to be replaced.
    let place = match envelope.entry("properties") {
        Some(entry) if named.contains(&"success") => &entry.key_span,
        _ => &schema.get("$ref").unwrap_or(schema).span,
    };
    Some(
        Finding::new(
            RULE,
            place,
            format!(
                "the answer `{}` of `{}` is not an envelope of `{}`, all required, with \
                 `success` always `{}`",
                status.key,
                operation.title(),
                expected.properties.join("`, `"),
                expected.success,
            ),
            "the client opens this envelope by itself: describe the payload inside it, and an \
             error as `ErrorEnvelope`",
        )
        .with_related(&status.key_span, "this answer"),
    )
}
