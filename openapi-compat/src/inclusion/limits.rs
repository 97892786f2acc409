//! Assertions about the value itself, merged into the limits of each type.

use std::collections::HashSet;

use openapi_tree::Node;
use serde_json::Value;

use super::cube::Cube;
use super::documents::Documents;
use super::equal::same;
use super::format;
use super::number::Decimal;
use super::range::Range;
use super::types::Types;

/// The number of integers that are listed one by one.
const FEW: i128 = 16;

impl<'a> Cube<'a> {
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

    pub(super) fn list(&mut self, values: Vec<Value>) {
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
    pub(super) fn simplify(&mut self, documents: &Documents<'a>) {
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
}
