//! Equality of schemas of both documents, with references followed.

use std::collections::{HashMap, HashSet};

use openapi_tree::{Node, Value};

use super::documents::Documents;
use super::part::Place;
use crate::annotation::is_annotation;

/// Pairs of schemas that are known to be equal, or not.
#[derive(Debug, Default)]
pub(super) struct Sameness<'a> {
    known: HashMap<(Place<'a>, Place<'a>), bool>,
}

/// The greatest number of pairs that are compared at a time.
const MOST: usize = 10_000;

impl<'a> Sameness<'a> {
    /// Returns `true` if two schemas have equal assertions, and so have the schemas that they refer
    /// to. Schemas that refer to themselves are equal if nothing else tells them apart.
    pub(super) fn are_same(
        &mut self,
        documents: &Documents<'a>,
        a: Place<'a>,
        b: Place<'a>,
    ) -> bool {
        let first = (documents.resolve(a), documents.resolve(b));
        if first.0 == first.1 {
            return true;
        }
        if let Some(known) = self.known.get(&first) {
            return *known;
        }
        // Each pair with the position of the pair that contains it.
        let mut pairs = vec![(first, None)];
        let mut assumed = HashSet::from([first]);
        let mut pending = vec![0];
        while let Some(position) = pending.pop() {
            let (a, b) = pairs[position].0;
            // The meaning of a reference to nothing is not known.
            let is_dangling = documents.is_reference(a) || documents.is_reference(b);
            let same = match is_dangling {
                true => documents.inexact.same(a.node, b.node),
                false => alike(documents, (a, b), true, &mut |a, b| {
                    let pair = (documents.resolve(a), documents.resolve(b));
                    if let Some(known) = self.known.get(&pair) {
                        return *known;
                    }
                    if pair.0 != pair.1 && assumed.insert(pair) {
                        pending.push(pairs.len());
                        pairs.push((pair, Some(position)));
                    }
                    true
                }),
            };
            if !same || pairs.len() > MOST {
                // Neither are the pairs around it.
                let mut around = Some(position);
                while let Some(position) = around {
                    let (pair, outer) = pairs[position];
                    self.known.insert(pair, false);
                    around = outer;
                }
                return false;
            }
        }
        self.known
            .extend(assumed.into_iter().map(|pair| (pair, true)));
        true
    }
}

/// Returns `true` if two nodes are equal except for annotations. `later` decides on references.
fn alike<'a>(
    documents: &Documents<'a>,
    (a, b): (Place<'a>, Place<'a>),
    is_schema: bool,
    later: &mut impl FnMut(Place<'a>, Place<'a>) -> bool,
) -> bool {
    let at = |place: Place<'a>, node: &'a Node| Place::new(place.side, node);
    match (&a.node.value, &b.node.value) {
        (Value::Mapping(_), Value::Mapping(_)) => {
            if a.node.get("$ref").is_some() || b.node.get("$ref").is_some() {
                return !std::ptr::eq(a.node, b.node) && later(a, b);
            }
            let asserting = |place: Place<'a>| {
                let entries = place.node.entries().iter();
                entries.filter(move |entry| !is_schema || !is_annotation(&entry.key))
            };
            // A reference to an alternative can name a value of the discriminator.
            if is_schema && !have_same_tags(documents, a, b) {
                return false;
            }
            asserting(a).count() == asserting(b).count()
                && asserting(a).all(|entry| {
                    let Some(other) = b.node.get(&entry.key) else {
                        return false;
                    };
                    // The keys of these are names that the author chose.
                    let names = ["properties", "patternProperties", "dependentSchemas"];
                    let holds_names = is_schema && names.contains(&entry.key.as_str());
                    let is_data = is_schema && entry.key == "enum";
                    match is_data {
                        true => documents.inexact.same(&entry.node, other),
                        false => {
                            let inner = (at(a, &entry.node), at(b, other));
                            alike(documents, inner, !holds_names, later)
                        }
                    }
                })
        }
        (Value::Sequence(one), Value::Sequence(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| alike(documents, (at(a, one), at(b, other)), true, later))
        }
        _ => documents.inexact.same(a.node, b.node),
    }
}

/// Returns `true` if the same values of discriminators name the alternatives of two schemas.
fn have_same_tags<'a>(documents: &Documents<'a>, a: Place<'a>, b: Place<'a>) -> bool {
    let has_tags = |place: Place<'a>| place.node.get("discriminator").is_some();
    let lists = ["anyOf", "oneOf"].into_iter();
    let mut lists = lists.filter(|_| has_tags(a) && has_tags(b));
    lists.all(|keyword| {
        let tags = |schema: Place<'a>| {
            let alternatives: Vec<_> = schema.list(keyword).collect();
            documents.tags(schema, &alternatives)
        };
        tags(a) == tags(b)
    })
}
