//! References (`$ref`), and the nodes that they lead to.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::node::Node;
use crate::pointer::Pointer;

/// Returns the reference of a node, such as `#/components/schemas/SIPUser`, or `None` if the node
/// is no reference.
pub fn reference(node: &Node) -> Option<&str> {
    node.str_at("$ref")
}

/// Returns the node that a reference leads to. It may be a reference too.
pub fn target<'a>(root: &'a Node, node: &Node) -> Option<&'a Node> {
    root.at(&Pointer::of_reference(reference(node)?)?)
}

/// Follows references within the document to the first node that is none. Returns `None` if a
/// reference leads nowhere or in a circle.
pub fn resolve<'a>(root: &'a Node, node: &'a Node) -> Option<&'a Node> {
    let mut node = node;
    let mut visited: Vec<&str> = Vec::new();
    while let Some(text) = reference(node) {
        if visited.contains(&text) {
            return None;
        }
        visited.push(text);
        node = target(root, node)?;
    }
    Some(node)
}

/// The target of a reference that may lead to another file of the document.
pub(crate) struct FileTarget<'a> {
    /// The position of the file among those of the document.
    pub(crate) file: usize,
    /// The part of the reference from `#` on, or nothing.
    pub(crate) fragment: &'a str,
}

/// Returns the target of a reference in the file at the position `own`. `names` has the names of
/// all files, by which files of the same folder refer to each other. Returns `None` if the reference
/// leads out of the document.
pub(crate) fn file_target<'a>(
    reference: &'a str,
    names: &[&str],
    own: usize,
) -> Option<FileTarget<'a>> {
    let (file, fragment) = match reference.find('#') {
        Some(at) => reference.split_at(at),
        None => (reference, ""),
    };
    let name: Cow<'_, str> = percent_decode_str(file).decode_utf8().ok()?;
    let name = name.strip_prefix("./").unwrap_or(&name);
    let file = match name {
        "" => own,
        name => names.iter().position(|known| *known == name)?,
    };
    Some(FileTarget { file, fragment })
}
