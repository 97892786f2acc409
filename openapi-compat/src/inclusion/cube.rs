//! Conjunctions with their parts merged: for each JSON type, the limits of its values.
//!
//! `allOf` and references are followed. Alternatives remain: each is a case of its own.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::choice::{Choice, Choices};
use super::documents::Documents;
use super::number::Decimal;
use super::part::{Member, Part, Place};
use super::range::{Count, Range};
use super::types::Types;

/// Merged parts. Limits of a type say nothing about values of other types.
#[derive(Clone, Debug)]
pub(super) struct Cube<'a> {
    pub(super) types: Types,
    /// The values, if they are listed.
    pub(super) listed: Option<Vec<Value>>,
    pub(super) range: Range,
    pub(super) steps: Vec<Decimal>,
    pub(super) length: Count,
    pub(super) patterns: Vec<&'a str>,
    pub(super) formats: Vec<&'a str>,
    pub(super) items: Count,
    pub(super) unique: bool,
    pub(super) properties: Count,
    pub(super) required: BTreeSet<&'a str>,
    pub(super) hidden: Vec<&'a str>,
    pub(super) members: Vec<Member<'a>>,
    /// The schemas without those that only refer to others, each with `true` if it describes
    /// properties.
    pub(super) schemas: Vec<(Place<'a>, bool)>,
    pub(super) excluded: Vec<Place<'a>>,
    /// The schemas that mention properties, without those inside them.
    pub(super) mentioning: Vec<Place<'a>>,
    pub(super) choices: Vec<Choice<'a>>,
}

impl Default for Cube<'_> {
    fn default() -> Self {
        Self {
            types: Types::ALL,
            listed: None,
            range: Range::default(),
            steps: Vec::new(),
            length: Count::default(),
            patterns: Vec::new(),
            formats: Vec::new(),
            items: Count::default(),
            unique: false,
            properties: Count::default(),
            required: BTreeSet::new(),
            hidden: Vec::new(),
            members: Vec::new(),
            schemas: Vec::new(),
            excluded: Vec::new(),
            mentioning: Vec::new(),
            choices: Vec::new(),
        }
    }
}

impl<'a> Cube<'a> {
    pub(super) fn new(documents: &Documents<'a>, parts: &[Part<'a>]) -> Self {
        let mut cube = Self::default();
        let chosen: HashSet<Place<'a>> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Chosen(place) => Some(*place),
                _ => None,
            })
            .collect();
        let mentioning = parts.iter().filter_map(|part| match part {
            Part::Is(place) | Part::Not(place) | Part::Mentions(place) => Some(*place),
            _ => None,
        });
        cube.mentioning = mentioning.collect();
        let mut known = HashSet::new();
        let mut pending: Vec<Part<'a>> = parts.iter().rev().cloned().collect();
        while let Some(part) = pending.pop() {
            let (place, describes) = match part {
                Part::Is(place) => (place, true),
                Part::Fits(place) => (place, false),
                other => {
                    cube.add(documents, other, &mut pending);
                    continue;
                }
            };
            // A part of itself asserts nothing more.
            if !known.insert((place, describes)) {
                continue;
            }
            if let Some(target) = documents.target(place) {
                pending.push(Part::of(target, describes));
            }
            if place.node.as_bool() == Some(false) {
                cube.types = Types::NONE;
            }
            if documents.is_reference(place) || place.node.entries().is_empty() {
                continue;
            }
            cube.schemas.push((place, describes));
            let parts: Vec<_> = place.list("allOf").collect();
            pending.extend(
                parts
                    .into_iter()
                    .rev()
                    .map(|part| Part::of(part, describes)),
            );
            let choices = Choices::new(documents, place, describes, &chosen);
            cube.choices.extend(choices.choices);
            pending.extend(choices.parts);
            if let Some(excluded) = place.get("not") {
                cube.add(documents, Part::Not(excluded), &mut pending);
            }
            for entry in place.node.entries() {
                cube.assert(documents, &entry.key, &entry.node);
            }
        }
        cube.simplify(documents);
        cube
    }

    fn add(&mut self, documents: &Documents<'a>, part: Part<'a>, pending: &mut Vec<Part<'a>>) {
        match part {
            Part::Not(place) => {
                let target = documents.resolve(place);
                if !self.mentioning.contains(&place) {
                    self.mentioning.push(place);
                }
                match target.node.entries() {
                    _ if target.node.as_bool() == Some(false) => {}
                    [] => self.types = Types::NONE,
                    [only] if only.key == "type" => {
                        let types = Types::of_keyword(&only.node);
                        // A name that is no type stands for all of them, but excludes nothing known.
                        if types != Types::ALL {
                            self.types = self.types.without(types);
                        }
                    }
                    [only] if only.key == "not" => {
                        pending.push(Part::Fits(Place::new(target.side, &only.node)));
                    }
                    _ => self.excluded.push(target),
                }
            }
            Part::Types(types) => self.types = self.types.and(types),
            Part::Listed(values) => self.list(values),
            Part::Member(member) => self.members.push(member),
            Part::Hidden(name) => self.hidden.push(name),
            Part::Keyword(keyword, place) => self.assert(documents, keyword, place.node),
            Part::Chosen(_) | Part::Mentions(_) | Part::Is(_) | Part::Fits(_) => {}
        }
    }

    /// Returns `true` if there is no value, as far as the limits show.
    pub(super) fn is_empty(&self) -> bool {
        self.types.is_empty() || self.listed.as_ref().is_some_and(Vec::is_empty)
    }
}
