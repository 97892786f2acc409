//! The properties that a schema mentions anywhere: in alternatives, conditions and exclusions, too.

use std::collections::{BTreeMap, HashSet};

use openapi_tree::Node;

use super::part::Place;

/// The properties and the items that a schema mentions.
#[derive(Debug, Default)]
pub(super) struct Mentions<'a> {
    /// The schemas of each property. A property that is only required has none.
    pub(super) properties: BTreeMap<&'a str, Vec<Place<'a>>>,
    pub(super) items: Vec<Place<'a>>,
}

impl Mentions<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.items.is_empty()
    }
}

impl<'a> Mentions<'a> {
    /// Returns what a schema mentions. `resolve` follows references. A discriminator says which
    /// alternative a value is, so that the value has nothing of the others.
    pub(super) fn of(root: Place<'a>, resolve: impl Fn(Place<'a>) -> Place<'a>) -> Self {
        let mut mentions = Self::default();
        let mut known = HashSet::new();
        let mut pending = vec![root];
        while let Some(place) = pending.pop() {
            let place = resolve(place);
            if !known.insert(place.address()) {
                continue;
            }
            mentions.add(place);
            let lists: &[&str] = match place.get("discriminator") {
                Some(_) => &["allOf"],
                None => &["allOf", "anyOf", "oneOf"],
            };
            pending.extend(lists.iter().flat_map(|keyword| place.list(keyword)));
            let single = ["not", "if", "then", "else"].into_iter();
            pending.extend(single.filter_map(|keyword| place.get(keyword)));
            let dependent = place.node.entries_at("dependentSchemas").iter();
            pending.extend(dependent.map(|entry| Place::new(place.side, &entry.node)));
        }
        mentions
    }

    /// Adds what a schema mentions itself.
    fn add(&mut self, place: Place<'a>) {
        let node: &'a Node = place.node;
        for entry in node.entries_at("properties") {
            let schemas = self.properties.entry(&entry.key).or_default();
            schemas.push(Place::new(place.side, &entry.node));
        }
        let dependent = node.entries_at("dependentRequired").iter();
        let needed = dependent.clone().flat_map(|entry| entry.node.items());
        let required = node.items_at("required").iter().chain(needed);
        let names = required.filter_map(Node::as_str);
        let conditions = dependent.chain(node.entries_at("dependentSchemas"));
        for name in names.chain(conditions.map(|entry| entry.key.as_str())) {
            self.properties.entry(name).or_default();
        }
        let lists = place.list("prefixItems");
        let single = ["items", "contains"].into_iter();
        let single = single.filter_map(|keyword| place.get(keyword));
        self.items.extend(lists.chain(single));
    }
}
