//! Properties and items of conjunctions.

use std::collections::BTreeSet;

use openapi_tree::Node;

use super::cube::Cube;
use super::documents::Documents;
use super::part::{Part, Parts, Place};

/// Returns `true` if a schema of additional properties describes them, so that values with any of
/// them have a meaning.
fn describes_any(additional: Place<'_>) -> bool {
    !additional.node.entries().is_empty()
}

impl<'a> Cube<'a> {
    /// Returns the conditions on the value of a property, or `None` if there cannot be one: it is
    /// forbidden, or nothing describes it.
    pub(super) fn property(&self, documents: &Documents<'a>, name: &str) -> Option<Parts<'a>> {
        let (described, parts) = self.conditions(documents, name)?;
        described.then_some(parts)
    }

    /// Returns the conditions on the value of a property, with `true` if something describes it.
    pub(super) fn conditions(
        &self,
        documents: &Documents<'a>,
        name: &str,
    ) -> Option<(bool, Parts<'a>)> {
        let mut described = false;
        let mut parts = Vec::new();
        for (schema, describes) in &self.schemas {
            if schema
                .node
                .items_at("required")
                .iter()
                .any(|known| known.as_str() == Some(name))
            {
                described |= describes;
            }
            match schema.property(name) {
                Some(property) if documents.is_hidden(property) => return None,
                Some(property) => {
                    described |= describes;
                    parts.push(Part::of(property, *describes));
                }
                None => match (schema.get("additionalProperties"), has_patterns(*schema)) {
                    (_, true) => described |= describes,
                    (Some(additional), false) => {
                        described |= *describes && describes_any(additional);
                        parts.push(Part::of(additional, *describes));
                    }
                    (None, false) => {}
                },
            }
        }
        for member in self.members.iter().filter(|member| member.name == name) {
            described |= member.required;
            parts.push(Part::Listed(member.values.clone()));
        }
        for schema in &self.mentioning {
            let mentions = documents.mentions(*schema);
            let Some(schemas) = mentions.properties.get(name) else {
                continue;
            };
            described = true;
            parts.extend(mentioning(documents, schemas));
        }
        Some((described, deduplicated(parts)))
    }

    /// Returns the conditions on properties that no schema names, or `None` if there are none such.
    /// The patterns of `beside` do not match them.
    pub(super) fn additional(
        &self,
        documents: &Documents<'a>,
        beside: Option<&Node>,
    ) -> Option<Parts<'a>> {
        let (described, parts) = self.others(beside);
        // An object without any names is a map: its names are data.
        (described || self.names(documents).is_empty()).then_some(parts)
    }

    /// Returns the conditions on properties that no schema names, with `true` if something describes
    /// them. The patterns of `beside` do not match them.
    pub(super) fn others(&self, beside: Option<&Node>) -> (bool, Parts<'a>) {
        let mut described = false;
        let mut parts = Vec::new();
        for (schema, describes) in &self.schemas {
            let patterns = schema.node.get("patternProperties");
            let matches_none = match (patterns, beside) {
                (Some(patterns), Some(beside)) => patterns.same(beside),
                (Some(_), None) => false,
                (None, _) => true,
            };
            match schema.get("additionalProperties") {
                _ if !matches_none => described |= describes,
                Some(additional) => {
                    described |= *describes && describes_any(additional);
                    parts.push(Part::of(additional, *describes));
                }
                None => {}
            }
        }
        (described, deduplicated(parts))
    }

    /// Returns the names of the properties that schemas mention.
    pub(super) fn names(&self, documents: &Documents<'a>) -> BTreeSet<&'a str> {
        let mut names = self.required.clone();
        for (schema, _) in &self.schemas {
            let properties: &'a Node = schema.node;
            names.extend(
                properties
                    .entries_at("properties")
                    .iter()
                    .map(|entry| entry.key.as_str()),
            );
        }
        for schema in &self.mentioning {
            names.extend(documents.mentions(*schema).properties.keys());
        }
        names
    }

    /// Returns the conditions on an item.
    pub(super) fn item(&self, documents: &Documents<'a>, index: usize) -> Parts<'a> {
        let items = self
            .schemas
            .iter()
            .filter_map(|(schema, describes)| Some(Part::of(schema.item(index)?, *describes)));
        let mut parts: Parts<'a> = items.collect();
        for schema in &self.mentioning {
            let mentions = documents.mentions(*schema);
            parts.extend(mentioning(documents, &mentions.items));
        }
        deduplicated(parts)
    }

    /// Returns the number of items after which all have the same conditions.
    pub(super) fn prefix(&self) -> usize {
        let prefixes = self
            .schemas
            .iter()
            .map(|(schema, _)| schema.node.items_at("prefixItems").len());
        prefixes.max().unwrap_or(0)
    }
}

/// Returns what values can have according to schemas that mention something.
fn mentioning<'a>(documents: &Documents<'a>, schemas: &[Place<'a>]) -> Parts<'a> {
    let schemas = schemas.iter();
    let schemas = schemas.filter(|schema| !documents.mentions(**schema).is_empty());
    schemas.map(|schema| Part::Mentions(*schema)).collect()
}

/// Returns `true` if a schema describes properties by patterns of their names.
pub(super) fn has_patterns(schema: Place<'_>) -> bool {
    !schema.node.entries_at("patternProperties").is_empty()
}

/// A schema that describes its properties mentions them, too.
fn deduplicated(parts: Parts<'_>) -> Parts<'_> {
    let described: Parts<'_> = parts.clone();
    let is_new = |part: &Part<'_>| match part {
        Part::Mentions(place) => !described.contains(&Part::Is(*place)),
        _ => true,
    };
    super::part::with(&[], parts.into_iter().filter(is_new))
}
