//! Visits of every OpenAPI object and every schema of a document.

use std::borrow::Cow;

use crate::keywords::{
    Holds, SUBSCHEMA_KEYWORDS, holds_data, holds_names, holds_schemas, is_extension,
};
use crate::node::{Node, Value};
use crate::pointer::Pointer;

/// The meaning of the keys of a node.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Keys {
    /// The keywords of an OpenAPI object that is no schema.
    Keywords,
    /// The keywords of a schema.
    Schema,
    /// The kinds of components.
    Components,
    /// Names that the author chose or positions, each with an OpenAPI object.
    Objects,
    /// Names that the author chose or positions, each with a schema.
    Schemas,
    /// Paths or statuses, each with an OpenAPI object, and extensions.
    ObjectsOrExtensions,
}

impl Keys {
    /// Returns the meaning of the keys of the value at `key`, or `None` if the value is data.
    fn below(self, key: &str) -> Option<Self> {
        Some(match (self, key) {
            (Self::Objects, _) => Self::Keywords,
            (Self::Schemas, _) => Self::Schema,
            (Self::ObjectsOrExtensions, _) if !is_extension(key) => Self::Keywords,
            (Self::Schema, "const" | "examples") => return None,
            (_, _) if holds_data(key) => return None,
            (Self::Schema, _) => match holds_schemas(key) {
                Some(Holds::One) => Self::Schema,
                Some(Holds::List | Holds::Named) => Self::Schemas,
                None => Self::Keywords,
            },
            (Self::Components, "schemas") => Self::Schemas,
            (Self::Keywords, "schema") => Self::Schema,
            (Self::Keywords, "components") => Self::Components,
            (Self::Keywords, "paths" | "responses") => Self::ObjectsOrExtensions,
            (_, _) if holds_names(key) => Self::Objects,
            (_, _) => Self::Keywords,
        })
    }
}

/// Calls `visit` on every OpenAPI object below `node`, with its JSON pointer.
///
/// Data (examples, defaults, enumerations and extensions) is skipped, because it may look like
/// anything.
pub fn walk<'a>(node: &'a Node, visit: &mut impl FnMut(&'a Node, &Pointer)) {
    let mut visit_any = |node, pointer: &Pointer, _: Keys| visit(node, pointer);
    walk_keys(node, &Pointer::root(), Keys::Keywords, &mut visit_any);
}

/// Calls `visit` on every schema of the document, with its JSON pointer.
pub fn walk_schemas<'a>(root: &'a Node, visit: &mut impl FnMut(&'a Node, &Pointer)) {
    let mut visit_schema = |node, pointer: &Pointer, keys: Keys| {
        if keys == Keys::Schema {
            visit(node, pointer);
        }
    };
    walk_keys(root, &Pointer::root(), Keys::Keywords, &mut visit_schema);
}

fn walk_keys<'a>(
    node: &'a Node,
    pointer: &Pointer,
    keys: Keys,
    visit: &mut impl FnMut(&'a Node, &Pointer, Keys),
) {
    let is_object = matches!(keys, Keys::Keywords | Keys::Schema | Keys::Components);
    if is_object && !node.entries().is_empty() {
        visit(node, pointer, keys);
    }
    let entries = node.entries().iter();
    let entries = entries.map(|entry| (Cow::from(entry.key.as_str()), &entry.node));
    let items = node.items().iter().enumerate();
    let items = items.map(|(index, item)| (Cow::from(index.to_string()), item));
    for (key, node) in entries.chain(items) {
        if let Some(below) = keys.below(&key) {
            walk_keys(node, &pointer.child(key), below, visit);
        }
    }
}

/// Calls `change` on every schema of the document, and on a schema after those inside it. Booleans
/// count as schemas.
pub fn change_schemas(root: &mut Node, change: &mut impl FnMut(&mut Node)) {
    change_below(root, Keys::Keywords, change);
}

fn change_below(node: &mut Node, keys: Keys, change: &mut impl FnMut(&mut Node)) {
    match &mut node.value {
        Value::Mapping(mapping) => {
            for (key, value) in mapping.entries_mut() {
                if let Some(below) = keys.below(key) {
                    change_below(value, below, change);
                }
            }
        }
        Value::Sequence(items) => {
            // Positions are no keywords.
            if let Some(below) = keys.below("") {
                for item in items {
                    change_below(item, below, change);
                }
            }
        }
        _ => {}
    }
    if keys == Keys::Schema {
        change(node);
    }
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
