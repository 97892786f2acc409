//! The files of a spec as one document: what refers to another file refers to the same
//! document, and what concerns one file stays with it.
//!
//! Nothing is refused here. What does not go together becomes a conflict, of which the first
//! side stands, and the check stage shows it with everything else.

mod parts;
mod references;

use crate::finding::Finding;
use crate::load::Document;
use crate::node::{Node, Value};
use crate::source::{Source, Sources};
use crate::spec::is_method;

use self::parts::Parts;
pub(crate) use self::references::target;

/// Puts the files together. One of them, the entry document, speaks for the whole: the one
/// with `servers`. Its `info`, `servers` and `security` are those of the document.
pub(crate) fn merge(sources: Sources, mut files: Vec<Node>) -> Document {
    if files.len() < 2 {
        let root = files.pop().map(|file| within_document(&sources, 0, &file));
        return Document {
            sources,
            root: root.unwrap_or_else(nothing),
            files,
            conflicts: Vec::new(),
        };
    }
    let mut conflicts = Vec::new();
    let entry = entry_document(&files, &mut conflicts);
    let security = files[entry].get("security").cloned();
    let roots = files.iter().enumerate().map(|(index, file)| {
        let mut root = within_document(&sources, index, file);
        if index != entry {
            require_in_operations(&mut root, security.as_ref());
        }
        root
    });
    let roots: Vec<Node> = roots.collect();
    let mut parts = Parts {
        sources: &sources,
        files: &roots,
        entry,
        conflicts,
    };
    let root = parts.root();
    Document {
        root,
        conflicts: parts.conflicts,
        files,
        sources,
    }
}

fn nothing() -> Node {
    Node {
        span: 0..0,
        value: Value::Null,
    }
}

/// The position of the file with `servers`, or else of the first.
fn entry_document(files: &[Node], conflicts: &mut Vec<Finding>) -> usize {
    let mut with_servers = files
        .iter()
        .enumerate()
        .filter_map(|(index, file)| file.entry("servers").map(|servers| (index, servers)));
    let Some((first, servers)) = with_servers.next() else {
        return 0;
    };
    for (_, again) in with_servers {
        conflicts.push(
            Finding::new(
                "entry-document",
                &again.key_span,
                "`servers` in a second file, where one file speaks for the whole API",
                "leave `servers` in the file that the others refer to, and take it away here",
            )
            .with_related(&servers.key_span, "the first is here"),
        );
    }
    first
}

/// A file whose references are references within the document.
fn within_document(sources: &Sources, index: usize, file: &Node) -> Node {
    let names: Vec<&str> = sources.iter().map(Source::name).collect();
    let mut root = file.clone();
    references::rewrite(&mut root, &names, index);
    root
}

/// The `security` of a file is that of its operations. Where it is not that of the whole
/// document, each operation says so itself.
fn require_in_operations(root: &mut Node, of_document: Option<&Node>) {
    let Some(security) = root.entry("security").cloned() else {
        return;
    };
    if of_document.is_some_and(|other| security.node.same(other)) {
        return;
    }
    let Some(paths) = root.get_mut("paths") else {
        return;
    };
    for (_, path) in paths.entries_mut() {
        for (keyword, operation) in path.entries_mut() {
            if is_method(keyword) && operation.get("security").is_none() {
                operation.add(security.clone());
            }
        }
    }
}
