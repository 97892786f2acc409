//! A spec as one side of a context: places, references, lines.

use std::collections::HashMap;

use crate::change::Place;
use openapi_tree::Document;
use openapi_tree::{Entry, Node, Pointer};

/// A part of a spec and the JSON pointer at which it stands.
#[derive(Clone, Debug)]
pub(crate) struct At<'a> {
    pub(crate) node: &'a Node,
    pub(crate) pointer: Pointer,
}

impl<'a> At<'a> {
    /// What stands behind a keyword or name.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| Self {
            node,
            pointer: self.below(key),
        })
    }

    /// Everything in a mapping, with its names.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let pointer = self.pointer.clone();
        let entries: &'a [Entry] = self.node.entries();
        entries.iter().map(move |entry| {
            let at = Self {
                node: &entry.node,
                pointer: pointer.child(&entry.key),
            };
            (entry.key.as_str(), at)
        })
    }

    /// Everything in a mapping behind a keyword, with its names; without the extensions, where
    /// OpenAPI allows them among names.
    pub(crate) fn named(&self, key: &str) -> Vec<(&'a str, Self)> {
        let entries = self.get(key).map(|map| map.entries().collect::<Vec<_>>());
        let mut entries = entries.unwrap_or_default();
        if ["callbacks", "flows", "paths", "responses"].contains(&key) {
            entries.retain(|(name, _)| !name.starts_with("x-"));
        }
        entries
    }

    /// Everything in a sequence behind a keyword.
    pub(crate) fn items(&self, key: &str) -> Vec<Self> {
        let Some(list) = self.get(key) else {
            return Vec::new();
        };
        let items: &'a [Node] = list.node.items();
        let item = |(index, node)| Self {
            node,
            pointer: list.pointer.child(index),
        };
        items.iter().enumerate().map(item).collect()
    }

    pub(crate) fn str_at(&self, key: &str) -> Option<&'a str> {
        self.node.str_at(key)
    }

    /// Whether a keyword says `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// The pointer of a keyword, whether it is there or not.
    pub(crate) fn below(&self, key: &str) -> Pointer {
        self.pointer.child(key)
    }
}

/// One side of a context.
pub(crate) struct Side<'a> {
    document: &'a Document,
    /// The components, by the target of a reference to them, such as
    /// `#/components/schemas/SIPUser`: documents have thousands of them.
    components: HashMap<Pointer, &'a Node>,
}

impl<'a> Side<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        let kinds = document
            .root
            .get("components")
            .map_or(&[][..], Node::entries);
        let components_pointer = &Pointer::root().child("components");
        let components = kinds.iter().flat_map(|kind| {
            let entries = kind.node.entries().iter();
            entries.map(|entry| {
                let target = components_pointer.child(&kind.key).child(&entry.key);
                (target, &entry.node)
            })
        });
        Self {
            document,
            components: components.collect(),
        }
    }

    pub(crate) fn root(&self) -> At<'a> {
        At {
            node: &self.document.root,
            pointer: Pointer::root(),
        }
    }

    /// What a part of the spec is, references followed. A reference that leads nowhere or in a
    /// circle is left as it is: the check stage refuses it.
    pub(crate) fn resolve(&self, at: At<'a>) -> At<'a> {
        let mut at = at;
        let mut visited: Vec<&str> = Vec::new();
        while let Some(target) = openapi_tree::reference(at.node) {
            if visited.contains(&target) {
                break;
            }
            visited.push(target);
            let Some((node, pointer)) = self.target(target) else {
                break;
            };
            at = At {
                node,
                pointer,
            };
        }
        at
    }

    fn target(&self, target: &str) -> Option<(&'a Node, Pointer)> {
        let pointer = Pointer::of_reference(target)?;
        let found = self.components.get(&pointer).copied();
        let node = found.or_else(|| self.document.root.at(&pointer))?;
        Some((node, pointer))
    }

    /// Where a pointer leads, or where what would be there is missing.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let start = self.document.root.span_at(pointer).start;
        match self.document.sources.locate(start) {
            Some((file, byte)) => Place {
                pointer: pointer.clone(),
                path: file.path().to_owned(),
                line: file.line_column(byte).line,
            },
            None => Place {
                pointer: pointer.clone(),
                path: String::new(),
                line: 1,
            },
        }
    }
}

/// A value as it is shown in a sentence: as JSON, and only its start where it is long.
pub(crate) fn shown(node: Option<&Node>) -> String {
    const MOST: usize = 60;
    let Some(node) = node else {
        return "not there".to_owned();
    };
    let text = match node.as_str() {
        Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        None => node.to_json().to_string(),
    };
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
