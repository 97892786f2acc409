//! The rule `unknown-ref`: every `$ref` leads somewhere.

use std::collections::HashMap;
use std::ptr;

use crate::document::Document;
use crate::finding::Finding;
use crate::node::Node;
use crate::pointer::Pointer;
use crate::reference::{file_target, reference, target};
use crate::source::Source;
use crate::walk::walk;

const RULE: &str = "unknown-ref";

/// Reports references that lead nowhere, out of the document, or in a circle.
pub(super) fn references(document: &Document, findings: &mut Vec<Finding>) {
    let names: Vec<&str> = document.sources.iter().map(Source::name).collect();
    for (own, root) in document.files().iter().enumerate() {
        let file = File {
            names: &names,
            files: document.files(),
            own,
        };
        walk(root, &mut |node, _| {
            if let Some(reference) = reference(node)
                && let Some((message, help)) = file.mistake(reference)
            {
                let span = node.get("$ref").map_or(&node.span, |value| &value.span);
                findings.push(Finding::new(RULE, span, message, help));
            }
        });
    }
    circles(&document.root, findings);
}

/// A file of a document, whose references are checked.
struct File<'a> {
    names: &'a [&'a str],
    files: &'a [Node],
    own: usize,
}

impl File<'_> {
    /// Returns message and help if a reference leads nowhere.
    fn mistake(&self, reference: &str) -> Option<(String, String)> {
        let Some(target) = file_target(reference, self.names, self.own) else {
            return Some(self.leads_out(reference));
        };
        let Some(pointer) = Pointer::of_reference(target.fragment) else {
            let message =
                format!("`{reference}` refers to a whole file, or without a JSON pointer");
            let help = "refer to something in the file: `#/components/…`";
            return Some((message, help.to_owned()));
        };
        let root = self.files.get(target.file)?;
        if root.at(&pointer).is_some() {
            return None;
        }
        let message = format!("there is nothing at `{reference}`");
        let has_it = |root: &Node| root.at(&pointer).is_some();
        let help = match self.files.iter().position(has_it) {
            Some(own) if own == self.own => format!("this file has it: write `#{pointer}`"),
            Some(other) => {
                let name = self.names[other];
                format!("another file has it: write `./{name}#{pointer}`")
            }
            None => {
                let file = reference.strip_suffix(target.fragment);
                similar(root, &pointer, file.unwrap_or_default())
            }
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
                format!("`{reference}` leads to no file of the document"),
                format!(
                    "refer to something in one of the files: {}",
                    names.join(", ")
                ),
            ),
        }
    }
}

/// Reports references that lead to references, and in the end to the first of them.
pub(crate) fn circles(root: &Node, findings: &mut Vec<Finding>) {
    let mut known = HashMap::new();
    walk(root, &mut |node, _| {
        if let Some(target) = reference(node)
            && leads_back(root, node, &mut known)
        {
            let span = node.get("$ref").map_or(&node.span, |value| &value.span);
            findings.push(Finding::new(
                RULE,
                span,
                format!("`{target}` leads to another `$ref`, and in the end back to itself"),
                "replace one of them with a definition",
            ));
        }
    });
}

/// Returns `true` if the references from a node lead back to it. `known` collects the results,
/// because thousands of references may share a chain.
fn leads_back(root: &Node, node: &Node, known: &mut HashMap<*const Node, bool>) -> bool {
    let mut positions: HashMap<*const Node, usize> = HashMap::new();
    let mut end = Some(node);
    while let Some(next) = end
        && !known.contains_key(&ptr::from_ref(next))
        && !positions.contains_key(&ptr::from_ref(next))
    {
        positions.insert(next, positions.len());
        end = target(root, next);
    }
    // The chain ends in a circle if its end is a part of it, and the circle starts there.
    let circle = end.and_then(|end| positions.get(&ptr::from_ref(end)).copied());
    for (node, position) in positions {
        known.insert(node, circle.is_some_and(|start| position >= start));
    }
    known.get(&ptr::from_ref(node)).copied().unwrap_or_default()
}

/// Returns the help for a wrong reference into `file`: the component with the most similar pointer.
fn similar(root: &Node, pointer: &Pointer, file: &str) -> String {
    let name = pointer.last().unwrap_or_default();
    let limit = name.len() / 3;
    let parent = pointer.parent().unwrap_or_default();
    let components = Pointer::root().child("components");
    let distance = |known: &Pointer| strsim::osa_distance(known.as_str(), pointer.as_str());
    let kinds = root.entries_at("components").iter();
    let nearest = kinds
        .flat_map(|kind| kind.node.entries().iter().map(move |entry| (kind, entry)))
        .map(|(kind, entry)| components.child(&kind.key).child(&entry.key))
        // The distance is slow for thousands of components, and at least the difference in length.
        .filter(|known| known.as_str().len().abs_diff(pointer.as_str().len()) <= limit)
        .map(|known| (distance(&known), known))
        .min();
    match nearest {
        Some((edits, known)) if edits <= limit => {
            format!("write `{file}#{known}`, or define `{name}`")
        }
        _ if root.at(&parent).is_some() => format!("define `{name}` under `{file}#{parent}`"),
        _ => format!("refer to a component: `{file}#/components/…`"),
    }
}
