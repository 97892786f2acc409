//! A loaded document.

use crate::finding::Finding;
use crate::node::Node;
use crate::source::Sources;

/// An OpenAPI document, made from one file or several.
#[derive(Clone, Debug)]
pub struct Document {
    /// The files.
    pub sources: Sources,
    /// The root of the merged document. Every reference between the files is a reference within it.
    pub root: Node,
    /// The root of each file, in the order of `sources`. Empty if one file is the whole document.
    pub(crate) files: Vec<Node>,
    /// The contradictions between the files.
    pub(crate) conflicts: Vec<Finding>,
}

impl Document {
    /// Returns the root of each file, in the order of `sources`, with references as written. If there
    /// is one file, references to it by name are local.
    pub fn files(&self) -> &[Node] {
        match self.files.is_empty() {
            true => std::slice::from_ref(&self.root),
            false => &self.files,
        }
    }
}
