//! The keywords of a wide schema about properties and items.

use std::collections::BTreeSet;

use openapi_tree::Node;
use serde_json::{Map, Value};

use super::cube::Cube;
use super::doubt::{Attempt, Doubt};
use super::objects::has_patterns;
use super::part::{Part, Parts, Place, with};
use super::search::Search;

/// A name of properties that no schema mentions.
const OTHER: &str = "other";

impl<'a> Search<'a> {
    /// Proves the keywords about properties.
    pub(super) fn check_object(
        &mut self,
        wide: Place<'a>,
        narrow: &Parts<'a>,
        cube: &Cube<'a>,
    ) -> Attempt<'a> {
        for name in wide
            .node
            .items_at("required")
            .iter()
            .filter_map(Node::as_str)
        {
            let property = wide.property(name);
            let is_hidden = property.is_some_and(|place| self.documents.is_hidden(place));
            let is_hidden = is_hidden || cube.hidden.contains(&name);
            if !is_hidden && !cube.required.contains(name) {
                let values = self.objects(narrow, &[], &[name]);
                return Err(self.doubt(values));
            }
        }
        let named = cube.names(&self.documents);
        for entry in wide.node.entries_at("properties") {
            let name = entry.key.as_str();
            let property = Place::new(wide.side, &entry.node);
            if let Some(parts) = cube.property(&self.documents, name) {
                let property = (!self.documents.is_hidden(property)).then_some(property);
                self.property(property, name, parts, narrow)?;
            }
        }
        let declared = |name: &str| wide.property(name).is_some();
        if let Some(additional) = wide.get("additionalProperties") {
            for name in named.iter().filter(|name| !declared(name)) {
                if let Some(parts) = cube.property(&self.documents, name) {
                    self.property(Some(additional), name, parts, narrow)?;
                }
            }
            let patterns = wide.node.get("patternProperties");
            if let Some(parts) = cube.additional(&self.documents, patterns) {
                self.property(Some(additional), OTHER, parts, narrow)?;
            }
        }
        if has_patterns(wide) && !self.has_same(cube, wide, "patternProperties") {
            for entry in wide.node.entries_at("patternProperties") {
                let place = Place::new(wide.side, &entry.node);
                for name in &named {
                    let matches = self.patterns.matches(&entry.key, name);
                    if let (Some(parts), Some(true) | None) =
                        (cube.property(&self.documents, name), matches)
                    {
                        self.property(Some(place), name, parts, narrow)?;
                    }
                }
                // Names that match the pattern are possible, although nothing describes them.
                let (_, parts) = cube.others(None);
                self.property(Some(place), OTHER, parts, narrow)?;
            }
        }
        self.check_names(wide, &named, narrow, cube)?;
        self.check_unevaluated(wide, &named, narrow, cube)
    }

    /// Proves that the values of a property are valid against a schema, or that there are none.
    fn property(
        &mut self,
        wide: Option<Place<'a>>,
        name: &str,
        parts: Parts<'a>,
        narrow: &Parts<'a>,
    ) -> Attempt<'a> {
        let attempt = self.includes_inside(wide, parts);
        attempt.map_err(|doubt| {
            let object = self.objects(narrow, &[], &[]).pop();
            doubt.inside(|value| {
                let mut members: Map<String, Value> = object.as_ref()?.as_object()?.clone();
                members.insert(name.to_owned(), value);
                Some(Value::Object(members))
            })
        })
    }

    /// Proves the keywords about the names of properties.
    fn check_names(
        &mut self,
        wide: Place<'a>,
        named: &BTreeSet<&'a str>,
        narrow: &Parts<'a>,
        cube: &Cube<'a>,
    ) -> Attempt<'a> {
        let mentioned = with(narrow, [Part::Mentions(wide)]);
        let (_, others) = cube.others(None);
        let is_closed = self.includes_inside(None, others).is_ok();
        let occurs = |name: &str| cube.property(&self.documents, name).is_some();
        let occurring: Vec<&str> = named.iter().copied().filter(|name| occurs(name)).collect();
        for keyword in ["propertyNames", "dependentRequired", "dependentSchemas"] {
            let Some(node) = wide.get(keyword) else {
                continue;
            };
            if self.has_same(cube, wide, keyword) {
                continue;
            }
            let entries = node.node.entries().iter();
            // Names that the conditions mention are possible, although nothing describes them.
            let present: Vec<_> = entries
                .filter(|entry| self.can_have(cube, &entry.key))
                .collect();
            let mut present = present.into_iter();
            let is_proved = match keyword {
                "propertyNames" => {
                    let evaluator = self.evaluator();
                    let is_valid =
                        |name: &&str| evaluator.is_valid(&Value::from(*name), node) == Some(true);
                    is_closed && occurring.iter().all(is_valid)
                }
                "dependentRequired" => present.all(|entry| {
                    let mut needed = entry.node.items().iter().filter_map(Node::as_str);
                    needed.all(|name| cube.required.contains(name))
                }),
                _ => {
                    let places: Vec<_> = present
                        .map(|entry| Place::new(wide.side, &entry.node))
                        .collect();
                    places
                        .into_iter()
                        .all(|place| self.includes(Some(place), mentioned.clone()).is_ok())
                }
            };
            if !is_proved {
                let conditions = node.node.entries().iter().map(|entry| entry.key.as_str());
                let names: Vec<&str> = conditions.collect();
                let mut values = self.objects(&mentioned, &names, &[]);
                values.extend(self.objects(narrow, &occurring, &[]));
                return Err(self.doubt(values));
            }
        }
        Ok(())
    }

    /// Returns `true` if a value can have a property, also if nothing describes it.
    fn can_have(&mut self, cube: &Cube<'a>, name: &str) -> bool {
        let conditions = cube.conditions(&self.documents, name);
        conditions.is_some_and(|(_, parts)| self.includes_inside(None, parts).is_err())
    }

    /// Proves `unevaluatedProperties`. Properties that are evaluated by alternatives only are
    /// treated as if nothing evaluated them.
    fn check_unevaluated(
        &mut self,
        wide: Place<'a>,
        named: &BTreeSet<&'a str>,
        narrow: &Parts<'a>,
        cube: &Cube<'a>,
    ) -> Attempt<'a> {
        let Some(unevaluated) = wide.get("unevaluatedProperties") else {
            return Ok(());
        };
        let own = self.cube(&vec![Part::Is(wide)]);
        let is_evaluated = |name: &str| {
            let mut schemas = own.schemas.iter();
            schemas.any(|(schema, _)| {
                schema.property(name).is_some() || schema.get("additionalProperties").is_some()
            })
        };
        for name in named.iter().filter(|name| !is_evaluated(name)) {
            if let Some(parts) = cube.property(&self.documents, name) {
                self.property(Some(unevaluated), name, parts, narrow)?;
            }
        }
        match cube.additional(&self.documents, None) {
            Some(parts) if !is_evaluated(OTHER) => {
                self.property(Some(unevaluated), OTHER, parts, narrow)
            }
            _ => Ok(()),
        }
    }

    /// Proves the keywords about items.
    pub(super) fn check_array(&mut self, wide: Place<'a>, cube: &Cube<'a>) -> Attempt<'a> {
        const MOST: usize = 64;
        let prefix = wide.node.items_at("prefixItems").len().max(cube.prefix());
        if prefix > MOST {
            return Err(self.doubt(Vec::new()));
        }
        for index in 0..=prefix {
            if cube.items.most.is_some_and(|most| most <= index as u64) {
                break;
            }
            let Some(item) = wide.item(index) else {
                continue;
            };
            let attempt = self.includes_inside(Some(item), cube.item(&self.documents, index));
            attempt.map_err(|doubt| self.in_array(doubt, cube, index))?;
        }
        let contains = ["contains", "minContains", "maxContains"];
        let same = |own: &Node, wide: &Node| self.documents.inexact.same(own, wide);
        let is_same = wide.get("contains").is_none() || {
            let mut own = cube.schemas.iter().map(|(own, _)| *own);
            own.any(|own| {
                contains.iter().all(|keyword| {
                    match (own.node.get(keyword), wide.node.get(keyword)) {
                        (Some(own), Some(wide)) => same(own, wide) && !refers(own),
                        (own, wide) => own.is_none() && wide.is_none(),
                    }
                })
            })
        };
        match is_same && wide.get("unevaluatedItems").is_none() {
            true => Ok(()),
            false => Err(self.doubt(Vec::new())),
        }
    }

    /// Puts the values of a doubt into arrays.
    fn in_array(&mut self, doubt: Doubt<'a>, cube: &Cube<'a>, index: usize) -> Doubt<'a> {
        const MOST: u64 = 8;
        let least = usize::try_from(cube.items.least.min(MOST)).unwrap_or(0);
        let others: Vec<Option<Value>> = (0..least.max(index))
            .map(|at| {
                if at == index {
                    None
                } else {
                    self.sample(&cube.item(&self.documents, at), 1)
                }
            })
            .collect();
        doubt.inside(|value| {
            let mut items: Vec<Value> = Vec::new();
            for at in 0..least.max(index + 1) {
                let other = others.get(at).cloned().flatten();
                items.push(if at == index { value.clone() } else { other? });
            }
            Some(Value::Array(items))
        })
    }
}

/// Returns `true` if a schema contains a reference.
fn refers(node: &Node) -> bool {
    node.get("$ref").is_some()
        || node.entries().iter().any(|entry| refers(&entry.node))
        || node.items().iter().any(refers)
}
