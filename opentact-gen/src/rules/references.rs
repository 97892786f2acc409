//! Whether every `$ref` leads somewhere, and every component is wanted.

use std::collections::{BTreeSet, HashSet};

use crate::finding::Finding;
use crate::load::Document;
use crate::merge;
use crate::node::{Node, escape};
use crate::source::Source;
use crate::spec::{self, reference, walk};

const UNKNOWN: &str = "unknown-ref";

pub(super) fn unknown(document: &Document, findings: &mut Vec<Finding>) {
    let names: Vec<&str> = document.sources.iter().map(Source::name).collect();
    for (own, root) in document.files().iter().enumerate() {
        let file = File {
            names: &names,
            files: document.files(),
            own,
        };
        walk(root, "", &mut |node, _| {
            if let Some(reference) = reference(node)
                && let Some((message, help)) = file.objection(reference)
            {
                let span = node.get("$ref").map_or(&node.span, |value| &value.span);
                findings.push(Finding::new(UNKNOWN, span, message, help));
            }
        });
    }
    circles(&document.root, findings);
}

/// A file of a document, from which references start.
struct File<'a> {
    names: &'a [&'a str],
    files: &'a [Node],
    own: usize,
}

impl File<'_> {
    /// What keeps a reference from leading to something, and what to do about it.
    fn objection(&self, reference: &str) -> Option<(String, String)> {
        let Some(target) = merge::target(reference, self.names, self.own) else {
            return Some(self.leads_out(reference));
        };
        let Some(pointer) = spec::pointer(target.fragment) else {
            let message = format!("`{reference}` refers to a whole file, or not by a JSON pointer");
            let help = "refer to something in the file: `#/components/…`";
            return Some((message, help.to_owned()));
        };
        let root = self.files.get(target.file)?;
        if root.pointer(&pointer).is_some() {
            return None;
        }
        let message = format!("there is nothing at `{reference}`");
        let has_it = |root: &Node| root.pointer(&pointer).is_some();
        let help = match self.files.iter().position(has_it) {
            Some(own) if own == self.own => format!("it is in this file: write `#{pointer}`"),
            Some(other) => {
                let name = self.names[other];
                format!("it is in another file: write `./{name}#{pointer}`")
            }
            None => similar(
                root,
                &pointer,
                reference.strip_suffix(target.fragment).unwrap_or_default(),
            ),
        };
        Some((message, help))
    }

    fn leads_out(&self, reference: &str) -> (String, String) {
        match self.names {
            [_] => (
                format!("`{reference}` leads out of this file"),
                "refer to something in this file: `#/components/…`".to_owned(),
            ),
            names => (
                format!("`{reference}` leads to no file of the spec"),
                format!(
                    "refer to something in one of its files: {}",
                    names.join(", ")
                ),
            ),
        }
    }
}

/// References that lead to references, in the end to the first of them.
fn circles(root: &Node, findings: &mut Vec<Finding>) {
    let mut straight = HashSet::new();
    walk(root, "", &mut |node, _| {
        if let Some(target) = reference(node)
            && leads_back(root, node, &mut straight)
        {
            let span = node.get("$ref").map_or(&node.span, |value| &value.span);
            findings.push(Finding::new(
                UNKNOWN,
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

/// A way out of a wrong reference into `file`: the component that is written most like it.
fn similar(root: &Node, pointer: &str, file: &str) -> String {
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
            format!("write `{file}#{known}`, or define `{name}`")
        }
        _ if root.pointer(parent).is_some() => format!("define `{name}` under `{file}#{parent}`"),
        _ => format!("refer to a component: `{file}#/components/…`"),
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
            let target = format!("/components/{}/{}", kind.key, escape(&component.key));
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

/// The component at a JSON pointer, or around what is there.
fn component(pointer: &str) -> &str {
    let mut ends = pointer.match_indices('/').map(|(at, _)| at).skip(3);
    &pointer[..ends.next().unwrap_or(pointer.len())]
}

/// The pointers of all components that can be reached from the paths.
fn reachable(root: &Node) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut waiting: Vec<&Node> = root.get("paths").into_iter().collect();
    while let Some(node) = waiting.pop() {
        walk(node, "", &mut |node, _| {
            if let Some(pointer) = reference(node).and_then(spec::pointer) {
                let component = component(&pointer);
                if !used.contains(component) {
                    waiting.extend(root.pointer(component));
                    used.insert(component.to_owned());
                }
            }
        });
    }
    used
}
