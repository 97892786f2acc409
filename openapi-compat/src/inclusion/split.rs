//! Smaller cases of a conjunction, for a wide schema of which no alternative includes all values.

use serde_json::Value;

use super::cases::MOST_CASES;
use super::cube::Cube;
use super::part::{Member, Part, Parts, with};
use super::search::Search;
use super::types::Types;

impl<'a> Search<'a> {
    /// Returns smaller cases of a conjunction: one for each type, or one for each listed value of a
    /// property that alternatives list, too. Returns `None` if there are no such cases.
    pub(super) fn split(
        &mut self,
        narrow: &Parts<'a>,
        cube: &Cube<'a>,
        alternatives: &[Parts<'a>],
    ) -> Option<Vec<Parts<'a>>> {
        let types: Vec<Types> = cube.types.each().collect();
        if types.len() > 1 && cube.types != Types::NUMBER {
            let number = cube.types.and(Types::NUMBER);
            let others = cube.types.without(Types::NUMBER).each();
            let types = others.chain([number]).filter(|types| !types.is_empty());
            return Some(
                types
                    .map(|types| with(narrow, [Part::Types(types)]))
                    .collect(),
            );
        }
        if types != [Types::OBJECT] {
            return None;
        }
        for name in cube.names(&self.documents) {
            if cube.members.iter().any(|member| member.name == name) || !self.spend(1) {
                continue;
            }
            let parts = cube.property(&self.documents, name);
            let Some(values) = parts.and_then(|parts| self.cube(&parts).listed.clone()) else {
                continue;
            };
            if values.len() > MOST_CASES || !self.is_listed(name, alternatives) {
                continue;
            }
            let case = |values: Vec<Value>, required| {
                with(
                    narrow,
                    [Part::Member(Member {
                        name,
                        values,
                        required,
                    })],
                )
            };
            let mut cases: Vec<_> = values
                .into_iter()
                .map(|value| case(vec![value], true))
                .collect();
            if !cube.required.contains(name) {
                cases.push(case(Vec::new(), false));
            }
            return Some(cases);
        }
        None
    }

    /// Returns `true` if an alternative lists the values of a property.
    fn is_listed(&mut self, name: &str, alternatives: &[Parts<'a>]) -> bool {
        alternatives.iter().any(|alternative| {
            let described = alternative.iter().map(|part| match part {
                Part::Fits(place) => Part::Is(*place),
                other => other.clone(),
            });
            let cube = self.cube(&described.collect());
            let property = cube.property(&self.documents, name);
            property.is_some_and(|parts| self.cube(&parts).listed.is_some())
        })
    }
}
