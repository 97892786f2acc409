//! References: they lead to components of their kind, have no siblings, and use every component.

use std::collections::BTreeSet;

use openapi_tree::{Node, Pointer, is_extension, reference, target, walk};

use super::context::Context;
use super::report::Report;
use crate::spec::components;

/// Reports references to anything but a component of the kind that belongs there. progenitor looks
/// up only the last segment of a reference, among the components of that kind.
pub(super) fn targets(context: &Context<'_>, report: &mut Report<'_>) {
    let mut references: Vec<(&str, &Node)> = Vec::new();
    let schemas = context.schemas.iter();
    references.extend(schemas.map(|reachable| ("schemas", reachable.schema)));
    for operation in &context.operations {
        let node = operation.node();
        for holder in [node, &operation.path.node] {
            let parameters = holder.items_at("parameters").iter();
            references.extend(parameters.map(|parameter| ("parameters", parameter)));
        }
        references.extend(node.get("requestBody").map(|body| ("requestBodies", body)));
        let responses = node.entries_at("responses").iter();
        references.extend(responses.map(|response| ("responses", &response.node)));
    }
    for kind in ["parameters", "requestBodies", "responses"] {
        let components = components(context.root, kind).iter();
        references.extend(components.map(|component| (kind, &component.node)));
    }
    for (kind, node) in references {
        let (Some(text), Some(_)) = (reference(node), target(context.root, node)) else {
            continue; // for a reference that leads nowhere, see the rule `unknown-ref`
        };
        let prefix = format!("#/components/{kind}/");
        let name = text.strip_prefix(&prefix);
        let component = name.and_then(|name| context.root.descend(["components", kind, name]));
        if component.is_none() {
            report.add(
                &node.get("$ref").unwrap_or(node).span,
                format!("`{text}` is not a component of `#/components/{kind}`"),
                format!("move the target there, and refer to it as `{prefix}Name`"),
            );
        }
    }
}

/// Reports keywords beside a `$ref`, which OpenAPI 3.0 ignores.
pub(super) fn siblings(context: &Context<'_>, report: &mut Report<'_>) {
    walk(context.root, &mut |node, _| {
        let mut siblings = node.entries().iter().filter(|entry| entry.key != "$ref");
        if let (Some(_), Some(sibling)) = (reference(node), siblings.next()) {
            report.add(
                &sibling.key_span,
                format!("OpenAPI 3.0 ignores `{}` beside `$ref`", sibling.key),
                "move it to the target of the `$ref`; for a `$ref` that may be null write \
                 `anyOf: [{$ref: …}, {type: object, nullable: true, enum: [null]}]`",
            );
        }
    });
}

/// Reports components that are not reachable from the paths.
pub(super) fn unused(context: &Context<'_>, report: &mut Report<'_>) {
    let used = used(context.root);
    let kinds = context.root.entries_at("components").iter();
    // Security schemes are used by name: see the rule `security`.
    for kind in kinds.filter(|kind| kind.key != "securitySchemes" && !is_extension(&kind.key)) {
        for component in kind.node.entries() {
            let pointer = Pointer::root().child("components");
            let pointer = pointer.child(&kind.key).child(&component.key);
            if !used.contains(&pointer) {
                let message = format!("nothing refers to `#{pointer}`");
                report.add(&component.key_span, message, "refer to it, or delete it");
            }
        }
    }
}

/// Returns the pointers of the components that are reachable from the paths.
fn used(root: &Node) -> BTreeSet<Pointer> {
    let mut used = BTreeSet::new();
    let mut waiting: Vec<&Node> = root.get("paths").into_iter().collect();
    while let Some(node) = waiting.pop() {
        walk(node, &mut |node, _| {
            if let Some(pointer) = reference(node).and_then(Pointer::of_reference) {
                let segments = pointer.segments().take(3);
                let component = segments.fold(Pointer::root(), |parent, name| parent.child(name));
                if !used.contains(&component) {
                    waiting.extend(root.at(&component));
                    used.insert(component);
                }
            }
        });
    }
    used
}
