//! Elements that both revisions describe alike, so that nothing in them need be compared.

use std::collections::{HashMap, HashSet};

use openapi_tree::{Node, Pointer, Value};

use crate::element::Pair;
use crate::revision::ElementTree;

/// The keywords with a meaning that depends on schemas that they do not refer to.
const DEPENDENT: [&str; 2] = ["discriminator", "$dynamicRef"];

/// The components that are the same in both revisions, with all that they refer to.
#[derive(Debug, Default)]
pub(crate) struct Unchanged<'a> {
    /// The names by kind.
    components: HashMap<&'a str, HashSet<&'a str>>,
    /// `true` if both revisions have the same version of OpenAPI. Otherwise, nothing is unchanged.
    is_same_version: bool,
}

/// A component of both revisions.
struct Component<'a> {
    kind: &'a str,
    name: &'a str,
    is_unchanged: bool,
    /// The components whose references lead to it, by position.
    referring: Vec<u32>,
}

impl<'a> Unchanged<'a> {
    /// Finds the components that are the same.
    pub(crate) fn new(base: &ElementTree<'a>, head: &ElementTree<'a>) -> Self {
        let is_same_version = base.is_openapi_3_0() == head.is_openapi_3_0();
        if !is_same_version {
            return Self::default();
        }
        let mut pairs = Vec::new();
        let mut positions: HashMap<[&str; 2], usize> = HashMap::new();
        let mut components = Vec::new();
        for kind in head.root().node.entries_at("components") {
            for component in kind.node.entries() {
                let [kind, name] = [kind.key.as_str(), component.key.as_str()];
                let older = base.root().node.descend(["components", kind, name]);
                let Some(older) = older else { continue };
                positions.insert([kind, name], components.len());
                pairs.push((older, &component.node));
                components.push(Component {
                    kind,
                    name,
                    is_unchanged: true,
                    referring: Vec::new(),
                });
            }
        }
        let mut changed = Vec::new();
        for (position, (older, newer)) in pairs.into_iter().enumerate() {
            let is_same = are_same((base, older), (head, newer), &mut |reference| {
                let Some([kind, name]) = component(reference) else {
                    return false;
                };
                let Some(target) = positions.get(&[kind.as_str(), name.as_str()]) else {
                    return false;
                };
                let referring = &mut components[*target].referring;
                if referring.last() != Some(&(position as u32)) {
                    referring.push(position as u32);
                }
                true
            });
            if !is_same {
                changed.push(position);
            }
        }
        while let Some(position) = changed.pop() {
            let component = &mut components[position];
            if std::mem::replace(&mut component.is_unchanged, false) {
                let referring = std::mem::take(&mut component.referring);
                changed.extend(referring.into_iter().map(|position| position as usize));
            }
        }
        let mut unchanged = Self {
            is_same_version,
            ..Self::default()
        };
        for component in components.iter().filter(|component| component.is_unchanged) {
            let names = unchanged.components.entry(component.kind).or_default();
            names.insert(component.name);
        }
        unchanged
    }

    /// Returns `true` if two elements and all that they refer to are the same.
    pub(crate) fn contains(
        &self,
        (base, head): (&ElementTree<'a>, &ElementTree<'a>),
        pair: &Pair<'a>,
    ) -> bool {
        let is_unchanged = |reference: &str| {
            component(reference).is_some_and(|[kind, name]| {
                let names = self.components.get(kind.as_str());
                names.is_some_and(|names| names.contains(name.as_str()))
            })
        };
        let pair = ((base, pair.base.node), (head, pair.head.node));
        self.is_same_version && are_same(pair.0, pair.1, &mut { is_unchanged })
    }
}

/// Returns the kind and name of the component that a reference leads to or into.
fn component(reference: &str) -> Option<[String; 2]> {
    let pointer = Pointer::of_reference(reference)?;
    let mut segments = pointer.segments();
    let is_component = segments.next()? == "components";
    is_component.then_some([segments.next()?, segments.next()?])
}

/// Returns `true` if two nodes are the same, and `is_same_target` holds for their references.
fn are_same(
    (base, older): (&ElementTree<'_>, &Node),
    (head, newer): (&ElementTree<'_>, &Node),
    is_same_target: &mut impl FnMut(&str) -> bool,
) -> bool {
    match (&older.value, &newer.value) {
        (Value::Mapping(a), Value::Mapping(b)) => {
            a.entries().len() == b.entries().len()
                && a.entries().iter().all(|entry| {
                    let Some(other) = b.get(&entry.key) else {
                        return false;
                    };
                    let is_reference = entry.key == "$ref";
                    !DEPENDENT.contains(&entry.key.as_str())
                        && (base.key(entry) == head.key(other))
                        && are_same((base, &entry.node), (head, &other.node), is_same_target)
                        && (!is_reference || entry.node.as_str().is_none_or(&mut *is_same_target))
                })
        }
        (Value::Sequence(a), Value::Sequence(b)) => {
            let mut items = a.iter().zip(b);
            a.len() == b.len() && items.all(|(a, b)| are_same((base, a), (head, b), is_same_target))
        }
        // A number may have more digits than were read.
        (Value::Number(a), Value::Number(b)) => {
            a == b && (a.is_i64() || a.is_u64() || base.written(older) == head.written(newer))
        }
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Null, Value::Null) => true,
        _ => false,
    }
}
