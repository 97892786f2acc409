//! Texts of the spec.

use openapi_tree::Node;

/// Returns the text of a property, trimmed, or `None` if it is empty.
pub(super) fn text(node: &Node, key: &str) -> Option<String> {
    let text = node.str_at(key)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
