//! Whether it is said of every operation that it may be carried out twice.

use openapi_tree::{Finding, Node, Operation};

pub(super) fn operations(root: &Node, findings: &mut Vec<Finding>) {
    let way_out = "say `x-idempotent: true` where carrying it out twice leaves the service as \
        carrying it out once does, so that the client may repeat it when an answer is lost; \
        otherwise, or where nobody knows, `x-idempotent: false`";
    for operation in Operation::all(root) {
        let (span, what) = match operation.node().get("x-idempotent") {
            None => (&operation.method.key_span, "has no `x-idempotent`"),
            Some(value) if value.as_bool().is_none() => (
                &value.span,
                "has an `x-idempotent` that is neither `true` nor `false`",
            ),
            Some(_) => continue,
        };
        let message = format!("`{}` {what}", operation.title());
        findings.push(Finding::new("idempotent", span, message, way_out));
    }
}
