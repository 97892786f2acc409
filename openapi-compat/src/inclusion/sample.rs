//! Values of conjunctions, especially those that violate a keyword of another schema.

use serde_json::{Map, Value, json};

use openapi_tree::Node;

use super::cases::cases;
use super::cube::Cube;
use super::format;
use super::number::Decimal;
use super::part::{Part, Parts, with};
use super::search::Search;
use super::types::Types;

/// The greatest depth of values.
const DEEPEST: usize = 12;

/// The greatest length of strings and lists.
const LONGEST: u64 = 10_000;

/// Strings that are tried in turn.
const TEXTS: [&str; 12] = [
    "a", "A", "0", "1", "a1", "ab", "abc", "Abc", "aaa", "A-1", "b", "-",
];

impl<'a> Search<'a> {
    /// Returns a value of a conjunction, as small as possible. It is not evaluated yet.
    pub(super) fn sample(&mut self, parts: &Parts<'a>, depth: usize) -> Option<Value> {
        if depth > DEEPEST || !self.spend(1) {
            return None;
        }
        let cube = self.cube(parts);
        if let Some(values) = &cube.listed {
            let evaluator = self.evaluator();
            let mut values = values.iter();
            return values
                .find(|value| evaluator.satisfies(value, parts) != Some(false))
                .cloned();
        }
        if let Some(choice) = cube.choices.first() {
            const MOST: usize = 4;
            let similar = self.similar(choice);
            let mut cases = cases(parts, choice, similar.as_deref())?.take(MOST);
            return cases.find_map(|case| self.sample(&case, depth + 1));
        }
        cube.types
            .each()
            .find_map(|kind| self.sample_of(&cube, kind, depth))
    }

    fn sample_of(&mut self, cube: &Cube<'a>, kind: Types, depth: usize) -> Option<Value> {
        match kind {
            Types::NULL => Some(Value::Null),
            Types::BOOLEAN => Some(json!(true)),
            Types::STRING => self.texts(cube, None).into_iter().next(),
            Types::INTEGER | Types::FRACTION => numbers(cube, kind).into_iter().next(),
            Types::ARRAY => {
                let least = usize::try_from(cube.items.least.min(8)).ok()?;
                let items = (0..least)
                    .map(|index| self.sample(&cube.item(&self.documents, index), depth + 1));
                items.collect::<Option<Vec<_>>>().map(Value::Array)
            }
            _ => self.object(cube, &[], &[], depth),
        }
    }

    /// Returns an object with the required properties and some others, without some.
    fn object(
        &mut self,
        cube: &Cube<'a>,
        more: &[&str],
        without: &[&str],
        depth: usize,
    ) -> Option<Value> {
        let mut members = Map::new();
        let names = cube.names(&self.documents);
        let least = usize::try_from(cube.properties.least).ok()?;
        let needed = |name: &&&str| cube.required.contains(**name) || more.contains(*name);
        let (first, others): (Vec<&str>, Vec<&str>) =
            names.iter().copied().partition(|name| needed(&name));
        for name in first.into_iter().filter(|name| !without.contains(name)) {
            let parts = cube.property(&self.documents, name)?;
            members.insert(name.to_owned(), self.sample(&parts, depth + 1)?);
        }
        for name in others {
            if members.len() >= least {
                break;
            }
            if let Some(parts) = cube.property(&self.documents, name)
                && let Some(value) = self.sample(&parts, depth + 1)
            {
                members.insert(name.to_owned(), value);
            }
        }
        Some(Value::Object(members))
    }

    /// Returns objects of a conjunction: the smallest one, with some properties more and without
    /// others.
    pub(super) fn objects(
        &mut self,
        parts: &Parts<'a>,
        more: &[&str],
        without: &[&str],
    ) -> Vec<Value> {
        let parts = with(parts, [Part::Types(Types::OBJECT)]);
        let cube = self.cube(&parts);
        self.object(&cube, more, without, 0).into_iter().collect()
    }

    /// Returns strings of a conjunction, some of them as long as a limit or a little longer.
    fn texts(&self, cube: &Cube<'a>, limit: Option<u64>) -> Vec<Value> {
        let least = cube.length.least;
        let near = limit
            .into_iter()
            .flat_map(|limit| [limit.saturating_sub(1), limit, limit.saturating_add(1)]);
        let lengths = [Some(least), cube.length.most, Some(least.saturating_add(1))]
            .into_iter()
            .flatten();
        let formats = cube
            .formats
            .iter()
            .filter_map(|format| format::example(format));
        let mut texts: Vec<String> = formats.map(str::to_owned).collect();
        for length in lengths.chain(near) {
            if length <= LONGEST {
                let length = usize::try_from(length).unwrap_or(0);
                texts.extend(["a", "0", "A"].map(|letter| letter.repeat(length)));
            }
        }
        texts.extend(TEXTS.map(str::to_owned));
        let fits = |text: &String| {
            let length = text.chars().count() as u64;
            let matches = |pattern: &&str| self.patterns.matches(pattern, text) == Some(true);
            length >= least
                && cube.length.most.is_none_or(|most| length <= most)
                && cube.patterns.iter().all(matches)
        };
        texts.into_iter().filter(fits).map(Value::from).collect()
    }

