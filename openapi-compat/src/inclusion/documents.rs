//! The documents of a proof: references, discriminators, and properties of one direction only.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use openapi_tree::{Entry, Node, reference, target};
use serde_json::Value;

use super::inexact::Inexact;
use super::mentions::Mentions;
use super::part::{Member, Place, Side};
use crate::element::mapped_component;
use crate::level::Direction;

/// The two documents, and the direction of the messages.
#[derive(Debug)]
pub(super) struct Documents<'a> {
    base: &'a Node,
    head: &'a Node,
    pub(super) direction: Direction,
    pub(super) inexact: Rc<Inexact>,
    /// The names of the components, by the address of their schema.
    names: HashMap<*const Node, &'a str>,
    /// The targets of references, by the address of the reference.
    targets: RefCell<HashMap<*const Node, Option<&'a Node>>>,
    /// The schemas with `true` if they are composed of themselves, by address.
    circular: RefCell<HashMap<*const Node, bool>>,
    /// The properties that schemas mention, by address.
    mentioned: RefCell<HashMap<*const Node, Rc<Mentions<'a>>>>,
}

impl<'a> Documents<'a> {
    pub(super) fn new(
        (base, head): (&'a Node, &'a Node),
        inexact: Rc<Inexact>,
        direction: Direction,
    ) -> Self {
        let components = [base, head]
            .into_iter()
            .filter_map(|root| root.descend(["components", "schemas"]));
        let names = components.flat_map(Node::entries);
        Self {
            base,
            head,
            direction,
            inexact,
            names: names
                .map(|entry| (&raw const entry.node, entry.key.as_str()))
                .collect(),
            targets: RefCell::default(),
            circular: RefCell::default(),
            mentioned: RefCell::default(),
        }
    }

