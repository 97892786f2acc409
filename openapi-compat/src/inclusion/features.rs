//! The features by which a glance tells alternatives apart.

use std::collections::HashMap;
use std::rc::Rc;

use super::types::Types;

/// The features that tell an alternative from others.
#[derive(Debug)]
pub(super) struct Features<'a> {
    pub(super) types: Types,
    /// The listed values, if all are strings.
    pub(super) listed: Option<Vec<String>>,
    /// The required properties of an object whose listed values are all strings.
    pub(super) tags: HashMap<&'a str, Vec<String>>,
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

/// Returns `true` for each alternative that has values of the most frequent tag that no other one
/// has. All of these exclude each other.
pub(super) fn told_apart(features: &[Rc<Features<'_>>]) -> Vec<bool> {
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
