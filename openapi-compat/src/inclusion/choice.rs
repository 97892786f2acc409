//! The alternatives of a conjunction.

use std::collections::HashSet;

use super::documents::Documents;
use super::part::{Part, Parts, Place};

/// A list of alternatives, of which a value matches one or, if `exactly` is set, exactly one.
#[derive(Clone, Debug)]
pub(super) struct Choice<'a> {
    /// The list.
    pub(super) place: Place<'a>,
    pub(super) alternatives: Vec<Parts<'a>>,
    /// The schemas of which a value matches exactly one. Empty if it may match several.
    pub(super) exactly: Vec<Place<'a>>,
}

/// The alternatives of a schema.
#[derive(Debug, Default)]
pub(super) struct Choices<'a> {
    pub(super) choices: Vec<Choice<'a>>,
    /// The only alternatives of their lists, which are parts therefore.
    pub(super) parts: Parts<'a>,
}

impl<'a> Choices<'a> {
    /// Reads the alternatives of a schema, without the lists that have been chosen from.
    pub(super) fn new(
        documents: &Documents<'a>,
        schema: Place<'a>,
        describes: bool,
        chosen: &HashSet<Place<'a>>,
    ) -> Self {
        let mut choices = Self::default();
        let left = |keyword| schema.get(keyword).filter(|place| !chosen.contains(place));
        for keyword in ["anyOf", "oneOf"] {
            let Some(place) = left(keyword) else {
                continue;
            };
            let schemas: Vec<_> = schema.list(keyword).collect();
            let tagged = documents.tags(schema, &schemas);
            let is_tagged = tagged.iter().any(Option::is_some);
            let alternatives = schemas.iter().zip(tagged).map(|(schema, tag)| {
                let own = [Part::of(*schema, describes)].into_iter();
                own.chain(tag.map(Part::Member)).collect()
            });
            let mut alternatives: Vec<Parts<'a>> = alternatives.collect();
            match alternatives.len() {
                0 => {}
                1 => choices.parts.extend(alternatives.pop().unwrap_or_default()),
                _ => choices.choices.push(Choice {
                    place,
                    alternatives,
                    exactly: match keyword == "oneOf" && !is_tagged {
                        true => schemas,
                        false => Vec::new(),
                    },
                }),
            }
        }
        if let Some(condition) = left("if") {
            let branch = |keyword| schema.get(keyword).map(|part| Part::of(part, describes));
            let holds = [Part::of(condition, describes)];
            let fails = [Part::Not(condition)];
            choices.choices.push(Choice {
                place: condition,
                alternatives: vec![
                    holds.into_iter().chain(branch("then")).collect(),
                    fails.into_iter().chain(branch("else")).collect(),
                ],
                exactly: Vec::new(),
            });
        }
        choices
    }
}
