//! Evaluation of a value against a schema. A counterexample counts only if it was evaluated.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use fancy_regex::Regex;
use openapi_tree::Node;
use serde_json::Value;

use super::documents::Documents;
use super::equal::same;
use super::format;
use super::number::Decimal;
use super::part::{Member, Part, Place};
use super::types::Types;

/// The greatest depth of schemas that are evaluated.
const DEEPEST: usize = 200;

/// The number of schemas that are evaluated for a value.
const STEPS: usize = 20_000;

/// Evaluates values. The result is `None` if it is not known, for example because of a `format`.
#[derive(Debug)]
pub(super) struct Evaluator<'d, 'a> {
    documents: &'d Documents<'a>,
    patterns: &'d Patterns,
    /// The formats that a string is assumed to have.
    formats: &'d [&'a str],
    /// The number of schemas that may still be evaluated.
    steps: Cell<usize>,
    /// `true` if a listed value is not assumed to have the format beside the list.
    doubts_formats: Cell<bool>,
    /// `true` if a listed value without the marks of the format beside it is invalid.
    is_strict: bool,
}

/// Compiled regular expressions. `None` if one cannot be compiled.
#[derive(Debug, Default)]
pub(super) struct Patterns(RefCell<HashMap<String, Option<Regex>>>);

impl Patterns {
    /// Returns `true` if a text matches a pattern.
    pub(super) fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        let mut known = self.0.borrow_mut();
        let regex = known
            .entry(pattern.to_owned())
            .or_insert_with(|| Regex::new(pattern).ok());
        regex.as_ref()?.is_match(text).ok()
    }
}

