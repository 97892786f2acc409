//! The united tree while it takes in what other files describe, and the places that references lead to.

use std::collections::HashMap;

use super::files::Files;
use super::location::{Target, target};
use crate::finding::Finding;
use crate::node::Node;
use crate::pointer::Pointer;
use crate::reference::reference;
use crate::source::Span;

/// The largest number of references that lead to each other.
const MAX_CHAIN: usize = 64;

/// A place in the united tree or in a file that is not part of it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct Location {
    /// The position of the file, or `None` for the united tree.
    pub(super) file: Option<usize>,
    pub(super) pointer: Pointer,
}

/// The reason why a reference leads nowhere.
pub(super) enum Unresolved {
    Url,
    /// The path starts at the root of a disk.
    Absolute,
    /// There is no such file, or it cannot be read.
    File(String),
    /// The file has nothing at the pointer.
    Nothing,
    /// The references lead back to the first one.
    Circle,
}

/// The names in one file.
#[derive(Default)]
struct Anchors {
    /// The places of the values of `$anchor` and `$id`, by the value.
    names: HashMap<String, Pointer>,
    /// The innermost schema with an `$id` around each reference, by the first byte of the schema or
    /// value that holds the reference.
    resources: HashMap<u32, Pointer>,
}

/// The united tree and the files.
pub(super) struct Tree<'r> {
    pub(super) root: Node,
    pub(super) files: Files<'r>,
    anchors: HashMap<Option<usize>, Anchors>,
}

impl<'r> Tree<'r> {
    pub(super) fn new(root: Node, files: Files<'r>) -> Self {
        Self {
            root,
            files,
            anchors: HashMap::new(),
        }
    }

    /// Returns the root of a file, or that of the united tree.
    pub(super) fn root_of(&self, file: Option<usize>) -> Option<&Node> {
        match file {
            Some(position) => self.files.roots.get(position),
            None => Some(&self.root),
        }
    }

    /// Returns the node at a location.
    pub(super) fn node(&self, location: &Location) -> Option<&Node> {
        self.root_of(location.file)?.at(&location.pointer)
    }

    /// Returns `true` if the file of a byte is part of the united tree.
    pub(super) fn is_entry(&self, byte: u32) -> bool {
        let position = self.files.sources.position(byte);
        self.files.is_entry.get(position) == Some(&true)
    }

    /// Returns the location that a reference leads to. It holds a value that is no reference. `byte`
    /// is a place in the file of the reference.
    pub(super) fn locate(&mut self, text: &str, byte: u32) -> Result<Location, Unresolved> {
        let mut location = self.said(text, byte)?;
        for _ in 0..MAX_CHAIN {
            match self.step(&location)? {
                None => return Ok(location),
                Some(next) => location = next,
            }
        }
        Err(Unresolved::Circle)
    }

