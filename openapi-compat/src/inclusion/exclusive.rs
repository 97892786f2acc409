//! Alternatives that no value matches two of, as far as a glance shows.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::choice::Choice;
use super::features::{Features, told_apart};
use super::part::Parts;
use super::search::Search;
use super::types::Types;

/// The greatest number of pairs of alternatives that are left for proofs.
const MOST_PAIRS: usize = 1_000;

/// The greatest number of pairs of alternatives that are looked at.
const MOST_GLANCES: usize = 1_000_000;

/// The number of glances that cost as much as a step of a proof.
const GLANCES: usize = 16;

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

fn texts(values: &Option<Vec<Value>>) -> Option<Vec<String>> {
    let values = values.as_ref()?.iter();
    values
        .map(|value| value.as_str().map(str::to_owned))
        .collect()
}