    fn root(&self, side: Side) -> &'a Node {
        match side {
            Side::Base => self.base,
            Side::Head => self.head,
        }
    }

    /// Returns the name of a schema if it is a component.
    pub(super) fn name(&self, place: Place<'a>) -> Option<&'a str> {
        self.names.get(&place.address()).copied()
    }

    /// Returns `true` if a schema is a reference that leads somewhere. Keywords beside it do not
    /// count.
    pub(super) fn is_reference(&self, place: Place<'a>) -> bool {
        reference(place.node).is_some()
    }

    /// Returns the schema that a reference leads to.
    pub(super) fn target(&self, place: Place<'a>) -> Option<Place<'a>> {
        reference(place.node)?;
        let mut targets = self.targets.borrow_mut();
        let target = targets
            .entry(place.address())
            .or_insert_with(|| target(self.root(place.side), place.node));
        target.map(|node| Place::new(place.side, node))
    }

    /// Follows references to the first schema that is none.
    pub(super) fn resolve(&self, place: Place<'a>) -> Place<'a> {
        if reference(place.node).is_none() {
            return place;
        }
        let mut place = place;
        // A longer chain is a circle.
        for _ in 0..100 {
            match self.target(place) {
                Some(target) => place = target,
                None => break,
            }
        }
        place
    }

    /// Returns `true` if a schema is composed of itself, or of a schema that is. There is no value
    /// between that would make the proof about it shorter.
    pub(super) fn is_circular(&self, schema: Place<'a>) -> bool {
        let schema = self.resolve(schema);
        if self.is_reference(schema) {
            return true;
        }
        if let Some(known) = self.circular.borrow().get(&schema.address()) {
            return *known;
        }
        // A schema that is visited while its parts are, is a part of itself.
        self.circular.borrow_mut().insert(schema.address(), true);
        let lists = ["allOf", "anyOf", "oneOf"]
            .into_iter()
            .flat_map(|keyword| schema.list(keyword));
        let single = ["not", "if", "then", "else"]
            .into_iter()
            .filter_map(|keyword| schema.get(keyword));
        let is_circular = lists.chain(single).any(|part| self.is_circular(part));
        self.circular
            .borrow_mut()
            .insert(schema.address(), is_circular);
        is_circular
    }

    /// Returns what a schema mentions.
    pub(super) fn mentions(&self, schema: Place<'a>) -> Rc<Mentions<'a>> {
        let schema = self.resolve(schema);
        let mut mentioned = self.mentioned.borrow_mut();
        let mentions = mentioned.entry(schema.address());
        let mentions = mentions.or_insert_with(|| {
            let resolve = |place| self.resolve(place);
            Rc::new(Mentions::of(schema, resolve))
        });
        Rc::clone(mentions)
    }

    /// Returns `true` if messages of the direction never contain a property.
    pub(super) fn is_hidden(&self, property: Place<'a>) -> bool {
        let keyword = match self.direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
            Direction::Both | Direction::Metadata => return false,
        };
        self.is_marked(property, keyword, 0)
    }

    /// Returns `true` if a schema or a part of its `allOf` has a flag.
    fn is_marked(&self, schema: Place<'a>, keyword: &str, depth: usize) -> bool {
        const DEEPEST: usize = 8;
        let target = self.resolve(schema);
        schema.node.is_true(keyword)
            || target.node.is_true(keyword)
            || depth < DEEPEST
                && target
                    .list("allOf")
                    .any(|part| self.is_marked(part, keyword, depth + 1))
    }

    /// Returns the properties of a schema and the parts of its `allOf` that messages of the direction
    /// never contain.
    pub(super) fn hidden(&self, schema: Place<'a>, depth: usize) -> Vec<&'a str> {
        const DEEPEST: usize = 8;
        let schema = self.resolve(schema);
        let node: &'a Node = schema.node;
        let properties = node.entries_at("properties").iter();
        let hidden =
            properties.filter(|entry| self.is_hidden(Place::new(schema.side, &entry.node)));
        let mut hidden: Vec<&'a str> = hidden.map(|entry| entry.key.as_str()).collect();
        if depth < DEEPEST {
            hidden.extend(
                schema
                    .list("allOf")
                    .flat_map(|part| self.hidden(part, depth + 1)),
            );
        }
        hidden
    }

    /// Returns for each alternative the values of the discriminator that name it, unless the
    /// alternative lists values itself.
    pub(super) fn tags(
        &self,
        schema: Place<'a>,
        alternatives: &[Place<'a>],
    ) -> Vec<Option<Member<'a>>> {
        let discriminator = schema.node.get("discriminator");
        let Some(name) = discriminator.and_then(|node| node.str_at("propertyName")) else {
            return vec![None; alternatives.len()];
        };
        let mapping = discriminator.map_or(&[][..], |node| node.entries_at("mapping"));
        let mapped = |entry: &'a Entry| Some((mapped_component(entry.node.as_str()?), &*entry.key));
        let mapping: Vec<(String, &str)> = mapping.iter().filter_map(mapped).collect();
        let tag = |alternative: &Place<'a>| {
            let target = reference(alternative.node)?;
            if self.lists_values(*alternative, name, 0) {
                return None;
            }
            let component = mapped_component(target);
            let mapped = mapping.iter().filter(|(name, _)| *name == component);
            let mut values: Vec<Value> = mapped.map(|(_, value)| (*value).into()).collect();
            if values.is_empty() {
                values.push(component.into());
            }
            let required = true;
            Some(Member {
                name,
                values,
                required,
            })
        };
        alternatives.iter().map(tag).collect()
    }

    /// Returns `true` if a schema lists the values of a property, or is composed of alternatives
    /// that may.
    fn lists_values(&self, schema: Place<'a>, property: &str, depth: usize) -> bool {
        const DEEPEST: usize = 8;
        let schema = self.resolve(schema);
        let own = schema.property(property);
        let mut parts = ["allOf", "anyOf", "oneOf"]
            .into_iter()
            .flat_map(|keyword| schema.list(keyword));
        own.is_some_and(|own| self.is_listed(own, 0))
            || depth < DEEPEST && parts.any(|part| self.lists_values(part, property, depth + 1))
    }

    /// Returns `true` if a schema lists its values, or a part of it does.
    fn is_listed(&self, schema: Place<'a>, depth: usize) -> bool {
        const DEEPEST: usize = 8;
        let schema = self.resolve(schema);
        let mut parts = schema.list("allOf");
        schema.node.get("enum").is_some()
            || depth < DEEPEST && parts.any(|part| self.is_listed(part, depth + 1))
    }
}
