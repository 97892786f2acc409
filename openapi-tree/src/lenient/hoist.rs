//! The parts that other files describe become components of the united tree.

use std::collections::{HashMap, HashSet};

use super::grammar::Meaning::{self, Data, List, One};
use super::grammar::Object;
use super::inline::Homes;
use super::tree::{Location, Tree, Unresolved};
use crate::finding::Finding;
use crate::merge::replace;
use crate::node::{Entry, Mapping, Node, Value};
use crate::pointer::Pointer;
use crate::reference::reference;
use crate::source::Span;

/// A reference to something that can be a component.
struct Found {
    text: String,
    span: Span,
    object: Object,
    /// `true` for the value of a discriminator's mapping, which may be a name.
    is_mapping: bool,
}

/// Components to add, by their kind.
type Added = Vec<(&'static str, Vec<Entry>)>;

/// Makes all references references within the tree, and adds what they lead to. Warns of those that
/// lead nowhere. `done` has the places of the references that are within the tree already. Returns
/// `true` if something was added.
pub(super) fn hoist(tree: &mut Tree<'_>, homes: &mut Homes, done: &mut HashSet<u32>) -> bool {
    let mut texts: HashMap<u32, String> = HashMap::new();
    let mut added = Added::new();
    let mut names = names(&tree.root);
    let mut pending = Vec::new();
    find(&tree.root, One(Object::Document), &mut pending);
    pending.reverse();
    while let Some(found) = pending.pop() {
        let start = found.span.start;
        if done.contains(&start) {
            continue;
        }
        let is_local = found.text.starts_with('#') && tree.is_entry(start);
        let leads_to = |pointer: Pointer| tree.root.at(&pointer).is_some();
        if is_local && Pointer::of_reference(&found.text).is_some_and(leads_to) {
            continue;
        }
        let location = match tree.locate(&found.text, start) {
            Ok(location) => location,
            Err(_) if found.is_mapping => continue,
            Err(reason) => {
                tree.warn(&found.text, &found.span, &reason);
                continue;
            }
        };
        if location.file.is_none() && found.text.starts_with('#') && !is_local {
            of_whole(tree, &found);
        }
        let pointer = match home(homes, &location) {
            Some(pointer) => pointer,
            None => {
                let Some((pointer, entry)) = component(tree, &location, found.object, &mut names)
                else {
                    tree.warn(&found.text, &found.span, &Unresolved::Nothing);
                    continue;
                };
                let at = pending.len();
                find(&entry.node, One(found.object), &mut pending);
                pending[at..].reverse();
                homes.insert(location, pointer.clone());
                add(&mut added, found.object, entry);
                pointer
            }
        };
        let text = format!("#{}", pointer.as_str().replace('%', "%25"));
        done.insert(start);
        if text != found.text {
            texts.insert(start, text);
        }
    }
    let is_larger = !added.is_empty();
    for (kind, entries) in added {
        add_components(&mut tree.root, kind, entries);
    }
    if !texts.is_empty() {
        replace(&mut tree.root, &texts);
    }
    is_larger
}

fn find(node: &Node, meaning: Meaning, found: &mut Vec<Found>) {
    let mut push = |node: &Node, object, is_mapping| {
        if let Some(text) = node.as_str() {
            found.push(Found {
                text: text.to_owned(),
                span: node.span.clone(),
                object,
                is_mapping,
            });
        }
    };
    match meaning {
        One(object) if object.components().is_some() && reference(node).is_some() => {
            node.get("$ref")
                .into_iter()
                .for_each(|text| push(text, object, false));
        }
        One(Object::Discriminator) => {
            let is_reference = |entry: &&Entry| {
                let text = entry.node.as_str().unwrap_or_default();
                text.contains(['#', '/']) || text.contains(".yaml") || text.contains(".json")
            };
            let mapping = node.entries_at("mapping").iter().filter(is_reference);
            mapping.for_each(|entry| push(&entry.node, Object::Schema, true));
        }
        _ => {}
    }
    for entry in node.entries() {
        let below = meaning.below(&entry.key);
        if below != Data {
            find(&entry.node, below, found);
        }
    }
    if let List(object) = meaning {
        for item in node.items() {
            find(item, One(object), found);
        }
    }
}

/// Returns the pointer to a location within the united tree, if it is a part of the tree.
fn home(homes: &Homes, location: &Location) -> Option<Pointer> {
    if location.file.is_none() {
        return Some(location.pointer.clone());
    }
    let mut around = location.clone();
    let mut inside = Vec::new();
    loop {
        if let Some(home) = homes.get(&around) {
            let inside = inside.into_iter().rev();
            return Some(inside.fold(home.clone(), |pointer, segment: String| {
                pointer.child(segment)
            }));
        }
        inside.push(around.pointer.last()?);
        around.pointer = around.pointer.parent()?;
    }
}

/// Returns the names of the components of each kind.
fn names(root: &Node) -> HashMap<String, HashSet<String>> {
    let kinds = root.entries_at("components").iter();
    let names = kinds.map(|kind| {
        let components = kind.node.entries().iter();
        let names = components.map(|component| component.key.to_string());
        (kind.key.to_string(), names.collect())
    });
    names.collect()
}

/// Makes a component from a part of another file.
fn component(
    tree: &Tree<'_>,
    location: &Location,
    object: Object,
    names: &mut HashMap<String, HashSet<String>>,
) -> Option<(Pointer, Entry)> {
    let kind = object.components()?;
    let root = tree.root_of(location.file)?;
    let node = root.at(&location.pointer)?.clone();
    let path = tree.files.sources.path(location.file?);
    let names = names.entry(kind.to_owned()).or_default();
    let key = name(path, &location.pointer, names);
    names.insert(key.clone());
    let pointer = Pointer::root().child("components").child(kind).child(&key);
    let entry = Entry {
        key: key.into(),
        key_span: root.span_at(&location.pointer),
        node,
    };
    Some((pointer, entry))
}

/// Returns a name that is not taken: the last part of the pointer or the name of the file, after the
/// names of as many folders as it takes.
fn name(path: &str, pointer: &Pointer, taken: &HashSet<String>) -> String {
    let (folders, file) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut around = folders
        .split(['/', '\\'])
        .rev()
        .filter(|part| !part.is_empty());
    let (mut name, mut stem) = match pointer.last() {
        Some(last) => (last, Some(stem)),
        None => (stem.to_owned(), None),
    };
    while taken.contains(&name) {
        let Some(part) = stem.take().or_else(|| around.next()) else {
            break;
        };
        name = format!("{part}_{name}");
    }
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let mut candidates = std::iter::once(name.clone()).chain(numbered);
    candidates
        .find(|name| !taken.contains(name))
        .unwrap_or(name)
}

fn add(added: &mut Added, object: Object, entry: Entry) {
    let Some(kind) = object.components() else {
        return;
    };
    match added.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, entries)) => entries.push(entry),
        None => added.push((kind, vec![entry])),
    }
}

