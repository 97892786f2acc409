//! Alternatives that no value matches two of, as far as a glance shows.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::choice::Choice;
use super::part::Parts;
use super::search::Search;
use super::types::Types;

/// The greatest number of pairs of alternatives that are left for proofs.
const MOST_PAIRS: usize = 1_000;

/// The greatest number of pairs of alternatives that are looked at.
const MOST_GLANCES: usize = 1_000_000;

/// The number of glances that cost as much as a step of a proof.
const GLANCES: usize = 16;

/// The features that tell an alternative from others.
#[derive(Debug)]
pub(super) struct Features<'a> {
    types: Types,
    /// The listed values, if all are strings.
    listed: Option<Vec<String>>,
    /// The required properties of an object whose listed values are all strings.
    tags: HashMap<&'a str, Vec<String>>,
}

impl Features<'_> {
    /// Returns `true` if no value has the features of both.
    pub(super) fn exclude(&self, other: &Self) -> bool {
        let has_other_tag = |(name, own): (&&str, &Vec<String>)| {
            let tag = other.tags.get(name);
            tag.is_some_and(|tag| are_distinct(own, tag))
        };
        !self.types.meets(other.types)
            || matches!((&self.listed, &other.listed), (Some(own), Some(other)) if are_distinct(own, other))
            || self.tags.iter().any(has_other_tag)
    }
}

impl<'a> Search<'a> {
    /// Returns the pairs of alternatives that the same value may match. Alternatives with distinct
    /// values of a required property are told apart in linear time. Returns `None` if there are too
    /// many pairs.
    pub(super) fn similar_pairs(
        &mut self,
        alternatives: &[Parts<'a>],
    ) -> Option<Vec<(usize, usize)>> {
        let features: Vec<_> = alternatives
            .iter()
            .map(|alternative| self.features(alternative))
            .collect();
        self.spend(features.len() / GLANCES);
        let is_told_apart = told_apart(&features);
        let others: Vec<usize> = (0..features.len())
            .filter(|at| !is_told_apart[*at])
            .collect();
        if others.len().saturating_mul(features.len()) > MOST_GLANCES {
            return None;
        }
        let mut pairs = Vec::new();
        for one in others {
            for other in 0..features.len() {
                let is_seen = other == one || (other < one && !is_told_apart[other]);
                if !is_seen && !features[one].exclude(&features[other]) {
                    pairs.push((one, other));
                }
            }
            if pairs.len() > MOST_PAIRS {
                return None;
            }
        }
        Some(pairs)
    }

    /// Returns for each alternative the others that the same value may match, or `None` if there are
    /// too many.
    pub(super) fn similar(&mut self, choice: &Choice<'a>) -> Option<Rc<Vec<Vec<usize>>>> {
        if let Some(known) = self.similar.get(&choice.place) {
            return known.clone();
        }
        let pairs = self.similar_pairs(&choice.alternatives);
        let similar = pairs.map(|pairs| {
            let mut similar = vec![Vec::new(); choice.alternatives.len()];
            for (one, other) in pairs {
                similar[one].push(other);
                similar[other].push(one);
            }
            Rc::new(similar)
        });
        self.similar.insert(choice.place, similar.clone());
        similar
    }

    /// Returns for each alternative `true` if a glance shows that it has no value of a conjunction.
    pub(super) fn are_excluded(
        &mut self,
        narrow: &Parts<'a>,
        alternatives: &[Parts<'a>],
    ) -> Vec<bool> {
        self.spend(alternatives.len() / GLANCES);
        let own = self.features(narrow);
        let others = alternatives.iter();
        others
            .map(|other| own.exclude(&self.features(other)))
            .collect()
    }

    fn features(&mut self, parts: &Parts<'a>) -> Rc<Features<'a>> {
        if let Some(known) = self.features.get(parts) {
            return Rc::clone(known);
        }
        let features = Rc::new(self.read_features(parts));
        self.features.insert(parts.clone(), Rc::clone(&features));
        features
    }

    fn read_features(&mut self, parts: &Parts<'a>) -> Features<'a> {
        let cube = self.cube(parts);
        let mut tags = HashMap::new();
        if cube.types.is_within(Types::OBJECT) {
            for name in &cube.required {
                // It is there, also if nothing describes it.
                let property = cube.conditions(&self.documents, name);
                if let Some((_, parts)) = property
                    && let Some(values) = texts(&self.cube(&parts).listed)
                {
                    tags.insert(*name, values);
                }
            }
        }
        Features {
            types: cube.types,
            listed: texts(&cube.listed),
            tags,
        }
    }
}

/// Returns `true` for each alternative that has values of the most frequent tag that no other one
/// has. All of these exclude each other.
fn told_apart(features: &[Rc<Features<'_>>]) -> Vec<bool> {
    let mut frequency: HashMap<&str, usize> = HashMap::new();
    for name in features.iter().flat_map(|features| features.tags.keys()) {
        *frequency.entry(name).or_default() += 1;
    }
    let Some((name, _)) = frequency
        .into_iter()
        .max_by_key(|(name, number)| (*number, *name))
    else {
        return vec![false; features.len()];
    };
    let values = |features: &Rc<Features<'_>>| features.tags.get(name).cloned();
    let values: Vec<Option<Vec<String>>> = features.iter().map(values).collect();
    let mut owners: HashMap<&str, usize> = HashMap::new();
    let mut is_told_apart: Vec<bool> = values.iter().map(Option::is_some).collect();
    for (at, value) in values.iter().enumerate() {
        for value in value.iter().flatten() {
            let owner = *owners.entry(value).or_insert(at);
            if owner != at {
                is_told_apart[owner] = false;
                is_told_apart[at] = false;
            }
        }
    }
    is_told_apart
}

fn are_distinct(some: &[String], others: &[String]) -> bool {
    !some.iter().any(|value| others.contains(value))
}

fn texts(values: &Option<Vec<Value>>) -> Option<Vec<String>> {
    let values = values.as_ref()?.iter();
    values
        .map(|value| value.as_str().map(str::to_owned))
        .collect()
}
