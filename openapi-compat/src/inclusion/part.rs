//! Conjunctions: the parts that values must satisfy together.

use std::hash::{Hash, Hasher};

use openapi_tree::Node;
use serde_json::Value;

use super::types::Types;

/// One of the two documents.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Side {
    Base,
    Head,
}

/// A schema of a document. Equal places have the same address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(super) side: Side,
    pub(super) node: &'a Node,
}

impl<'a> Place<'a> {
    pub(crate) fn new(side: Side, node: &'a Node) -> Self {
        Self { side, node }
    }

    /// Returns the value of a keyword that is a schema.
    pub(super) fn get(self, keyword: &str) -> Option<Self> {
        let node = self.node.get(keyword)?;
        Some(Self::new(self.side, node))
    }

    /// Returns the schemas of a keyword that is a list of them.
    pub(super) fn list(self, keyword: &str) -> impl Iterator<Item = Self> + use<'a> {
        let items: &'a [Node] = self.node.items_at(keyword);
        items.iter().map(move |node| Self::new(self.side, node))
    }

    /// Returns the schema of a property.
    pub(super) fn property(self, name: &str) -> Option<Self> {
        self.get("properties")?.get(name)
    }

    /// Returns the schema of an item.
    pub(super) fn item(self, index: usize) -> Option<Self> {
        match self.node.items_at("prefixItems").get(index) {
            Some(node) => Some(Self::new(self.side, node)),
            None => self.get("items"),
        }
    }

    pub(super) fn address(self) -> *const Node {
        self.node
    }
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.node, other.node)
    }
}

impl Eq for Place<'_> {}

impl Hash for Place<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.node, state);
    }
}

/// The value of a property is one of these.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Member<'a> {
    pub(super) name: &'a str,
    pub(super) values: Vec<Value>,
    /// `true` if there must be such a property.
    pub(super) required: bool,
}

/// A condition on values.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) enum Part<'a> {
    /// The value is valid against a schema, which describes its properties.
    Is(Place<'a>),
    /// The value is valid against a schema. The schema describes nothing: the value has only the
    /// properties that others describe.
    Fits(Place<'a>),
    /// The value is not valid against a schema.
    Not(Place<'a>),
    /// The value can have the properties that a schema mentions.
    Mentions(Place<'a>),
    /// The value has one of these types.
    Types(Types),
    /// The value is one of these.
    Listed(Vec<Value>),
    /// The value is no object, or a property of it is one of some values.
    Member(Member<'a>),
    /// Messages never contain a property, which is not required therefore.
    Hidden(&'a str),
    /// The value satisfies a keyword about the value itself.
    Keyword(&'a str, Place<'a>),
    /// The alternatives of the list at this place have been chosen from.
    Chosen(Place<'a>),
}

impl<'a> Part<'a> {
    /// Returns the condition of a schema, which describes properties or not.
    pub(super) fn of(place: Place<'a>, describes: bool) -> Self {
        match describes {
            true => Self::Is(place),
            false => Self::Fits(place),
        }
    }
}

/// The parts of a conjunction.
pub(super) type Parts<'a> = Vec<Part<'a>>;

/// Returns parts with others that they do not have yet.
pub(super) fn with<'a>(parts: &[Part<'a>], more: impl IntoIterator<Item = Part<'a>>) -> Parts<'a> {
    let mut parts = parts.to_vec();
    for part in more {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}