    /// Returns the location that the text of a reference says.
    fn said(&mut self, text: &str, byte: u32) -> Result<Location, Unresolved> {
        let own = self.files.sources.position(byte);
        let own_path = self.files.sources.path(own).to_owned();
        let of_position = |files: &Files<'_>, position: usize| {
            let is_entry = files.is_entry.get(position) == Some(&true);
            (!is_entry).then_some(position)
        };
        let (file, fragment) = match target(text, &own_path) {
            Target::Url => return self.identified(text),
            Target::Absolute => return Err(Unresolved::Absolute),
            Target::File {
                path: None,
                fragment,
            } if !text.is_empty() => (of_position(&self.files, own), fragment),
            Target::File { path: None, .. } => return Err(Unresolved::Nothing),
            Target::File {
                path: Some(path),
                fragment,
            } => {
                let position = self.files.position(&path).map_err(Unresolved::File)?;
                (of_position(&self.files, position), fragment)
            }
        };
        let pointer = match Pointer::parse(&fragment) {
            Some(pointer) => pointer,
            None => {
                let known = self.anchors(file).names.get(&fragment);
                known.cloned().ok_or(Unresolved::Nothing)?
            }
        };
        let exists = |tree: &Self, pointer: &Pointer| {
            let root = tree.root_of(file);
            root.is_some_and(|root| root.at(pointer).is_some())
        };
        // A schema with an `$id` is a resource of its own, and refers to its own `$defs`.
        if text.starts_with('#') && !exists(self, &pointer) {
            let resource = self.anchors(file).resources.get(&byte).cloned();
            let inside = resource.map(|resource| {
                let segments = pointer.segments();
                segments.fold(resource, |pointer, segment| pointer.child(segment))
            });
            if let Some(inside) = inside.filter(|inside| exists(self, inside)) {
                return Ok(Location {
                    file,
                    pointer: inside,
                });
            }
        }
        // The author of a small file may refer to a component of the whole.
        let of_whole = file.is_some() && text.starts_with('#');
        if of_whole && !exists(self, &pointer) {
            return Ok(Location {
                file: None,
                pointer,
            });
        }
        Ok(Location { file, pointer })
    }

    /// Returns the location of the schema with a URL as its `$id`.
    fn identified(&mut self, url: &str) -> Result<Location, Unresolved> {
        let (id, fragment) = url.split_once('#').unwrap_or((url, ""));
        let found = self.anchors(None).names.get(id).cloned();
        let pointer = found.ok_or(Unresolved::Url)?;
        let fragment = Pointer::parse(fragment).ok_or(Unresolved::Url)?;
        let segments = fragment.segments();
        Ok(Location {
            file: None,
            pointer: segments.fold(pointer, |pointer, segment| pointer.child(segment)),
        })
    }

    fn anchors(&mut self, file: Option<usize>) -> &Anchors {
        if !self.anchors.contains_key(&file) {
            let mut anchors = Anchors::default();
            if let Some(root) = self.root_of(file) {
                add_anchors(root, &Pointer::root(), None, &mut anchors);
            }
            self.anchors.insert(file, anchors);
        }
        self.anchors.entry(file).or_default()
    }

    /// Follows the first reference on the way to a location, or at its end. Returns `None` if there
    /// is none.
    fn step(&mut self, location: &Location) -> Result<Option<Location>, Unresolved> {
        let mut node = self.root_of(location.file).ok_or(Unresolved::Nothing)?;
        let segments: Vec<String> = location.pointer.segments().collect();
        let mut rest = &segments[..];
        while let [first, others @ ..] = rest
            && let Some(child) = node.descend([first.as_str()])
        {
            node = child;
            rest = others;
        }
        let text = match reference(node) {
            Some(text) if !rest.is_empty() || node.entries().len() == 1 => text.to_owned(),
            _ if rest.is_empty() => return Ok(None),
            _ => return Err(Unresolved::Nothing),
        };
        let byte = node.span.start;
        let next = self.said(&text, byte)?;
        let segments = rest.iter();
        Ok(Some(Location {
            file: next.file,
            pointer: segments.fold(next.pointer, |pointer, segment| pointer.child(segment)),
        }))
    }

    /// Warns of a reference that leads nowhere.
    pub(super) fn warn(&mut self, text: &str, span: &Span, reason: &Unresolved) {
        const LEFT_OUT: &str = "this part is left out";
        let (message, help) = match reason {
            Unresolved::Url => (
                format!("`{text}` leads to a URL, which is never read; {LEFT_OUT}"),
                "download the file and refer to it by its path",
            ),
            Unresolved::Absolute => (
                format!("`{text}` is an absolute path, which is never followed; {LEFT_OUT}"),
                "write the path from the folder of this file",
            ),
            Unresolved::File(reason) => (
                format!("`{text}` leads to a file that cannot be read: {reason}; {LEFT_OUT}"),
                "add the file, or correct the path",
            ),
            Unresolved::Nothing => (
                format!("there is nothing at `{text}`; {LEFT_OUT}"),
                "define it, or correct the reference",
            ),
            Unresolved::Circle => (
                format!("`{text}` leads back to itself; {LEFT_OUT}"),
                "replace one of the references with a definition",
            ),
        };
        let finding = Finding::new("unknown-ref", span, message, help);
        self.files.warnings.push(finding);
    }
}

fn add_anchors(node: &Node, pointer: &Pointer, resource: Option<&Pointer>, anchors: &mut Anchors) {
    for keyword in ["$anchor", "$dynamicAnchor", "$id"] {
        if let Some(name) = node.str_at(keyword) {
            let name = name.trim_end_matches('#').to_owned();
            let known = anchors.names.entry(name);
            known.or_insert_with(|| pointer.clone());
        }
    }
    let resource = match node.str_at("$id") {
        Some(_) => Some(pointer),
        None => resource,
    };
    if let (Some(resource), Some(reference)) = (resource, node.get("$ref")) {
        for start in [node.span.start, reference.span.start] {
            anchors.resources.insert(start, resource.clone());
        }
    }
    for entry in node.entries() {
        add_anchors(&entry.node, &pointer.child(&entry.key), resource, anchors);
    }
    for (index, item) in node.items().iter().enumerate() {
        add_anchors(item, &pointer.child(index), resource, anchors);
    }
}
