//! Schemas with their `allOf` merged.

use std::collections::{BTreeMap, HashSet, VecDeque};

use openapi_tree::{Node, Pointer, reference};

use super::conjunction::stricter;
use crate::annotation::is_annotation_or_access;
use crate::dialect::FOLDED;
use crate::element::Element;
use crate::revision::ElementTree;

/// The values of properties that are not declared.
#[derive(Clone, Debug)]
pub(super) enum Additional<'a> {
    /// Any value is valid.
    Any,
    /// There must be no such properties.
    Forbidden,
    /// The values must be valid against a schema.
    Constrained(Element<'a>),
}

/// A schema with its `allOf` merged. Parts that one schema cannot express together stay separate.
#[derive(Clone, Debug)]
pub(super) struct Flattened<'a> {
    /// Assertions, annotations and other keywords without a field of their own.
    keywords: BTreeMap<&'a str, Element<'a>>,
    pub(super) properties: Vec<(&'a str, Element<'a>)>,
    /// The required properties, each with its entry in the list.
    pub(super) required: BTreeMap<&'a str, Element<'a>>,
    pub(super) items: Option<Element<'a>>,
    pub(super) additional: Additional<'a>,
    /// The schemas that could not be merged.
    pub(super) all_of: Vec<Element<'a>>,
    pub(super) any_of: Vec<Element<'a>>,
    pub(super) one_of: Vec<Element<'a>>,
    pub(super) not: Option<Element<'a>>,
    /// The references in `allOf` whose schemas were merged.
    pub(super) references: Vec<Element<'a>>,
    /// The places of the schema and of all schemas that were merged.
    pub(super) parts: HashSet<Pointer>,
    /// The places of the schemas that could not be merged.
    separate: HashSet<Pointer>,
    /// `true` if there is a `nullable`, which has no effect: the dialect has it as a type otherwise.
    pub(super) has_ineffective_nullable: bool,
}

/// The keywords that have a field of their own or say nothing about values.
const FIELDS: [&str; 15] = [
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$schema",
    FOLDED,
    "additionalProperties",
    "allOf",
    "anyOf",
    "items",
    "not",
    "nullable",
    "oneOf",
    "properties",
    "required",
];

/// The keywords with alternatives.
const ALTERNATIVES: [&str; 2] = ["anyOf", "oneOf"];

/// Keywords that mean something together, so that those of two schemas must not mix.
const GROUPS: [&[&str]; 3] = [
    &["if", "then", "else"],
    &["contains", "minContains", "maxContains"],
    &["prefixItems", "items"],
];

impl<'a> Flattened<'a> {
    /// Flattens a schema that is no reference. The parts form a list, because recursion would be as
    /// deep as the longest chain of them.
    pub(super) fn new(document: &ElementTree<'a>, schema: &Element<'a>) -> Self {
        Self::with_parts_apart(document, schema, &HashSet::new(), &[])
    }

    /// Flattens two schemas. A part that one of them cannot merge stays separate in both, so that
    /// its keywords are compared with each other. The only alternative of a discriminator stays one.
    pub(super) fn pair(
        (older, base): (&ElementTree<'a>, &Element<'a>),
        (newer, head): (&ElementTree<'a>, &Element<'a>),
    ) -> (Self, Self) {
        let is_tagged = [base, head]
            .iter()
            .any(|schema| schema.has("discriminator"));
        let lists: &[&str] = if is_tagged { &ALTERNATIVES } else { &[] };
        let mut apart = HashSet::new();
        loop {
            let base = Self::with_parts_apart(older, base, &apart, lists);
            let head = Self::with_parts_apart(newer, head, &apart, lists);
            let known = apart.len();
            apart.extend(base.separate.union(&head.separate).cloned());
            if apart.len() == known {
                return (base, head);
            }
        }
    }

