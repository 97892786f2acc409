//! The properties that a schema mentions anywhere: in alternatives, conditions and exclusions, too.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use openapi_tree::Node;

use super::documents::Documents;
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

impl<'a> Documents<'a> {
    /// Returns what a schema mentions. A discriminator says which alternative a value is, so that the
    /// value has nothing of the others.
    pub(super) fn mentions(&self, root: Place<'a>) -> Rc<Mentions<'a>> {
        let root = self.resolve(root);
        if let Some(known) = self.mentioned.borrow().get(&root.address()) {
            return Rc::clone(known);
        }
        let mut mentions = Mentions::default();
        let mut known = HashSet::new();
        let mut pending = vec![root];
        while let Some(place) = pending.pop() {
            let place = self.resolve(place);
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
        let mentions = Rc::new(mentions);
        let mut known = self.mentioned.borrow_mut();
        known.insert(root.address(), Rc::clone(&mentions));
        mentions
    }
}

impl<'a> Mentions<'a> {
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
