//! Merging: the files of a document to one tree.
//!
//! Nothing is refused here. A contradiction between files becomes a conflict, which
//! [`validate`](crate::validate()) reports with all other findings; the first of the two values is kept.

mod localize;
mod unite;

use crate::document::Document;
use crate::finding::Finding;
use crate::keywords::is_method;
use crate::node::Node;
use crate::source::Sources;

pub(crate) use self::localize::replace;

use self::localize::localize;
use self::unite::Files;

/// Merges the files. The entry document is the file with `servers`. Its `info`, `servers` and
/// `security` become those of the whole document.
pub(crate) fn merge(sources: Sources, files: Vec<Node>) -> Document {
    let names: Vec<String> = sources.iter().map(|file| file.name().to_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    merge_named(sources, files, &names)
}

/// Merges the files, which refer to each other by these names.
pub(crate) fn merge_named(sources: Sources, mut files: Vec<Node>, names: &[&str]) -> Document {
    if files.len() < 2 {
        let file = files.pop().unwrap_or(Node::null(0..0));
        return Document {
            root: within_document(names, 0, file),
            sources,
            files,
            conflicts: Vec::new(),
        };
    }
    let mut conflicts = Vec::new();
    let entry = entry_document(&files, &mut conflicts);
    let security = files[entry].get("security").cloned();
    let roots = files.iter().enumerate().map(|(index, file)| {
        let mut root = within_document(names, index, file.clone());
        if index != entry {
            require_in_operations(&mut root, security.as_ref());
        }
        root
    });
    let roots: Vec<Node> = roots.collect();
    let mut united = Files {
        sources: &sources,
        files: &roots,
        entry,
        conflicts,
    };
    let root = united.root();
    Document {
        root,
        conflicts: united.conflicts,
        files,
        sources,
    }
}

/// Returns the position of the file with `servers`, or else of the first file.
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
                "`servers` in a second file, but only one file may describe the whole API",
                "keep `servers` in the file that the others refer to, and remove it here",
            )
            .with_related(&servers.key_span, "the first is here"),
        );
    }
    first
}

/// Returns a file with all its references made references within the document.
fn within_document(names: &[&str], index: usize, mut file: Node) -> Node {
    localize(&mut file, names, index);
    file
}

/// Copies the `security` of a file to its operations if it differs from that of the entry document.
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
