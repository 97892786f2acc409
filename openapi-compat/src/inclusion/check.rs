//! The keywords of a wide schema, each held against the merged parts of a conjunction.

use openapi_tree::Node;
use serde_json::Value;

use super::cube::Cube;
use super::documents::Documents;
use super::doubt::Attempt;
use super::format;
use super::number::Decimal;
use super::part::{Member, Part, Parts, Place, with};
use super::search::Search;
use super::types::Types;

impl<'a> Search<'a> {
    /// Proves that every value of a conjunction is valid against a schema, keyword by keyword.
    pub(super) fn check(
        &mut self,
        wide: Place<'a>,
        narrow: &Parts<'a>,
        cube: &Cube<'a>,
    ) -> Attempt<'a> {
        if !self.spend(wide.node.entries().len()) {
            return Err(self.doubt(Vec::new()));
        }
        for entry in wide.node.entries() {
            let keyword = entry.key.as_str();
            if self.is_implied(cube, keyword, &entry.node) {
                continue;
            }
            let values = self.violations(narrow, cube, keyword, &entry.node);
            return Err(self.doubt(values));
        }
        // A part can require a property that another part hides.
        let hidden = match wide.get("allOf") {
            Some(_) => self.documents.hidden(wide, 0),
            None => Vec::new(),
        };
        let narrow = &with(narrow, hidden.into_iter().map(Part::Hidden));
        let cube = &*self.cube(narrow);
        if cube.types.meets(Types::OBJECT) {
            self.check_object(wide, narrow, cube)?;
        }
        if cube.types.meets(Types::ARRAY) {
            self.check_array(wide, cube)?;
        }
        for part in wide.list("allOf") {
            self.includes(Some(part), narrow.clone())?;
        }
        self.check_conditional(wide, narrow, cube)?;
        if let Some(excluded) = wide.get("not") {
            // A property that is named here is possible: values with it are excluded.
            self.excludes(&[Part::Is(excluded)], narrow)?;
        }
        for keyword in ["anyOf", "oneOf"] {
            self.check_alternatives(wide, keyword, narrow, cube)?;
        }
        Ok(())
    }

    /// Returns `true` if all values of the cube satisfy an assertion about the value itself. Keywords
    /// with schemas are left to others.
    pub(super) fn is_implied(&self, cube: &Cube<'a>, keyword: &str, node: &Node) -> bool {
        let limit = || self.documents.inexact.decimal(node);
        let count = || limit().and_then(Decimal::ceil);
        let least = |own: u64| count().is_none_or(|limit| i128::from(own) >= limit);
        let most = |own: Option<u64>| {
            count().is_none_or(|limit| own.is_some_and(|own| i128::from(own) <= limit))
        };
        let about = |types| cube.types.meets(types);
        if node.as_number().is_some() && limit().is_none() {
            return false; // too many digits
        }
        match keyword {
            // Nobody knows the values of a type that does not exist.
            "type" => Types::known(node).is_some_and(|types| cube.types.is_within(types)),
            "enum" => {
                let allowed = |value: &Value| self.evaluator().assertion(value, keyword, node);
                let listed = cube.listed.as_ref();
                listed.is_some_and(|values| values.iter().all(|value| allowed(value) == Some(true)))
            }
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "format"
                if about(Types::NUMBER) && !is_within(&self.documents, cube, keyword, node) =>
            {
                false
            }
            "format" => {
                let format = node.as_str().unwrap_or_default();
                let is_about_numbers = cube.types.and(Types::STRING).is_empty();
                is_about_numbers || format::is_hint(format) || cube.formats.contains(&format)
            }
            "multipleOf" if about(Types::NUMBER) => limit().is_none_or(|step| {
                let is_whole = cube.types.and(Types::NUMBER) == Types::INTEGER;
                let one = is_whole.then_some(Decimal::ONE);
                cube.steps
                    .iter()
                    .copied()
                    .chain(one)
                    .any(|own| own.is_multiple_of(step))
            }),
            "pattern" if about(Types::STRING) => node
                .as_str()
                .is_none_or(|pattern| is_any(pattern) || cube.patterns.contains(&pattern)),
            "minLength" if about(Types::STRING) => least(cube.length.least),
            "maxLength" if about(Types::STRING) => most(cube.length.most),
            "minItems" if about(Types::ARRAY) => least(cube.items.least),
            "maxItems" if about(Types::ARRAY) => most(cube.items.most),
            "uniqueItems" if about(Types::ARRAY) => {
                let is_single = cube.items.most.is_some_and(|most| most <= 1);
                node.as_bool() != Some(true) || cube.unique || is_single
            }
            "minProperties" if about(Types::OBJECT) => {
                least(cube.properties.least.max(cube.required.len() as u64))
            }
            "maxProperties" if about(Types::OBJECT) => {
                // Without a schema, nothing is known about the properties.
                let is_closed =
                    !cube.schemas.is_empty() && cube.additional(&self.documents, None).is_none();
                let named = is_closed.then(|| {
                    let names = cube.names(&self.documents).into_iter();
                    names
                        .filter(|name| cube.property(&self.documents, name).is_some())
                        .count() as u64
                });
                most(cube.properties.most.into_iter().chain(named).min())
            }
            "$dynamicRef" | "$recursiveRef" => false,
            _ => true,
        }
    }

    /// Proves `if`, `then` and `else`.
    fn check_conditional(
        &mut self,
        wide: Place<'a>,
        narrow: &Parts<'a>,
        cube: &Cube<'a>,
    ) -> Attempt<'a> {
        let Some(condition) = wide.get("if") else {
            return Ok(());
        };
        // The three mean something together only.
        let mut own = cube.schemas.iter().map(|(own, _)| *own);
        let is_same = own.any(|own| {
            ["if", "then", "else"].into_iter().all(|keyword| {
                match (own.get(keyword), wide.get(keyword)) {
                    (Some(own), Some(wide)) => self.sameness.are_same(&self.documents, own, wide),
                    (own, wide) => own.is_none() && wide.is_none(),
                }
            })
        });
        if is_same {
            return Ok(());
        }
        if let Some(then) = wide.get("then") {
            self.includes(Some(then), with(narrow, [Part::Is(condition)]))?;
        }
        if let Some(otherwise) = wide.get("else") {
            self.includes(Some(otherwise), with(narrow, [Part::Not(condition)]))?;
        }
        Ok(())
    }

    /// Returns `true` if a part of the cube has the same value of a keyword, or the schema has none.
    pub(super) fn has_same(&mut self, cube: &Cube<'a>, schema: Place<'a>, keyword: &str) -> bool {
        let Some(value) = schema.get(keyword) else {
            return true;
        };
        let own: Vec<_> = cube
            .schemas
            .iter()
            .filter_map(|(own, _)| own.get(keyword))
            .collect();
        own.into_iter()
            .any(|own| self.sameness.are_same(&self.documents, own, value))
    }

    /// Proves `anyOf` or `oneOf`: one alternative includes all values, and for `oneOf` no other one
    /// includes any. If no alternative does, each case of the conjunction is proved alone.
    fn check_alternatives(
        &mut self,
        wide: Place<'a>,
        keyword: &str,
        narrow: &Parts<'a>,
        cube: &Cube<'a>,
    ) -> Attempt<'a> {
        let alternatives: Vec<_> = wide.list(keyword).collect();
        if alternatives.is_empty() {
            return Ok(());
        }
        let parts = self.tagged(wide, &alternatives);
        let is_excluded = self.are_excluded(narrow, &parts);
        if !is_excluded.contains(&false) {
            let value = self.sample(narrow, 0);
            return Err(self.doubt(value.into_iter().collect()));
        }
        let mut doubts = self.doubt(Vec::new());
        let possible = alternatives.iter().enumerate();
        for (index, alternative) in possible.filter(|(index, _)| !is_excluded[*index]) {
            if let Err(doubt) = self.is_alternative(*alternative, &parts[index], narrow, cube) {
                doubts = doubts.or(doubt);
                continue;
            }
            let others = parts
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != index && !is_excluded[*other]);
            let excluded = match keyword {
                "anyOf" => Ok(()),
                _ => others
                    .into_iter()
                    .try_for_each(|(_, other)| self.excludes(other, narrow)),
            };
            match excluded {
                Ok(()) => return Ok(()),
                Err(doubt) => doubts = doubt.or(doubts),
            }
        }
        match self.split(narrow, cube, &parts) {
            Some(cases) => self
                .all_cases(Some(wide), cases)
                .map_err(|doubt| doubt.or(doubts)),
            None => Err(doubts),
        }
    }

    /// Returns the conditions of each alternative, with the values of the discriminator.
    fn tagged(&self, schema: Place<'a>, alternatives: &[Place<'a>]) -> Vec<Parts<'a>> {
        let tags = self.documents.tags(schema, alternatives);
        let parts = alternatives.iter().zip(tags).map(|(alternative, tag)| {
            let tag = tag.map(Part::Member);
            [Part::Fits(*alternative)].into_iter().chain(tag).collect()
        });
        parts.collect()
    }

    /// Returns `true` if all objects have a property with values that name an alternative.
    fn is_named(&mut self, tag: &Member<'a>, cube: &Cube<'a>) -> bool {
        let names_it = |values: &[Value]| values.iter().all(|value| tag.values.contains(value));
        cube.required.contains(tag.name)
            && cube
                .property(&self.documents, tag.name)
                .is_some_and(|parts| {
                    let values = self.cube(&parts);
                    values.listed.as_deref().is_some_and(names_it)
                })
    }

    /// Proves that all values match an alternative, and that the discriminator names it.
    fn is_alternative(
        &mut self,
        alternative: Place<'a>,
        parts: &[Part<'a>],
        narrow: &Parts<'a>,
        cube: &Cube<'a>,
    ) -> Attempt<'a> {
        for part in parts {
            let Part::Member(tag) = part else {
                continue;
            };
            if cube.types.meets(Types::OBJECT) && !self.is_named(tag, cube) {
                let mut values = self.objects(narrow, &[tag.name], &[]);
                values.extend(self.objects(narrow, &[], &[tag.name]));
                return Err(self.doubt(values));
            }
        }
        self.includes(Some(alternative), narrow.clone())
    }
}

/// Returns `true` if the numbers of the cube are in the range of a keyword.
fn is_within(documents: &Documents<'_>, cube: &Cube<'_>, keyword: &str, node: &Node) -> bool {
    let mut limits = Cube::default();
    limits.assert_range(documents, keyword, node);
    let own = match cube.types.meets(Types::FRACTION) {
        true => cube.range,
        false => cube.range.whole(),
    };
    own.is_within(limits.range)
}

/// Returns `true` if every string matches a pattern.
fn is_any(pattern: &str) -> bool {
    matches!(
        pattern,
        "" | ".*" | "^.*" | "^" | "$" | ".*$" | "^[\\s\\S]*$"
    )
}
