//! Whether every `$ref` leads somewhere, and every component is wanted.

use std::collections::{BTreeSet, HashSet};

use crate::finding::Finding;
use crate::node::{Node, escape};
use crate::spec::{self, reference, walk};

pub(super) fn unknown(root: &Node, findings: &mut Vec<Finding>) {
    let mut straight = HashSet::new();
    walk(root, "", &mut |node, _| {
        let Some(target) = reference(node) else {
            return;
        };
        let span = node.get("$ref").map_or(&node.span, |value| &value.span);
        let Some(pointer) = spec::pointer(target) else {
            findings.push(Finding::new(
                "unknown-ref",
                span,
                format!("`{target}` leads out of this file"),
                "refer to something in this file: `#/components/…`",
            ));
            return;
        };
        if root.pointer(&pointer).is_none() {
            findings.push(Finding::new(
                "unknown-ref",
                span,
                format!("there is nothing at `{target}`"),
                similar(root, &pointer),
            ));
        } else if leads_back(root, node, &mut straight) {
            findings.push(Finding::new(
                "unknown-ref",
                span,
                format!("`{target}` leads to another `$ref` and in the end back here"),
                "let one of them be a definition instead of a `$ref`",
            ));
        }
    });
}

/// Whether the references behind a node are a circle of which it is a part. Those of which it is
/// known that they are not are in `straight`: references may lead to each other a thousand times.
fn leads_back(root: &Node, node: &Node, straight: &mut HashSet<*const Node>) -> bool {
    let mut visited: HashSet<*const Node> = HashSet::new();
    let mut next = node;
    while let Some(pointer) = reference(next).and_then(spec::pointer)
        && let Some(target) = root.pointer(&pointer)
        && !straight.contains(&std::ptr::from_ref(target))
    {
        if std::ptr::eq(target, node) {
            return true;
        }
        if !visited.insert(target) {
            return false; // a circle, and this is no part of it
        }
        next = target;
    }
    straight.extend(visited);
    straight.insert(node);
    false
}

/// A way out of a wrong reference: the component that is written most like it.
fn similar(root: &Node, pointer: &str) -> String {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    let kinds = root.get("components").map_or(&[][..], Node::entries);
    let nearest = kinds
        .iter()
        .flat_map(|kind| kind.node.entries().iter().map(move |entry| (kind, entry)))
        .map(|(kind, entry)| format!("/components/{}/{}", kind.key, escape(&entry.key)))
        .map(|known| (strsim::levenshtein(&known, pointer), known))
        .min();
    match nearest {
        Some((mistakes, known)) if mistakes <= name.len() / 3 => {
            format!("write `#{known}`, or define `{name}`")
        }
        _ if root.pointer(parent).is_some() => format!("define `{name}` under `#{parent}`"),
        _ => "refer to a component of this file: `#/components/…`".to_owned(),
    }
}

/// OpenAPI 3.0 passes over whatever stands beside a `$ref`.
pub(super) fn siblings(root: &Node, findings: &mut Vec<Finding>) {
    walk(root, "", &mut |node, _| {
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
