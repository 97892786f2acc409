//! Visits of every OpenAPI object and every schema of a document.

use crate::keywords::{Holds, SUBSCHEMA_KEYWORDS, holds_data, holds_names, holds_schemas};
use crate::node::Node;
use crate::pointer::Pointer;

/// The meaning of the keys of a node.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Keys {
    /// The keywords of an OpenAPI object.
    Keywords,
    /// Names that the author chose, each with an OpenAPI object as its value.
    Names,
}

/// Calls `visit` on every OpenAPI object below `node`, with its JSON pointer.
///
/// Data (examples, defaults, enumerations and extensions) is skipped, because it may look like
/// anything.
pub fn walk<'a>(node: &'a Node, visit: &mut impl FnMut(&'a Node, &Pointer)) {
    walk_keys(node, &Pointer::root(), Keys::Keywords, visit);
}

fn walk_keys<'a>(
    node: &'a Node,
    pointer: &Pointer,
    keys: Keys,
    visit: &mut impl FnMut(&'a Node, &Pointer),
) {
    if keys == Keys::Keywords && !node.entries().is_empty() {
        visit(node, pointer);
    }
    for entry in node.entries() {
        let next = match (keys, entry.key.as_str()) {
            (Keys::Names, _) => Keys::Keywords,
            (_, key) if holds_data(key) => continue,
            (_, key) if holds_names(key) => Keys::Names,
            _ => Keys::Keywords,
        };
        walk_keys(&entry.node, &pointer.child(&entry.key), next, visit);
    }
    for (index, item) in node.items().iter().enumerate() {
        walk_keys(item, &pointer.child(index), Keys::Keywords, visit);
    }
}

/// Calls `visit` on every schema of the document, with its JSON pointer.
pub fn walk_schemas<'a>(root: &'a Node, visit: &mut impl FnMut(&'a Node, &Pointer)) {
    walk(root, &mut |node, pointer| {
        if is_schema(pointer) {
            visit(node, pointer);
        }
    });
}

/// Returns `true` if the node at a pointer is a schema: the value of a keyword that holds one, or
/// a member of one that holds several.
fn is_schema(pointer: &Pointer) -> bool {
    let mut segments = pointer.segments().rev();
    let last = segments.next().unwrap_or_default();
    let parent = segments.next().unwrap_or_default();
    // A property that is called `items` is a schema either way.
    last == "schema"
        || holds_schemas(&last) == Some(Holds::One)
        || parent == "schemas"
        || matches!(holds_schemas(&parent), Some(Holds::List | Holds::Named))
}

/// Returns the schemas directly inside a schema, each with the keyword that holds it or, for a
/// property, the property's name. Booleans and empty schemas of `items`, `additionalProperties`
/// and `not` are left out.
pub fn subschemas(schema: &Node) -> impl Iterator<Item = (&str, &Node)> {
    SUBSCHEMA_KEYWORDS.into_iter().flat_map(|(keyword, holds)| {
        let value = schema.get(keyword);
        let (named, listed, one) = match holds {
            Holds::Named => (value, None, None),
            Holds::List => (None, value, None),
            Holds::One => (None, None, value.filter(|part| !part.entries().is_empty())),
        };
        let named = named.map_or(&[][..], Node::entries).iter();
        let named = named.map(|entry| (entry.key.as_str(), &entry.node));
        let listed = listed.map_or(&[][..], Node::items).iter();
        let others = listed.chain(one).map(move |part| (keyword, part));
        named.chain(others)
    })
}
