//! Elements of a document, and pairs of elements that correspond to each other.

use std::hash::Hash;

use indexmap::IndexMap;
use openapi_tree::{Entry, Node, Pointer, is_extension};
use serde_json::Value;

/// The keywords that allow extensions among the names that the author chose.
const WITH_EXTENSIONS: [&str; 4] = ["callbacks", "flows", "paths", "responses"];

/// A node of a document, with the pointer to it.
#[derive(Clone, Debug)]
pub(crate) struct Element<'a> {
    pub(crate) node: &'a Node,
    pub(crate) pointer: Pointer,
    /// The reference that led here, if it has keywords beside `$ref`.
    pub(crate) reference: Option<Box<Element<'a>>>,
}

impl<'a> Element<'a> {
    /// Creates an element that no reference led to.
    pub(crate) fn new(node: &'a Node, pointer: Pointer) -> Self {
        Self {
            node,
            pointer,
            reference: None,
        }
    }

    /// Returns the value of a keyword or name.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let node = self.node.get(key)?;
        Some(Self::new(node, self.pointer.child(key)))
    }

    /// Returns `true` if there is a value of a keyword or name.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.node.get(key).is_some()
    }

    /// Returns every value of a mapping, with its name.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let pointer = self.pointer.clone();
        let entries: &'a [Entry] = self.node.entries();
        entries.iter().map(move |entry| {
            let element = Self::new(&entry.node, pointer.child(&entry.key));
            (entry.key.as_str(), element)
        })
    }

    /// Returns every value of the mapping of a keyword, with its name, without extensions.
    pub(crate) fn named(&self, key: &str) -> Vec<(&'a str, Self)> {
        let entries = self.get(key).map(|map| map.entries().collect::<Vec<_>>());
        let mut entries = entries.unwrap_or_default();
        if WITH_EXTENSIONS.contains(&key) {
            entries.retain(|(name, _)| !is_extension(name));
        }
        entries
    }

    /// Returns every item of the sequence of a keyword.
    pub(crate) fn items(&self, key: &str) -> Vec<Self> {
        let Some(list) = self.get(key) else {
            return Vec::new();
        };
        let items: &'a [Node] = list.node.items();
        let item = |(index, node)| Self::new(node, list.pointer.child(index));
        items.iter().enumerate().map(item).collect()
    }

    /// Returns the name of the component that the element is, if it is one of a kind, such as
    /// `schemas`.
    pub(crate) fn component(&self, kind: &str) -> Option<String> {
        component_at(&self.pointer, kind)
    }

    /// Returns the text of a keyword.
    pub(crate) fn str_at(&self, key: &str) -> Option<&'a str> {
        self.node.str_at(key)
    }

    /// Returns `true` if the value of a keyword is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// Returns the value of a keyword without places.
    pub(crate) fn json(&self, key: &str) -> Option<Value> {
        self.node.get(key).map(Node::to_json)
    }
}

/// Returns the name of the component of a kind that a pointer leads to.
pub(crate) fn component_at(pointer: &Pointer, kind: &str) -> Option<String> {
    let parent = pointer.parent()?;
    let is_component = parent.as_str().strip_prefix("/components/") == Some(kind);
    pointer.last().filter(|_| is_component)
}

/// Returns the name of the component that a discriminator maps a value to, by a reference or by its
/// name.
pub(crate) fn mapped_component(target: &str) -> String {
    let name = Pointer::of_reference(target).and_then(|pointer| pointer.last());
    name.unwrap_or_else(|| target.to_owned())
}

/// Two elements that correspond to each other, one of each revision.
#[derive(Clone, Debug)]
pub(crate) struct Pair<'a> {
    pub(crate) base: Element<'a>,
    pub(crate) head: Element<'a>,
}

impl<'a> Pair<'a> {
    pub(crate) fn new(base: Element<'a>, head: Element<'a>) -> Self {
        Self { base, head }
    }

    /// Returns the values of a keyword, if both elements have it.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        Some(Self {
            base: self.base.get(key)?,
            head: self.head.get(key)?,
        })
    }

    /// Returns `true` if the elements have different values of a keyword, or only one has it.
    pub(crate) fn differs(&self, key: &str) -> bool {
        match (self.base.node.get(key), self.head.node.get(key)) {
            (Some(base), Some(head)) => !base.same(head),
            (base, head) => base.is_some() || head.is_some(),
        }
    }
}

/// The members of two lists, matched by a key.
pub(crate) struct Matched<K, T> {
    pub(crate) both: Vec<(K, T, T)>,
    /// The members that only the base revision has.
    pub(crate) removed: Vec<(K, T)>,
    /// The members that only the head revision has.
    pub(crate) added: Vec<(K, T)>,
}

impl<K: Eq + Hash, T> Matched<K, T> {
    /// Matches members. The first member with a key is the only one.
    pub(crate) fn new(base: Vec<(K, T)>, head: Vec<(K, T)>) -> Self {
        let mut base = by_key(base);
        let (mut both, mut added) = (Vec::new(), Vec::new());
        for (key, head) in by_key(head) {
            match base.swap_remove(&key) {
                Some(base) => both.push((key, base, head)),
                None => added.push((key, head)),
            }
        }
        Self {
            both,
            removed: base.into_iter().collect(),
            added,
        }
    }
}

fn by_key<K: Eq + Hash, T>(members: Vec<(K, T)>) -> IndexMap<K, T> {
    let mut by_key = IndexMap::new();
    for (key, member) in members {
        by_key.entry(key).or_insert(member);
    }
    by_key
}
