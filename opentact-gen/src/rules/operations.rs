//! Demands on operations as a whole.

use openapi_tree::{Node, Operation};

use super::context::Context;
use super::report::Report;
use crate::ir::Source;

/// Reports operations without the extension that permits or forbids retries.
pub(super) fn idempotent(context: &Context<'_>, report: &mut Report<'_>) {
    for operation in &context.operations {
        let value = operation.node().get("x-idempotent");
        let (span, what) = match value {
            Some(value) if value.as_bool().is_some() => continue,
            Some(value) => (
                &value.span,
                "an `x-idempotent` other than `true` or `false`",
            ),
            None => (&operation.method.key_span, "no `x-idempotent`"),
        };
        report.add(
            span,
            format!("`{}` has {what}", operation.title()),
            "add `x-idempotent: true` if a second identical request changes nothing more, so that \
             the client may retry it after a lost response; otherwise, or if nobody knows, add \
             `x-idempotent: false`",
        );
    }
}

/// Reports operations that do not name the origin of their description.
pub(super) fn source(context: &Context<'_>, report: &mut Report<'_>) {
    for operation in &context.operations {
        let value = operation.node().get("x-source");
        let (span, what) = match value {
            Some(value) if Source::new(value).is_some() => continue,
            Some(value) => (&value.span, "an `x-source` that is not known"),
            None => (&operation.method.key_span, "no `x-source`"),
        };
        report.add(
            span,
            format!("`{}` has {what}", operation.title()),
            "add `x-source: page` if a public page of the vendor describes it, `page+2021` if the \
             API as of 2021 has it as well, or `2021` if no page does",
        );
    }
}

/// Reports a spec without operations.
pub(super) fn none(context: &Context<'_>, report: &mut Report<'_>) {
    if let (Some(paths), []) = (context.root.entry("paths"), &context.operations[..]) {
        let help = "describe one under a path: `get`, `post`, …";
        report.add(&paths.key_span, "this spec has no operation", help);
    }
}

/// Reports extensions that make progenitor generate code for another server framework.
pub(super) fn extensions(context: &Context<'_>, report: &mut Report<'_>) {
    let nodes = context.operations.iter().map(Operation::node);
    for entry in nodes.flat_map(Node::entries) {
        if ["x-dropshot-pagination", "x-dropshot-websocket"].contains(&&*entry.key) {
            let message = format!("the client does not support the extension `{}`", entry.key);
            report.add(&entry.key_span, message, "remove or rename it");
        }
    }
}