    /// Flattens a schema without the parts at some places, and with the alternatives of some keywords
    /// even if there is only one.
    fn with_parts_apart(
        document: &ElementTree<'a>,
        schema: &Element<'a>,
        apart: &HashSet<Pointer>,
        lists: &[&str],
    ) -> Self {
        let mut flattened = Self::unmerged(document, schema, lists);
        let mut known = HashSet::from([schema.pointer.clone()]);
        let mut parts = VecDeque::from(std::mem::take(&mut flattened.all_of));
        while let Some(part) = parts.pop_front() {
            let target = document.resolve(part.clone());
            if !known.insert(target.pointer.clone()) {
                continue; // a part of itself, or one that is repeated, asserts nothing more
            }
            let place = target.pointer.clone();
            let mut inner = Self::unmerged(document, &target, &[]);
            let inner_parts = std::mem::take(&mut inner.all_of);
            let merged = match apart.contains(&place) {
                true => None,
                false => flattened.clone().merged_with(document, inner),
            };
            match merged {
                Some(merged) => {
                    flattened = merged;
                    flattened.parts.insert(place);
                    if reference(part.node).is_some() {
                        flattened.references.push(part);
                    }
                    for part in inner_parts.into_iter().rev() {
                        parts.push_front(part);
                    }
                }
                None => {
                    flattened.all_of.push(part);
                    flattened.separate.insert(place);
                }
            }
        }
        flattened
    }

    /// Reads a schema without merging its `allOf`. `lists` are the keywords whose only alternative is no
    /// part of it.
    fn unmerged(document: &ElementTree<'a>, schema: &Element<'a>, lists: &[&str]) -> Self {
        let mut any_of = schema.items("anyOf");
        let mut one_of = schema.items("oneOf");
        let mut all_of = schema.items("allOf");
        // A single alternative must match, like a part of `allOf`.
        for (keyword, alternatives) in ALTERNATIVES.iter().zip([&mut any_of, &mut one_of]) {
            if alternatives.len() == 1 && !lists.contains(keyword) {
                all_of.append(alternatives);
            }
        }
        let additional = match schema.get("additionalProperties") {
            None => Additional::Any,
            Some(values) => match values.node.as_bool() {
                Some(true) => Additional::Any,
                Some(false) => Additional::Forbidden,
                None if document.resolve(values.clone()).node.entries().is_empty() => {
                    Additional::Any
                }
                None => Additional::Constrained(values),
            },
        };
        let properties = schema.get("properties");
        let properties = properties.map(|map| map.entries().collect());
        let required = schema.items("required").into_iter();
        let required = required.filter_map(|name| Some((name.node.as_str()?, name)));
        let keywords = schema.entries();
        Self {
            keywords: keywords
                .filter(|(keyword, _)| !FIELDS.contains(keyword))
                .collect(),
            properties: properties.unwrap_or_default(),
            required: required.collect(),
            items: schema.get("items"),
            additional,
            all_of,
            any_of,
            one_of,
            not: schema.get("not"),
            references: Vec::new(),
            parts: HashSet::from([schema.pointer.clone()]),
            separate: HashSet::new(),
            has_ineffective_nullable: schema.flag("nullable"),
        }
    }

