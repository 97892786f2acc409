//! Security schemes, and the requirements that name them.

use crate::node::{Entry, Node};

/// Returns the security schemes of a document, in its order.
pub fn security_schemes(root: &Node) -> &[Entry] {
    root.descend(["components", "securitySchemes"])
        .map_or(&[][..], Node::entries)
}

/// Returns each name of a security scheme in a list of security requirements.
pub fn required_schemes(security: Option<&Node>) -> impl Iterator<Item = &Entry> {
    let requirements = security.map_or(&[][..], Node::items);
    requirements.iter().flat_map(Node::entries)
}
