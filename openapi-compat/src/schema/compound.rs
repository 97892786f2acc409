//! Compounds: schemas that are composed of each other, so that a value is valid against several of
//! them.

use std::collections::{HashMap, HashSet};

use openapi_tree::{Node, Pointer};

use crate::element::Element;
use crate::revision::ElementTree;

/// The composed schemas of a document and their parts.
#[derive(Debug, Default)]
pub(crate) struct Compounds<'a> {
    /// The number of each schema, by address.
    numbers: HashMap<*const Node, usize>,
    /// For each schema, another one of the same compound with a lower number, or itself.
    lower: Vec<usize>,
    /// The properties that a compound requires, by its lowest number.
    required: HashSet<(usize, &'a str)>,
}

impl<'a> Compounds<'a> {
    pub(crate) fn new(document: &ElementTree<'a>) -> Self {
        let mut compounds = Self::default();
        let mut schemas = Vec::new();
        let mut pending = vec![document.root().node];
        while let Some(node) = pending.pop() {
            for part in parts(node) {
                // Where it is does not matter.
                let part = Element::new(part, Pointer::root());
                let part = document.resolve(part).node;
                compounds.join(node, part);
                schemas.extend([node, part]);
            }
            pending.extend(node.entries().iter().map(|entry| &entry.node));
            pending.extend(node.items());
        }
        for schema in schemas {
            let compound = compounds.number(schema);
            let compound = compounds.lowest(compound);
            let conditions = schema.entries_at("dependentRequired").iter();
            let needed = conditions.flat_map(|entry| entry.node.items());
            let names = schema.items_at("required").iter().chain(needed);
            let names = names.filter_map(Node::as_str);
            compounds
                .required
                .extend(names.map(|name| (compound, name)));
        }
        compounds
    }

    fn number(&mut self, schema: &Node) -> usize {
        let next = self.lower.len();
        let number = *self.numbers.entry(schema).or_insert(next);
        if number == next {
            self.lower.push(next);
        }
        number
    }

    /// Returns the lowest number of a compound.
    fn lowest(&self, mut number: usize) -> usize {
        while self.lower[number] != number {
            number = self.lower[number];
        }
        number
    }

    fn join(&mut self, one: &Node, other: &Node) {
        let (mut one, mut other) = (self.number(one), self.number(other));
        let lowest = self.lowest(one).min(self.lowest(other));
        // Shorter ways make the next ones fast.
        for number in [&mut one, &mut other] {
            while self.lower[*number] != lowest {
                *number = std::mem::replace(&mut self.lower[*number], lowest);
            }
        }
    }

    /// Returns `true` if a schema, or another one of its compound, requires a property.
    pub(crate) fn requires(&self, schema: &Element<'_>, property: &str) -> bool {
        let number = self.numbers.get(&std::ptr::from_ref(schema.node));
        number.is_some_and(|number| self.required.contains(&(self.lowest(*number), property)))
    }
}

/// Returns the schemas that a schema applies to its own values.
fn parts(schema: &Node) -> impl Iterator<Item = &Node> {
    let lists = ["allOf", "anyOf", "oneOf"].into_iter();
    let single = ["not", "if", "then", "else"].into_iter();
    let dependent = schema.entries_at("dependentSchemas").iter();
    let lists = lists.flat_map(|keyword| schema.items_at(keyword));
    let single = single.filter_map(|keyword| schema.get(keyword));
    lists
        .chain(single)
        .chain(dependent.map(|entry| &entry.node))
}
