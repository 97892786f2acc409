//! Security schemes: which there are, what they are called in Rust, and which of them an operation
//! requires.

use heck::ToSnakeCase;

use openapi_tree::{Entry, Node, Operation};

/// The security schemes of the spec, in the order in which they stand there.
pub(crate) fn all(root: &Node) -> &[Entry] {
    root.descend(["components", "securitySchemes"])
        .map_or(&[][..], Node::entries)
}

/// The scheme whose token a client is made with: that of the document as a whole.
pub(crate) fn main(root: &Node) -> Option<&Entry> {
    match names(root.get("security")).next() {
        Some(required) => named(root, &required.key),
        None => all(root).first(),
    }
}

/// The scheme that an operation requires: its own, or else that of the document.
pub(crate) fn of<'a>(root: &'a Node, operation: &Operation<'a>) -> Option<&'a Entry> {
    let own = operation.node().get("security");
    let required = names(own.or_else(|| root.get("security"))).next()?;
    named(root, &required.key)
}

/// The names in a list of security requirements.
pub(crate) fn names(security: Option<&Node>) -> impl Iterator<Item = &Entry> {
    let alternatives = security.map_or(&[][..], Node::items);
    alternatives.iter().flat_map(Node::entries)
}

/// The name of a scheme in Rust: `x-rust-name`, or else its name in snake case.
pub(crate) fn rust_name(scheme: &Entry) -> String {
    match scheme.node.str_at("x-rust-name") {
        Some(name) => name.to_owned(),
        None => scheme.key.to_snake_case(),
    }
}

fn named<'a>(root: &'a Node, name: &str) -> Option<&'a Entry> {
    all(root).iter().find(|scheme| scheme.key == name)
}