/// Returns the conjunction of results.
fn all(results: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for result in results {
        match result {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

fn not(result: Option<bool>) -> Option<bool> {
    result.map(|result| !result)
}

/// Returns the disjunction of results.
fn any(results: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    not(all(results.into_iter().map(not)))
}

impl<'d, 'a> Evaluator<'d, 'a> {
    pub(super) fn new(documents: &'d Documents<'a>, patterns: &'d Patterns) -> Self {
        Self {
            documents,
            patterns,
            formats: &[],
            steps: Cell::new(STEPS),
            doubts_formats: Cell::new(false),
            is_strict: false,
        }
    }

    /// Assumes that the value, if it is a string, has some formats.
    pub(super) fn assuming(self, formats: &'d [&'a str]) -> Self {
        Self { formats, ..self }
    }

    /// Excludes listed values that contradict the format beside them: they are bad examples.
    pub(super) fn strict(self) -> Self {
        Self {
            is_strict: true,
            ..self
        }
    }

    /// Returns `true` if a value satisfies all parts.
    pub(super) fn satisfies(&self, value: &Value, parts: &[Part<'a>]) -> Option<bool> {
        all(parts.iter().map(|part| match part {
            Part::Is(place) | Part::Fits(place) => self.is_valid(value, *place),
            Part::Not(place) => not(self.certainly(|| self.is_valid(value, *place))),
            Part::Types(types) => Some(Types::of_value(value).is_within(*types)),
            Part::Listed(values) => Some(values.iter().any(|known| same(known, value))),
            Part::Member(member) => Some(has_member(value, member)),
            Part::Keyword(keyword, place) => self.assertion(value, keyword, place.node),
            Part::Chosen(_) | Part::Mentions(_) | Part::Hidden(_) => Some(true),
        }))
    }

    /// Returns `true` if a value is valid against a schema.
    pub(super) fn is_valid(&self, value: &Value, schema: Place<'a>) -> Option<bool> {
        self.steps.set(STEPS);
        self.schema(value, schema, 0)
    }

    /// Evaluates something without the assumption about formats. A value that matches because of the
    /// assumption is not excluded because of it.
    fn certainly<T>(&self, evaluate: impl FnOnce() -> T) -> T {
        let before = self.doubts_formats.replace(true);
        let result = evaluate();
        self.doubts_formats.set(before);
        result
    }

    fn schema(&self, value: &Value, schema: Place<'a>, depth: usize) -> Option<bool> {
        let steps = self.steps.get();
        if depth > DEEPEST || steps == 0 {
            return None;
        }
        self.steps.set(steps - 1);
        if self.documents.is_reference(schema) {
            return self.schema(value, self.documents.target(schema)?, depth + 1);
        }
        if let Some(any_or_none) = schema.node.as_bool() {
            return Some(any_or_none);
        }
        let keywords = schema.node.entries().iter();
        let keywords = keywords.map(|entry| self.keyword(value, schema, &entry.key, depth));
        all(keywords)
    }

    fn keyword(
        &self,
        value: &Value,
        schema: Place<'a>,
        keyword: &str,
        depth: usize,
    ) -> Option<bool> {
        let node = schema.node.get(keyword)?;
        let inner = |value: &Value, place| self.schema(value, place, depth + 1);
        let parts = || schema.list(keyword);
        match (keyword, value) {
            ("allOf", _) => all(parts().map(|part| inner(value, part))),
            ("anyOf" | "oneOf", _) if node.items().is_empty() => Some(true),
            ("anyOf", _) => any(self.alternatives(value, schema, keyword, depth)),
            ("oneOf", _) => self.exactly_one(value, schema, depth),
            ("not", _) => not(self.certainly(|| inner(value, schema.get("not")?))),
            ("if", _) => {
                let branch = |keyword| {
                    schema
                        .get(keyword)
                        .map_or(Some(true), |part| inner(value, part))
                };
                match self.certainly(|| inner(value, schema.get("if")?)) {
                    Some(true) => branch("then"),
                    Some(false) => branch("else"),
                    None => None,
                }
            }
            ("properties", Value::Object(members)) => {
                all(node
                    .entries()
                    .iter()
                    .map(|entry| match members.get(entry.key.as_str()) {
                        Some(value) => {
                            let place = Place::new(schema.side, &entry.node);
                            match self.documents.is_hidden(place) {
                                true => Some(false),
                                false => inner(value, place),
                            }
                        }
                        None => Some(true),
                    }))
            }
            ("required", Value::Object(members)) => all(node.items().iter().map(|name| {
                let name = name.as_str()?;
                let property = schema.property(name);
                let is_hidden = property.is_some_and(|place| self.documents.is_hidden(place));
                Some(is_hidden || members.contains_key(name))
            })),
            ("additionalProperties", Value::Object(members)) => {
                let additional = schema.get(keyword)?;
                all(members.iter().map(|(name, value)| {
                    if schema.property(name).is_some() {
                        return Some(true);
                    }
                    let patterns = schema.node.entries_at("patternProperties").iter();
                    let matched =
                        any(patterns.map(|entry| self.patterns.matches(&entry.key, name)));
                    match matched {
                        Some(true) => Some(true),
                        Some(false) => inner(value, additional),
                        None => inner(value, additional).filter(|valid| *valid),
                    }
                }))
            }
            ("patternProperties", Value::Object(members)) => {
                all(node.entries().iter().flat_map(|entry| {
                    let place = Place::new(schema.side, &entry.node);
                    members.iter().map(move |(name, value)| {
                        match self.patterns.matches(&entry.key, name) {
                            Some(false) => Some(true),
                            Some(true) => self.schema(value, place, depth + 1),
                            None => None,
                        }
                    })
                }))
            }
            ("propertyNames", Value::Object(members)) => {
                let names = schema.get(keyword)?;
                all(members
                    .keys()
                    .map(|name| inner(&Value::from(name.as_str()), names)))
            }
            ("dependentRequired", Value::Object(members)) => {
                let present = node
                    .entries()
                    .iter()
                    .filter(|entry| members.contains_key(entry.key.as_str()));
                let mut needed = present
                    .flat_map(|entry| entry.node.items())
                    .filter_map(Node::as_str);
                Some(needed.all(|name| members.contains_key(name)))
            }
            ("dependentSchemas", Value::Object(members)) => {
                let present = node
                    .entries()
                    .iter()
                    .filter(|entry| members.contains_key(entry.key.as_str()));
                all(present.map(|entry| inner(value, Place::new(schema.side, &entry.node))))
            }
            ("prefixItems", Value::Array(items)) => all(items
                .iter()
                .zip(parts())
                .map(|(item, part)| inner(item, part))),
            ("items", Value::Array(items)) => {
                let first = schema.node.items_at("prefixItems").len();
                let place = schema.get(keyword)?;
                all(items.iter().skip(first).map(|item| inner(item, place)))
            }
            // Listed values are assumed to have the format beside them.
            ("format", _) if schema.node.get("enum").is_some() => {
                match self.assertion(value, keyword, node) {
                    Some(false) if self.is_strict => Some(false),
                    Some(true) => Some(true),
                    _ => (!self.doubts_formats.get()).then_some(true),
                }
            }
            ("contains" | "minContains" | "maxContains", Value::Array(_)) => None,
            ("unevaluatedProperties", Value::Object(_)) | ("unevaluatedItems", Value::Array(_)) => {
                None
            }
            ("$dynamicRef" | "$recursiveRef", _) => None,
            _ => self.assertion(value, keyword, node),
        }
    }

    /// Returns `true` if a value matches exactly one alternative.
    fn exactly_one(&self, value: &Value, schema: Place<'a>, depth: usize) -> Option<bool> {
        let results = || self.alternatives(value, schema, "oneOf", depth).collect();
        let certain: Vec<_> = self.certainly(results);
        let unknown = certain.iter().filter(|result| result.is_none()).count();
        let is_only = unknown == 1 && !certain.contains(&Some(true));
        match is_only && !self.doubts_formats.get() {
            true => exactly_one(&results()),
            false => exactly_one(&certain),
        }
    }

    /// Returns whether a value matches each alternative. One is not evaluated before it is asked for.
    fn alternatives(
        &self,
        value: &Value,
        schema: Place<'a>,
        keyword: &str,
        depth: usize,
    ) -> impl Iterator<Item = Option<bool>> {
        let alternatives: Vec<_> = schema.list(keyword).collect();
        let tags = self.documents.tags(schema, &alternatives);
        let alternatives = alternatives.into_iter().zip(tags);
        alternatives.map(move |(alternative, tag)| match tag {
            Some(tag) if !has_member(value, &tag) => Some(false),
            _ => self.schema(value, alternative, depth + 1),
        })
    }

    /// Returns `true` if a value satisfies an assertion about the value itself. Other keywords
    /// assert nothing.
    pub(super) fn assertion(&self, value: &Value, keyword: &str, node: &Node) -> Option<bool> {
        let inexact = &self.documents.inexact;
        if inexact.is_doubtful(value, keyword == "multipleOf") {
            return None;
        }
        let limit = || inexact.decimal(node);
        let fits = |count: usize, least: bool| {
            let limit = limit()?;
            let order = Decimal::whole(i128::try_from(count).ok()?).compare(limit);
            Some(if least { order.is_ge() } else { order.is_le() })
        };
        match (keyword, value) {
            ("type", _) => Some(Types::of_value(value).is_within(Types::known(node)?)),
            ("enum", _) => Some(
                node.items()
                    .iter()
                    .any(|known| match (known.as_str(), value) {
                        (Some(known), Value::String(value)) => known == value,
                        (Some(_), _) | (_, Value::String(_)) => false,
                        (None, value) => same(&known.to_json(), value),
                    }),
            ),
            ("minimum", Value::Number(number)) => {
                Some(Decimal::new(number).compare(limit()?).is_ge())
            }
            ("maximum", Value::Number(number)) => {
                Some(Decimal::new(number).compare(limit()?).is_le())
            }
            ("exclusiveMinimum", Value::Number(number)) => {
                Some(Decimal::new(number).compare(limit()?).is_gt())
            }
            ("exclusiveMaximum", Value::Number(number)) => {
                Some(Decimal::new(number).compare(limit()?).is_lt())
            }
            ("multipleOf", Value::Number(number)) => {
                Some(Decimal::new(number).is_multiple_of(limit()?))
            }
            ("format", Value::Number(number)) => {
                let range = node.as_str().and_then(format::numbers);
                Some(range.is_none_or(|range| range.contains(Decimal::new(number))))
            }
            ("format", Value::String(_))
                if self
                    .formats
                    .iter()
                    .any(|known| node.as_str() == Some(known)) =>
            {
                Some(true)
            }
            ("format", Value::String(text)) => format::has_text(node.as_str()?, text),
            ("pattern", Value::String(text)) => self.patterns.matches(node.as_str()?, text),
            ("minLength", Value::String(text)) => fits(text.chars().count(), true),
            ("maxLength", Value::String(text)) => fits(text.chars().count(), false),
            ("minItems", Value::Array(items)) => fits(items.len(), true),
            ("maxItems", Value::Array(items)) => fits(items.len(), false),
            ("minProperties", Value::Object(members)) => fits(members.len(), true),
            ("maxProperties", Value::Object(members)) => fits(members.len(), false),
            ("uniqueItems", Value::Array(items)) if node.as_bool() == Some(true) => {
                let repeated =
                    |(at, item): (usize, &Value)| items[..at].iter().any(|other| same(item, other));
                Some(!items.iter().enumerate().any(repeated))
            }
            _ => Some(true),
        }
    }
}

/// Returns `true` if a value is no object, or its property is one of the values.
fn has_member(value: &Value, member: &Member<'_>) -> bool {
    match value {
        Value::Object(members) => match members.get(member.name) {
            Some(value) => member.values.iter().any(|known| same(known, value)),
            None => !member.required,
        },
        _ => true,
    }
}

/// Returns `true` if exactly one of the results is.
fn exactly_one(results: &[Option<bool>]) -> Option<bool> {
    let matching = results
        .iter()
        .filter(|result| **result == Some(true))
        .count();
    match (matching, results.contains(&None)) {
        (2.., _) => Some(false),
        (_, true) => None,
        (matching, false) => Some(matching == 1),
    }
}
