//! Whether every `$ref` leads somewhere, and every component is wanted.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::node::{Node, escape};
use crate::spec::{reference, resolve, walk};

pub(super) fn unknown(root: &Node, findings: &mut Vec<Finding>) {
    walk(root, "", &mut |node, _| {
        let Some(target) = reference(node) else {
            return;
        };
        let span = node.get("$ref").map_or(&node.span, |value| &value.span);
        let Some(pointer) = target.strip_prefix('#') else {
            findings.push(Finding::new(
                "unknown-ref",
                span,
                format!("`{target}` leads out of this file"),
                "refer to something in this file: `#/components/…`",
            ));
            return;
        };
        if root.pointer(pointer).is_none() {
            findings.push(Finding::new(
                "unknown-ref",
                span,
                format!("there is nothing at `{target}`"),
                similar(root, pointer),
            ));
        } else if resolve(root, node).is_none() {
            findings.push(Finding::new(
                "unknown-ref",
                span,
                format!("`{target}` leads to another `$ref` and in the end back here"),
                "let one of them be a definition instead of a `$ref`",
            ));
        }
    });
}

/// A way out of a wrong reference: the component of that kind with the most similar name.
fn similar(root: &Node, pointer: &str) -> String {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    let known = root.pointer(parent).map_or(&[][..], Node::entries);
    let common = |key: &str| {
        let pairs = key.chars().zip(name.chars());
        pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
    };
    match known.iter().max_by_key(|entry| common(&entry.key)) {
        Some(entry) if common(&entry.key) > 0 => {
            format!("write `#{parent}/{}`, or define `{name}` there", entry.key)
        }
        _ => format!("define `{name}` under `#{parent}`"),
    }
}

pub(super) fn unused(root: &Node, findings: &mut Vec<Finding>) {
    let used = reachable(root);
    let Some(components) = root.get("components") else {
        return;
    };
    for kind in components.entries() {
        if kind.key == "securitySchemes" || kind.key.starts_with("x-") {
            continue; // used by name, not by `$ref`: see the rule `security`
        }
        for component in kind.node.entries() {
            let target = format!("#/components/{}/{}", kind.key, escape(&component.key));
            if !used.contains(target.as_str()) {
                findings.push(Finding::new(
                    "unused-component",
                    &component.key_span,
                    format!("nothing refers to `{target}`"),
                    "refer to it, or delete it",
                ));
            }
        }
    }
}

/// The targets of all references that can be reached from the paths.
fn reachable(root: &Node) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    let mut waiting: Vec<&Node> = root.get("paths").into_iter().collect();
    while let Some(node) = waiting.pop() {
        walk(node, "", &mut |node, _| {
            if let Some(target) = reference(node)
                && used.insert(target)
                && let Some(pointer) = target.strip_prefix('#')
            {
                waiting.extend(root.pointer(pointer));
            }
        });
    }
    used
}
