//! The properties that schemas describe, in all their parts and alternatives.

use std::collections::{BTreeSet, HashSet};

use super::alternative::Alternative;
use crate::context::Context;
use crate::element::{Element, Pair};
use crate::revision::ElementTree;

/// The names of the properties that some schemas describe.
#[derive(Default)]
struct Described<'a> {
    names: BTreeSet<&'a str>,
    /// `true` if a schema describes additional properties, so that no name is unknown.
    any: bool,
}

impl<'a> Described<'a> {
    fn new(document: &ElementTree<'a>, schemas: impl IntoIterator<Item = Element<'a>>) -> Self {
        let mut described = Self::default();
        let mut known = HashSet::new();
        let mut pending: Vec<Element<'a>> = schemas.into_iter().collect();
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
            for keyword in ["if", "then", "else"] {
                pending.extend(schema.get(keyword));
            }
        }
        described
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
