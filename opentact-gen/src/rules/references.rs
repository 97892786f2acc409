//! The rules `ref-sibling` and `unused-component`: references stand alone, and components are used.

use std::collections::BTreeSet;

use openapi_tree::{Finding, Node, Pointer, reference, walk};

/// Reports keywords beside a `$ref`, which OpenAPI 3.0 ignores.
pub(super) fn siblings(root: &Node, findings: &mut Vec<Finding>) {
    walk(root, &mut |node, _| {
        if reference(node).is_none() {
            return;
        }
        if let Some(sibling) = node.entries().iter().find(|entry| entry.key != "$ref") {
            findings.push(Finding::new(
                "ref-sibling",
                &sibling.key_span,
                format!(
                    "`{}` beside `$ref`, where OpenAPI 3.0 passes over it",
                    sibling.key
                ),
                "say it where the `$ref` leads to; for a `$ref` that may be null write \
                 `anyOf: [{$ref: …}, {type: object, nullable: true, enum: [null]}]`",
            ));
        }
    });
}

pub(super) fn unused(root: &Node, findings: &mut Vec<Finding>) {
    let used = reachable(root);
    let components_pointer = Pointer::root().child("components");
    let Some(components) = root.get("components") else {
        return;
    };
    for kind in components.entries() {
        if kind.key == "securitySchemes" || kind.key.starts_with("x-") {
            continue; // used by name, not by `$ref`: see the rule `security`
        }
        for component in kind.node.entries() {
            let target = components_pointer.child(&kind.key).child(&component.key);
            if !used.contains(&target) {
                findings.push(Finding::new(
                    "unused-component",
                    &component.key_span,
                    format!("nothing refers to `#{target}`"),
                    "refer to it, or delete it",
                ));
            }
        }
    }
}

/// Returns the pointer of the component at or around a pointer.
fn component(pointer: &Pointer) -> Pointer {
    let segments = pointer.segments().take(3);
    segments.fold(Pointer::root(), |component, segment| {
        component.child(segment)
    })
}

/// Returns the pointers of the components that can be reached from the paths.
fn reachable(root: &Node) -> BTreeSet<Pointer> {
    let mut used = BTreeSet::new();
    let mut waiting: Vec<&Node> = root.get("paths").into_iter().collect();
    while let Some(node) = waiting.pop() {
        walk(node, &mut |node, _| {
            if let Some(pointer) = reference(node).and_then(Pointer::of_reference) {
                let component = component(&pointer);
                if !used.contains(&component) {
                    waiting.extend(root.at(&component));
                    used.insert(component);
                }
            }
        });
    }
    used
}
