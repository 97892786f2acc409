//! The properties that schemas describe, in all their parts and alternatives.

use std::collections::{BTreeSet, HashSet};

use super::alternative::Alternative;
use crate::context::Context;
use crate::element::{Element, Pair};
use crate::revision::ElementTree;

/// The names of the properties that some schemas describe.
#[derive(Default)]
pub(super) struct Described<'a> {
    names: BTreeSet<&'a str>,
    /// `true` if a schema describes additional properties, so that no name is unknown.
    any: bool,
}

/// The keywords with schemas that describe the same object, apart from the parts of `allOf`.
const ALTERNATIVES: [&str; 2] = ["anyOf", "oneOf"];
const CONDITIONS: [&str; 3] = ["if", "then", "else"];

impl<'a> Described<'a> {
    fn new(document: &ElementTree<'a>, schemas: impl IntoIterator<Item = Element<'a>>) -> Self {
        let mut described = Self::default();
        described.add(document, schemas.into_iter().collect());
        described
    }

    /// Returns the properties that a schema describes in its alternatives, under conditions and by
    /// patterns, and not those of `properties`.
    pub(super) fn beside_properties(document: &ElementTree<'a>, schema: &Element<'a>) -> Self {
        let mut described = Self::default();
        let (mut known, mut parts) = (HashSet::new(), vec![schema.clone()]);
        let mut pending = Vec::new();
        while let Some(part) = parts.pop() {
            let part = document.resolve(part);
            if !known.insert(part.pointer.clone()) {
                continue;
            }
            described.any |= part.has("patternProperties");
            parts.extend(part.items("allOf"));
            for keyword in ALTERNATIVES {
                // A single alternative is a part like those of `allOf`.
                match &part.items(keyword)[..] {
                    [only] => parts.push(only.clone()),
                    alternatives => pending.extend_from_slice(alternatives),
                }
            }
            pending.extend(CONDITIONS.iter().filter_map(|keyword| part.get(keyword)));
            let dependent = part.named("dependentSchemas").into_iter();
            pending.extend(dependent.map(|(_, schema)| schema));
        }
        described.add(document, pending);
        described
    }

    /// Returns `true` if the schemas describe a property, perhaps by a pattern.
    pub(super) fn has(&self, name: &str) -> bool {
        self.any || self.names.contains(name)
    }

    fn add(&mut self, document: &ElementTree<'a>, pending: Vec<Element<'a>>) {
        let described = self;
        let mut pending = pending;
        let mut known = HashSet::new();
        while let Some(schema) = pending.pop() {
            let schema = document.resolve(schema);
            if !known.insert(schema.pointer.clone()) {
                continue;
            }
            let properties = schema.get("properties");
            let properties = properties.map(|map| map.entries().collect::<Vec<_>>());
            let names = properties.into_iter().flatten().map(|(name, _)| name);
            described.names.extend(names);
            let additional = schema.get("additionalProperties");
            described.any |= additional.is_some_and(|any| !any.node.entries().is_empty())
                || schema.get("patternProperties").is_some();
            for keyword in ["allOf", "anyOf", "oneOf"] {
                pending.extend(schema.items(keyword));
            }
            pending.extend(CONDITIONS.iter().filter_map(|keyword| schema.get(keyword)));
        }
    }

    /// Returns `true` if others do not describe a property that these do.
    fn has_more_than(&self, others: &Self) -> bool {
        !others.any && !self.names.is_subset(&others.names)
    }
}

/// Returns `true` if the head schema no longer describes a property of the base schema. Values with
/// it may remain valid, but it has no meaning any more.
pub(super) fn loses_any<'a>(context: &Context<'a>, pair: &Pair<'a>) -> bool {
    let base = Described::new(&context.base, [pair.base.clone()]);
    base.has_more_than(&Described::new(&context.head, [pair.head.clone()]))
}

/// Returns `true` if the head schema does not describe a property of alternatives that were removed.
pub(super) fn loses<'a>(
    context: &Context<'a>,
    pair: &Pair<'a>,
    removed: &[Alternative<'a>],
) -> bool {
    let removed = removed.iter().map(|removed| removed.element.clone());
    let removed = Described::new(&context.base, removed);
    removed.has_more_than(&Described::new(&context.head, [pair.head.clone()]))
}