fn add_components(root: &mut Node, kind: &str, entries: Vec<Entry>) {
    let Some(first) = entries.first() else {
        return;
    };
    let span = first.key_span.clone();
    let Some(components) = entry_mut(root, "components", &span) else {
        return;
    };
    if let Some(of_kind) = entry_mut(components, kind, &span) {
        let all = of_kind.entries().iter().cloned().chain(entries);
        of_kind.value = Value::Mapping(Mapping::new(all.collect()));
    }
}

/// Returns the mapping at a key, and adds an empty one if there is no value.
fn entry_mut<'n>(node: &'n mut Node, key: &str, span: &Span) -> Option<&'n mut Node> {
    if node.get(key).is_none() {
        node.add(Entry {
            key: key.into(),
            key_span: span.clone(),
            node: Node {
                span: span.clone(),
                value: Value::Mapping(Mapping::new(Vec::new())),
            },
        });
    }
    node.get_mut(key)
}

/// Warns of a reference within a file that leads to the united tree.
fn of_whole(tree: &mut Tree<'_>, found: &Found) {
    let text = &found.text;
    tree.files.warnings.push(Finding::new(
        "ref-file",
        &found.span,
        format!("this file has nothing at `{text}`; the document as a whole has it"),
        "write the path of the file before the `#`",
    ));
}
