//! Alternatives that no value matches two of, as far as a glance shows.

use std::collections::HashMap;

use serde_json::Value;

use super::part::Parts;
use super::search::Search;
use super::types::Types;

/// The greatest number of pairs of alternatives that are left for proofs.
const MOST_PAIRS: usize = 1_000;

/// The greatest number of pairs of alternatives that are looked at.
const MOST_GLANCES: usize = 1_000_000;

/// The features that tell an alternative from others.
struct Features<'a> {
    types: Types,
    /// The listed values, if all are strings.
    listed: Option<Vec<String>>,
    /// The required properties of an object whose listed values are all strings.
    tags: HashMap<&'a str, Vec<String>>,
}

impl Features<'_> {
    /// Returns `true` if no value has the features of both.
    fn exclude(&self, other: &Self) -> bool {
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

    fn features(&mut self, alternative: &Parts<'a>) -> Features<'a> {
        let cube = self.cube(alternative);
        let mut tags = HashMap::new();
        if cube.types.is_within(Types::OBJECT) {
            for name in &cube.required {
                let property = cube.property(&self.documents, name);
                if let Some(values) = property.and_then(|parts| texts(&self.cube(&parts).listed)) {
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
fn told_apart(features: &[Features<'_>]) -> Vec<bool> {
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
    let values = |features: &Features<'_>| features.tags.get(name).cloned();
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
