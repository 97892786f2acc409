//! A document as one revision of a comparison: references, components and places.

use std::collections::HashMap;

use openapi_tree::{Document, Node, Pointer, reference};

use crate::change::Place;
use crate::element::Element;

/// A document with an index of its components, because there may be thousands of them.
pub(crate) struct IndexedDocument<'a> {
    document: &'a Document,
    components: HashMap<Pointer, &'a Node>,
}

impl<'a> IndexedDocument<'a> {
    /// Builds the index of a document.
    pub(crate) fn new(document: &'a Document) -> Self {
        let pointer = Pointer::root().child("components");
        let components = document.root.get("components");
        let mut index = HashMap::new();
        for kind in components.map_or(&[][..], Node::entries) {
            let pointer = pointer.child(&kind.key);
            let entries = kind.node.entries().iter();
            index.extend(entries.map(|entry| (pointer.child(&entry.key), &entry.node)));
        }
        Self {
            document,
            components: index,
        }
    }

    /// Returns the root of the document.
    pub(crate) fn root(&self) -> Element<'a> {
        Element {
            node: &self.document.root,
            pointer: Pointer::root(),
        }
    }

    /// Returns the security scheme with this name. It may be a reference.
    pub(crate) fn security_scheme(&self, name: &str) -> Option<Element<'a>> {
        let components = self.root().get("components")?;
        components.get("securitySchemes")?.get(name)
    }

    /// Follows references to the first element that is none. Returns the last element that exists
    /// if a reference leads nowhere or in a circle.
    pub(crate) fn resolve(&self, element: Element<'a>) -> Element<'a> {
        let mut element = element;
        let mut visited: Vec<&str> = Vec::new();
        while let Some(text) = reference(element.node) {
            if visited.contains(&text) {
                break;
            }
            visited.push(text);
            let Some(target) = self.target(text) else {
                break;
            };
            element = target;
        }
        element
    }

    fn target(&self, reference: &str) -> Option<Element<'a>> {
        let pointer = Pointer::of_reference(reference)?;
        let component = self.components.get(&pointer).copied();
        let node = component.or_else(|| self.document.root.at(&pointer))?;
        Some(Element { node, pointer })
    }

    /// Returns the place of a pointer, or that of the last part of it that exists.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let start = self.document.root.span_at(pointer).start;
        let location = self.document.sources.location(start);
        let (path, line) = location.map_or((String::new(), 1), |place| (place.path, place.line));
        Place {
            pointer: pointer.clone(),
            path,
            line,
        }
    }
}
