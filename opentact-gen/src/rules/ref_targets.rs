//! Whether references lead to components of their kind: progenitor looks the last word of a
//! reference up among the components, whatever stands before it.

use openapi_tree::{Entry, Finding, Node, Operation, Pointer, reference};

/// Whether every reference to a schema, parameter or request body that progenitor follows is of
/// the form `#/components/…/Name`.
pub(super) fn targets(root: &Node, findings: &mut Vec<Finding>) {
    for schema in super::reachable::schemas(root) {
        target(root, schema.schema, "schemas", findings);
    }
    for path in root.get("paths").map_or(&[][..], Node::entries) {
        parameters(root, &path.node, findings);
    }
    for operation in Operation::all(root) {
        parameters(root, operation.node(), findings);
        if let Some(body) = operation.node().get("requestBody") {
            target(root, body, "requestBodies", findings);
        }
        for (_, answer) in answers(&operation) {
            target(root, answer, "responses", findings);
        }
    }
    for kind in ["parameters", "requestBodies", "responses"] {
        let components = root
            .get("components")
            .and_then(|components| components.get(kind));
        for component in components.map_or(&[][..], Node::entries) {
            target(root, &component.node, kind, findings);
        }
    }
}

fn parameters(root: &Node, holder: &Node, findings: &mut Vec<Finding>) {
    for parameter in holder.get("parameters").map_or(&[][..], Node::items) {
        target(root, parameter, "parameters", findings);
    }
}

fn answers<'a>(operation: &Operation<'a>) -> impl Iterator<Item = (&'a Entry, &'a Node)> {
    let responses = operation.node().get("responses");
    let responses = responses.map_or(&[][..], Node::entries).iter();
    responses
        .filter(|entry| !entry.key.starts_with("x-"))
        .map(|entry| (entry, &entry.node))
}

fn target(root: &Node, node: &Node, kind: &str, findings: &mut Vec<Finding>) {
    let Some(target) = reference(node) else {
        return;
    };
    let exists = Pointer::of_reference(target).is_some_and(|pointer| root.at(&pointer).is_some());
    let name = target.strip_prefix("#/components/");
    let name = name.and_then(|rest| rest.strip_prefix(kind)?.strip_prefix('/'));
    let components = root
        .get("components")
        .and_then(|components| components.get(kind));
    let is_component = name
        .is_some_and(|name| components.is_some_and(|components| components.get(name).is_some()));
    if exists && !is_component {
        findings.push(Finding::new(
            "ref-target",
            &node.get("$ref").unwrap_or(node).span,
            format!("`{target}` is not a component of `#/components/{kind}`, where progenitor looks for it"),
            format!("move what it leads to there, and refer to it as `#/components/{kind}/Name`"),
        ));
    }
}
