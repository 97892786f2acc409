//! References at places that have no components, such as path items, are replaced by their targets.
//! So are components that are only a reference to another file.

use std::collections::HashMap;

use super::grammar::Meaning::{self, Data, List, Named, One};
use super::grammar::Object;
use super::tree::{Location, Tree, Unresolved};
use crate::node::{Entry, Mapping, Node, Value};
use crate::pointer::Pointer;
use crate::reference::reference;

/// The number of values that references may repeat in any document. Large documents may repeat more.
const MIN_REPEATED: usize = 100_000;

/// The pointers to the components that are made from other files.
pub(super) type Homes = HashMap<Location, Pointer>;

/// A reference to replace.
struct Task {
    pointer: Pointer,
    meaning: Meaning,
    is_component: bool,
    /// The targets around it.
    around: Vec<Location>,
}

/// Replaces references. Adds the components that take the place of references to other files.
pub(super) fn inline(tree: &mut Tree<'_>, homes: &mut Homes) {
    let mut tasks = Vec::new();
    let document = One(Object::Document);
    find(&tree.root, document, &Pointer::root(), &[], &mut tasks);
    tasks.reverse();
    let size: usize = tree
        .files
        .sources
        .iter()
        .map(|file| file.text().len())
        .sum();
    let mut may_repeat = MIN_REPEATED.max(size);
    while let Some(task) = tasks.pop() {
        let Some(node) = tree.root.at(&task.pointer) else {
            continue;
        };
        let Some(written) = node.get("$ref") else {
            continue;
        };
        let text = written.as_str().unwrap_or_default().to_owned();
        let (span, start) = (written.span.clone(), node.span.start);
        let siblings: Vec<Entry> = node.entries().to_vec();
        let found = match tree.locate(&text, start) {
            Ok(location) if task.around.contains(&location) => Err(Unresolved::Circle),
            found => found,
        };
        let location = match found {
            Ok(location) => location,
            Err(reason) => {
                // References of components are reported with all others.
                if !task.is_component {
                    tree.warn(&text, &span, &reason);
                }
                continue;
            }
        };
        let is_known = location.file.is_none() || homes.contains_key(&location);
        if task.is_component && is_known {
            continue;
        }
        let Some(target) = tree.node(&location) else {
            continue;
        };
        let Some(rest) = may_repeat.checked_sub(size_of(target)) else {
            tree.warn(&text, &span, &Unresolved::Circle);
            continue;
        };
        may_repeat = rest;
        let target = with_siblings(target.clone(), siblings);
        if task.is_component {
            homes.insert(location.clone(), task.pointer.clone());
        }
        let mut around = task.around;
        around.push(location);
        let at = tasks.len();
        find(&target, task.meaning, &task.pointer, &around, &mut tasks);
        tasks[at..].reverse();
        if let Some(node) = tree.root.at_mut(&task.pointer) {
            *node = target;
        }
    }
}

/// Adds the references to replace. Those inside of their targets are found later.
fn find(
    node: &Node,
    meaning: Meaning,
    pointer: &Pointer,
    around: &[Location],
    tasks: &mut Vec<Task>,
) {
    find_below(
        node,
        meaning,
        pointer,
        false,
        &mut |pointer, meaning, is_component| {
            tasks.push(Task {
                pointer: pointer.clone(),
                meaning,
                is_component,
                around: around.to_vec(),
            });
        },
    );
}

fn find_below(
    node: &Node,
    meaning: Meaning,
    pointer: &Pointer,
    is_in_callback: bool,
    task: &mut impl FnMut(&Pointer, Meaning, bool),
) {
    if reference(node).is_some() {
        let is_component = is_component(pointer);
        let is_structure = match meaning {
            One(Object::PathItem) => !is_in_callback,
            One(object) => object.components().is_none(),
            Named(_) | List(_) => true,
            Data => false,
        };
        if is_structure || (is_component && node.entries().len() == 1) {
            return task(pointer, meaning, is_component && !is_structure);
        }
    }
    let is_in_callback = meaning == One(Object::Callback);
    for entry in node.entries() {
        let below = meaning.below(&entry.key);
        if below != Data {
            find_below(
                &entry.node,
                below,
                &pointer.child(&entry.key),
                is_in_callback,
                task,
            );
        }
    }
    if let List(object) = meaning {
        for (index, item) in node.items().iter().enumerate() {
            find_below(
                item,
                One(object),
                &pointer.child(index),
                is_in_callback,
                task,
            );
        }
    }
}

fn is_component(pointer: &Pointer) -> bool {
    let mut segments = pointer.segments();
    segments.next().as_deref() == Some("components") && segments.count() == 2
}

/// Returns the number of values in a node.
fn size_of(node: &Node) -> usize {
    let entries = node.entries().iter().map(|entry| &entry.node);
    1 + entries.chain(node.items()).map(size_of).sum::<usize>()
}

/// Returns a target with the keywords that stand beside the reference to it.
fn with_siblings(target: Node, siblings: Vec<Entry>) -> Node {
    let Value::Mapping(mapping) = &target.value else {
        return target;
    };
    let mut siblings = siblings;
    siblings.retain(|sibling| sibling.key != "$ref");
    if siblings.is_empty() {
        return target;
    }
    let is_replaced = |entry: &&Entry| siblings.iter().any(|sibling| sibling.key == entry.key);
    let kept = mapping.entries().iter().filter(|entry| !is_replaced(entry));
    let mut entries: Vec<Entry> = kept.cloned().collect();
    entries.extend(siblings);
    Node {
        span: target.span,
        value: Value::Mapping(Mapping::new(entries)),
    }
}
