//! A document as one revision of a comparison: references, components and places.

use openapi_tree::{Entry, Node, Pointer, Sources, reference};

use crate::change::Place;
use crate::element::Element;
use crate::written_number::{WrittenNumber, are_written_alike};

/// The elements of a document in the dialect of the comparison.
pub(crate) struct ElementTree<'a> {
    root: &'a Node,
    sources: &'a Sources,
}

impl<'a> ElementTree<'a> {
    pub(crate) fn new(root: &'a Node, sources: &'a Sources) -> Self {
        Self { root, sources }
    }

    /// Returns the root of the document.
    pub(crate) fn root(&self) -> Element<'a> {
        Element::new(self.root, Pointer::root())
    }

    /// Returns `true` for a document of OpenAPI 3.0, whose rules differ from those of 3.1.
    pub(crate) fn is_openapi_3_0(&self) -> bool {
        let version = self.root.str_at("openapi");
        version.is_some_and(|version| version.starts_with("3.0"))
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
            let Some(mut target) = self.target(text) else {
                break;
            };
            target.reference = match element.node.entries().len() {
                1 => element.reference,
                _ => element.reference.take().or_else(|| Some(Box::new(element))),
            };
            element = target;
        }
        element
    }

    /// Returns `true` if a schema is `readOnly` or `writeOnly`, or a part of its `allOf` is. JSON Schema:
    /// one of several occurrences is enough.
    pub(crate) fn is_marked(&self, schema: &Element<'a>, keyword: &str) -> bool {
        const MOST: usize = 32;
        let mut known = 0;
        let mut pending = vec![schema.clone()];
        while let Some(schema) = pending.pop() {
            let target = self.resolve(schema);
            if target.flag(keyword) {
                return true;
            }
            known += 1;
            if known < MOST {
                pending.extend(target.items("allOf"));
            }
        }
        false
    }

    fn target(&self, reference: &str) -> Option<Element<'a>> {
        let pointer = Pointer::of_reference(reference)?;
        let node = self.root.at(&pointer)?;
        Some(Element::new(node, pointer))
    }

    /// Returns the key of an element in the author's text. The dialect can have another one.
    pub(crate) fn written_key(&self, element: &Element<'_>) -> Option<&'a str> {
        let key = element.pointer.last()?;
        let parent = self.root.at(&element.pointer.parent()?)?;
        parent.entry(&key).map(|entry| self.key(entry))
    }

    /// Returns the author's text of a value that is no mapping or sequence.
    pub(crate) fn written(&self, node: &Node) -> &'a str {
        self.sources.text(&node.span)
    }

    /// Returns the key of an entry in the author's text.
    pub(crate) fn key(&self, entry: &Entry) -> &'a str {
        let quotes = ['"', '\''];
        self.sources.text(&entry.key_span).trim_matches(quotes)
    }

    /// Returns a number as its text says it.
    pub(crate) fn written_number(&self, node: &Node) -> Option<WrittenNumber> {
        WrittenNumber::new(self.sources, node)
    }

    /// Returns `true` if a node has the same numbers in its text as a node of another document that is
    /// read as the same value.
    pub(crate) fn writes_alike(&self, node: &Node, (document, other): (&Self, &Node)) -> bool {
        are_written_alike((self.sources, node), (document.sources, other))
    }

    /// Returns the boolean that the author wrote as a schema. The dialect has an object there.
    pub(crate) fn written_boolean(&self, schema: &Element<'_>) -> Option<bool> {
        self.sources.text(&schema.node.span).parse().ok()
    }

    /// Returns the place of a pointer, or that of the last part of it that exists.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let start = self.root.span_at(pointer).start;
        let place = self.sources.path_and_line(start);
        let (path, line) = place.unwrap_or(("", 1));
        Place {
            pointer: pointer.clone(),
            path: path.to_owned(),
            line,
        }
    }
}