    /// Returns values of the cube that probably violate a keyword.
    pub(super) fn violations(
        &mut self,
        parts: &Parts<'a>,
        cube: &Cube<'a>,
        keyword: &str,
        node: &'a Node,
    ) -> Vec<Value> {
        let mut values = Vec::new();
        match keyword {
            "type" => {
                let others = cube.types.without(Types::of_keyword(node));
                let others: Vec<Types> = others.each().collect();
                values.extend(
                    others
                        .into_iter()
                        .filter_map(|kind| self.sample_of(cube, kind, 0)),
                );
            }
            "minLength" | "maxLength" | "pattern" => {
                let limit = node.as_number().and_then(serde_json::Number::as_u64);
                values = self.texts(cube, limit);
            }
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
                let near = self.documents.inexact.decimal(node);
                values.extend(numbers_near(cube, near));
            }
            "format" => {
                values.extend(numbers_near(cube, None));
                values.extend(self.texts(cube, None));
            }
            "maxItems" | "uniqueItems" => {
                let longest = node
                    .as_number()
                    .and_then(serde_json::Number::as_u64)
                    .unwrap_or(1)
                    .saturating_add(1);
                let item = self.sample(&cube.item(&self.documents, 0), 1);
                if let (true, Some(item)) = (longest <= LONGEST, item) {
                    values.push(Value::Array((0..longest).map(|_| item.clone()).collect()));
                    let distinct = numbers_near(cube, None)
                        .into_iter()
                        .chain(TEXTS.map(Value::from));
                    values.push(
                        distinct
                            .take(usize::try_from(longest).unwrap_or(0))
                            .collect(),
                    );
                }
            }
            "maxProperties" => {
                let names: Vec<_> = cube.names(&self.documents).into_iter().collect();
                values.extend(self.objects(parts, &names, &[]));
                let longest = node
                    .as_number()
                    .and_then(serde_json::Number::as_u64)
                    .unwrap_or(LONGEST)
                    .saturating_add(1);
                if cube.schemas.is_empty() && longest <= LONGEST {
                    let members = (0..longest).map(|at| (at.to_string(), json!(at)));
                    values.push(Value::Object(members.collect()));
                }
            }
            "enum" => {
                let kinds: Vec<Types> = cube.types.each().collect();
                let evaluated = kinds
                    .into_iter()
                    .filter_map(|kind| self.sample_of(cube, kind, 0));
                values.extend(evaluated.collect::<Vec<_>>());
                if cube.types.meets(Types::STRING) {
                    values.extend(self.texts(cube, None));
                }
                values.extend(numbers_near(cube, None));
            }
            _ => {}
        }
        values.extend(self.sample(parts, 0));
        let evaluator = self.evaluator();
        values.retain(|value| evaluator.assertion(value, keyword, node) != Some(true));
        values.truncate(6);
        values
    }
}

/// The distances from a limit to the numbers that are tried.
const STEPS: [f64; 5] = [0.0, 1.0, -1.0, 0.5, -0.5];

/// Returns numbers of the cube near a limit and near its own limits.
fn numbers_near(cube: &Cube<'_>, limit: Option<Decimal>) -> Vec<Value> {
    let own = [cube.range.least, cube.range.most];
    let ends = own.into_iter().flatten().map(|(end, _)| end);
    let mut numbers = Vec::new();
    for end in ends.chain(limit).chain([Decimal::ZERO]) {
        let near = STEPS.map(|step| end.plus(Decimal::from(step)));
        numbers.extend(near.into_iter().flatten());
        for step in &cube.steps {
            let multiple = step.multiple_near(end);
            let next = multiple.and_then(|multiple| multiple.plus(*step));
            numbers.extend(multiple.into_iter().chain(next));
        }
    }
    let kind = |number: &Decimal| match number.is_whole() {
        true => Types::INTEGER,
        false => Types::FRACTION,
    };
    let fits = |number: &Decimal| {
        cube.types.meets(kind(number))
            && cube.range.contains(*number)
            && cube.steps.iter().all(|step| number.is_multiple_of(*step))
    };
    numbers
        .into_iter()
        .filter(fits)
        .filter_map(Decimal::to_json)
        .collect()
}

/// Returns numbers of the cube of a type.
fn numbers(cube: &Cube<'_>, kind: Types) -> Vec<Value> {
    let numbers = numbers_near(cube, Some(Decimal::ZERO)).into_iter();
    numbers
        .filter(|number| Types::of_value(number) == kind)
        .collect()
}
