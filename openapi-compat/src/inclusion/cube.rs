//! Conjunctions with their parts merged: for each JSON type, the limits of its values.
//!
//! `allOf` and references are followed. Alternatives remain: each is a case of its own.

use std::collections::{BTreeSet, HashSet};

use openapi_tree::Node;
use serde_json::Value;

use super::documents::Documents;
use super::format;
use super::number::{Count, Decimal, Range};
use super::part::{Member, Part, Place};
use super::types::Types;

/// A list of alternatives, of which a value matches one or, if `exactly` is set, exactly one.
#[derive(Clone, Debug)]
pub(super) struct Choice<'a> {
    /// The list.
    pub(super) place: Place<'a>,
    pub(super) alternatives: Vec<Vec<Part<'a>>>,
    /// The schemas of which a value matches exactly one. Empty if it may match several.
    pub(super) exactly: Vec<Place<'a>>,
}

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
            cube.alternatives(documents, place, describes, &chosen, &mut pending);
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

    /// Reads the alternatives of a schema. A single one is a part.
    fn alternatives(
        &mut self,
        documents: &Documents<'a>,
        schema: Place<'a>,
        describes: bool,
        chosen: &HashSet<Place<'a>>,
        pending: &mut Vec<Part<'a>>,
    ) {
        for keyword in ["anyOf", "oneOf"] {
            let Some(place) = schema.get(keyword).filter(|list| !chosen.contains(list)) else {
                continue;
            };
            let schemas: Vec<_> = schema.list(keyword).collect();
            let tagged = documents.tags(schema, &schemas);
            let is_tagged = tagged.iter().any(Option::is_some);
            let alternatives = schemas.iter().zip(tagged).map(|(schema, tag)| {
                let own = [Part::of(*schema, describes)].into_iter();
                own.chain(tag.map(Part::Member)).collect::<Vec<_>>()
            });
            let mut alternatives: Vec<Vec<Part<'a>>> = alternatives.collect();
            match alternatives.len() {
                0 => {}
                1 => pending.extend(alternatives.pop().unwrap_or_default()),
                _ => self.choices.push(Choice {
                    place,
                    alternatives,
                    exactly: match keyword == "oneOf" && !is_tagged {
                        true => schemas,
                        false => Vec::new(),
                    },
                }),
            }
        }
        if let Some(condition) = schema.get("if").filter(|place| !chosen.contains(place)) {
            let branch = |keyword| schema.get(keyword).map(|part| Part::of(part, describes));
            let holds = [Part::of(condition, describes)];
            let fails = [Part::Not(condition)];
            let alternatives = vec![
                holds.into_iter().chain(branch("then")).collect(),
                fails.into_iter().chain(branch("else")).collect(),
            ];
            self.choices.push(Choice {
                place: condition,
                alternatives,
                exactly: Vec::new(),
            });
        }
    }

    /// Adds a limit of numbers.
    pub(super) fn assert_range(&mut self, documents: &Documents<'a>, keyword: &str, node: &Node) {
        let number = || documents.inexact.decimal(node);
        let from = |limit, open| Range {
            least: Some((limit, open)),
            most: None,
        };
        let to = |limit, open| Range {
            least: None,
            most: Some((limit, open)),
        };
        let range = match keyword {
            "minimum" => number().map(|limit| from(limit, false)),
            "exclusiveMinimum" => number().map(|limit| from(limit, true)),
            "maximum" => number().map(|limit| to(limit, false)),
            "exclusiveMaximum" => number().map(|limit| to(limit, true)),
            "format" => node.as_str().and_then(format::numbers),
            _ => None,
        };
        if let Some(range) = range {
            self.range = self.range.and(range);
        }
    }

    /// Adds an assertion about the value itself.
    pub(super) fn assert(&mut self, documents: &Documents<'a>, keyword: &str, node: &'a Node) {
        self.assert_range(documents, keyword, node);
        let number = || documents.inexact.decimal(node);
        let count = || {
            number()
                .and_then(Decimal::ceil)
                .and_then(|count| u64::try_from(count).ok())
        };
        match keyword {
            "type" => self.types = self.types.and(Types::of_keyword(node)),
            "enum" => self.list(node.items().iter().map(Node::to_json).collect()),
            "multipleOf" => self.steps.extend(number()),
            "pattern" => self.patterns.extend(node.as_str()),
            "format" => self.formats.extend(node.as_str()),
            "required" => self
                .required
                .extend(node.items().iter().filter_map(Node::as_str)),
            "uniqueItems" => self.unique |= node.as_bool() == Some(true),
            "minLength" => count()
                .into_iter()
                .for_each(|limit| self.length.at_least(limit)),
            "maxLength" => count()
                .into_iter()
                .for_each(|limit| self.length.at_most(limit)),
            "minItems" => count()
                .into_iter()
                .for_each(|limit| self.items.at_least(limit)),
            "maxItems" => count()
                .into_iter()
                .for_each(|limit| self.items.at_most(limit)),
            "minProperties" => count()
                .into_iter()
                .for_each(|limit| self.properties.at_least(limit)),
            "maxProperties" => count()
                .into_iter()
                .for_each(|limit| self.properties.at_most(limit)),
            _ => {}
        }
    }

    fn list(&mut self, values: Vec<Value>) {
        match &mut self.listed {
            Some(listed) => {
                let (texts, others): (Vec<&Value>, Vec<&Value>) =
                    values.iter().partition(|value| value.is_string());
                let texts: HashSet<&str> = texts.into_iter().filter_map(Value::as_str).collect();
                listed.retain(|known| match known {
                    Value::String(known) => texts.contains(known.as_str()),
                    known => others.iter().any(|value| same(known, value)),
                });
            }
            None => self.listed = Some(values),
        }
    }

    /// Removes types without values, lists the values if they are few, and removes requirements of
    /// properties that the messages never contain.
    fn simplify(&mut self, documents: &Documents<'a>) {
        let hidden = |name: &&str| {
            let mut schemas = self.schemas.iter();
            self.hidden.contains(name)
                || schemas.any(|(schema, _)| {
                    let property = schema.property(name);
                    property.is_some_and(|property| documents.is_hidden(property))
                })
        };
        let hidden: Vec<&str> = self.required.iter().copied().filter(hidden).collect();
        self.required.retain(|name| !hidden.contains(name));
        for member in &self.members {
            if member.required {
                self.required.insert(member.name);
            }
        }
        let whole = self.range.whole();
        let limits = [
            (Types::INTEGER, whole.is_empty()),
            (
                Types::FRACTION,
                self.range.is_empty()
                    || self.range.only().is_some_and(Decimal::is_whole)
                    || self.steps.iter().any(|step| step.is_whole()),
            ),
            (Types::STRING, self.length.is_empty()),
            (Types::ARRAY, self.items.is_empty()),
            (Types::OBJECT, self.properties.is_empty()),
        ];
        for (kind, is_empty) in limits {
            if is_empty {
                self.types = self.types.without(kind);
            }
        }
        if let Some(listed) = &mut self.listed {
            let types = self.types;
            listed.retain(|value| Types::of_value(value).is_within(types));
        } else if self.types.is_within(Types::NULL.or(Types::BOOLEAN)) {
            self.list([Value::Null, false.into(), true.into()].into());
            let types = self.types;
            let listed = self.listed.iter_mut();
            listed
                .for_each(|values| values.retain(|value| Types::of_value(value).is_within(types)));
        } else if self.types == Types::INTEGER
            && let (Some((least, _)), Some((most, _))) = (whole.least, whole.most)
            && let (Some(least), Some(most)) = (least.floor(), most.floor())
            && most.checked_sub(least).is_some_and(|others| others < FEW)
        {
            let values = (least..=most).map(|value| Decimal::whole(value).to_json());
            // A number that JSON does not have stays in the range.
            values
                .collect::<Option<_>>()
                .into_iter()
                .for_each(|values| self.list(values));
        }
    }

    /// Returns `true` if there is no value, as far as the limits show.
    pub(super) fn is_empty(&self) -> bool {
        self.types.is_empty() || self.listed.as_ref().is_some_and(Vec::is_empty)
    }
}

/// The number of integers that are listed one by one.
const FEW: i128 = 16;

/// Returns `true` if two values are equal. `1.0` equals `1`.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Decimal::new(a).compare(Decimal::new(b)).is_eq(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let has_same = |(key, a): (&String, &Value)| b.get(key).is_some_and(|b| same(a, b));
            a.len() == b.len() && a.iter().all(has_same)
        }
        _ => a == b,
    }
}