    /// Returns the conjunction of two schemas, or `None` if one schema cannot express it.
    fn merged_with(mut self, document: &ElementTree<'a>, other: Self) -> Option<Self> {
        let sees_only_itself = ["unevaluatedItems", "unevaluatedProperties"];
        if sees_only_itself
            .iter()
            .any(|it| other.keyword(it).is_some())
            || GROUPS.iter().any(|group| self.mixes(&other, group))
        {
            return None;
        }
        for (keyword, element) in other.keywords {
            let stricter = match self.keywords.remove(keyword) {
                None => element,
                // The outer schema overrides it.
                Some(own) if is_annotation_or_access(keyword) => own,
                Some(own) => stricter(keyword, own, element, |element| element.node)?,
            };
            self.keywords.insert(keyword, stricter);
        }
        for (name, element) in other.properties {
            match self.properties.iter().find(|(known, _)| *known == name) {
                None => self.properties.push((name, element)),
                Some((_, known)) if are_alike(document, known, &element, 0) => {}
                Some(_) => return None,
            }
        }
        for (name, element) in other.required {
            self.required.entry(name).or_insert(element);
        }
        match (&self.additional, &other.additional) {
            (Additional::Any, Additional::Any) => {}
            _ => return None,
        }
        for (own, other) in [(&mut self.items, other.items), (&mut self.not, other.not)] {
            match (&own, other) {
                (None, other) => *own = other,
                (Some(_), None) => {}
                (Some(known), Some(other)) if are_alike(document, known, &other, 0) => {}
                (Some(_), Some(_)) => return None,
            }
        }
        for (own, other) in [
            (&mut self.any_of, other.any_of),
            (&mut self.one_of, other.one_of),
        ] {
            match (own.is_empty(), other.is_empty()) {
                (_, true) => {}
                (true, false) => *own = other,
                (false, false) => return None,
            }
        }
        Some(self)
    }

    /// Returns `true` if a merged schema would have keywords of a group from both schemas.
    fn mixes(&self, other: &Self, group: &[&str]) -> bool {
        let has = |schema: &Self| {
            let has_items = group.contains(&"items") && schema.items.is_some();
            has_items
                || group
                    .iter()
                    .any(|keyword| schema.keyword(keyword).is_some())
        };
        // Two lists with items only are merged if these are the same.
        let is_mixed = group
            .iter()
            .any(|keyword| self.keyword(keyword).is_some() || other.keyword(keyword).is_some());
        is_mixed && has(self) && has(other)
    }

    /// Returns the schema as if it described and required no property.
    pub(super) fn without_properties(&self) -> Self {
        Self {
            properties: Vec::new(),
            required: BTreeMap::new(),
            ..self.clone()
        }
    }

    pub(super) fn keyword(&self, keyword: &str) -> Option<&Element<'a>> {
        self.keywords.get(keyword)
    }

    /// Returns the keywords without a field of their own.
    pub(super) fn keywords(&self) -> impl Iterator<Item = &'a str> + use<'_, 'a> {
        self.keywords.keys().copied()
    }

    pub(super) fn flag(&self, keyword: &str) -> bool {
        self.value(keyword).and_then(Node::as_bool) == Some(true)
    }

    pub(super) fn property(&self, name: &str) -> Option<&Element<'a>> {
        let property = self.properties.iter().find(|(known, _)| *known == name);
        property.map(|(_, element)| element)
    }

    /// Returns `true` for each of `allOf`, `anyOf` and `oneOf` that the schema is composed of.
    pub(super) fn shape(&self) -> [bool; 3] {
        let lists = [&self.all_of, &self.any_of, &self.one_of];
        lists.map(|list| !list.is_empty())
    }

    /// Returns `true` if the schema is more than a conjunction of assertions, properties and items.
    pub(super) fn is_composed(&self) -> bool {
        self.shape() != [false; 3] || self.not.is_some()
    }

    /// Returns the value of a keyword.
    pub(super) fn value(&self, keyword: &str) -> Option<&'a Node> {
        self.keyword(keyword).map(|element| element.node)
    }
}

/// The greatest depth in which references are followed.
const DEEPEST: usize = 4;

/// Returns `true` if two schemas are alike, with the references of their first levels followed.
fn are_alike(document: &ElementTree<'_>, a: &Element<'_>, b: &Element<'_>, depth: usize) -> bool {
    let (a, b) = (document.resolve(a.clone()), document.resolve(b.clone()));
    if a.node.same(b.node) {
        return true;
    }
    let (one, other) = (a.node.entries(), b.node.entries());
    let inner = |(key, a): (&str, Element<'_>)| {
        let b = b.get(key);
        b.is_some_and(|b| are_alike(document, &a, &b, depth + 1))
    };
    depth < DEEPEST && !one.is_empty() && one.len() == other.len() && a.entries().all(inner)
}
