//! Schemas of values that are transmitted as text, such as those of parameters.
//!
//! The text `0` is both an integer and a string, so that such a string includes every integer.

use openapi_tree::is_extension;

use super::types::{NULL, types};
use crate::compatibility::Compatibility;
use crate::element::{Element, Pair};
use crate::schema_task::Form;

/// The keywords that limit no text.
const WITHOUT_LIMITS: [&str; 8] = [
    "type",
    "$comment",
    "title",
    "description",
    "externalDocs",
    "default",
    "examples",
    "deprecated",
];

/// The kinds of values that are transmitted as text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TextKind {
    /// A value that is one text.
    Single,
    /// A parameter or header.
    Parameter,
    /// A parameter that is repeated for each item of a list, or for each property of an object.
    Repeated,
    /// A property of a form. It is repeated for each item of a list.
    Property,
}

impl TextKind {
    /// Returns the form of the values of two schemas. It is text if one of the schemas is a number or a
    /// boolean and the other one is any string, or if one is a single value and the other one is a
    /// list that allows this value.
    pub(crate) fn form(self, pair: &Pair<'_>) -> Form {
        let is_repeated = matches!(self, Self::Repeated | Self::Property);
        let of_list = || directed(pair, includes_single).filter(|_| is_repeated);
        if let Some(compatibility) = directed(pair, includes_scalar).or_else(of_list) {
            return Form::Text(compatibility);
        }
        let are = |kind: &str| {
            let types = [&pair.base, &pair.head].map(|schema| schema.str_at("type"));
            types == [Some(kind); 2]
        };
        match self {
            Self::Single => Form::Json,
            _ if are("array") => Form::TextItems,
            Self::Parameter | Self::Repeated if are("object") => Form::TextProperties,
            _ => Form::Json,
        }
    }
}

/// Returns the compatibility of two schemas if `includes` knows that one includes the other.
fn directed(
    pair: &Pair<'_>,
    includes: fn(&Element<'_>, &Element<'_>) -> bool,
) -> Option<Compatibility> {
    match (
        includes(&pair.head, &pair.base),
        includes(&pair.base, &pair.head),
    ) {
        (true, true) => Some(Compatibility::DOCUMENTATION),
        (true, false) => Some(Compatibility::WIDER),
        (false, true) => Some(Compatibility::NARROWER),
        (false, false) => None,
    }
}

/// Returns `true` if a schema of other types includes every text of single values.
fn includes_scalar(wide: &Element<'_>, narrow: &Element<'_>) -> bool {
    let (mut own, mut others) = (kinds(narrow), kinds(wide));
    // The text of `null` is the same one.
    if own.contains(&NULL) && others.contains(&NULL) {
        own.retain(|kind| *kind != NULL);
        others.retain(|kind| *kind != NULL);
    }
    is_single(&own) && own != others && is_any_text_of(wide, &others, can_be_empty(narrow))
}

/// Returns `true` if a list allows every single value as its only item.
fn includes_single(wide: &Element<'_>, narrow: &Element<'_>) -> bool {
    let Some(items) = wide.get("items") else {
        return false;
    };
    let is_open = |key: &str| key == "items" || allows_any(wide, key, false);
    let is_list =
        wide.str_at("type") == Some("array") && wide.entries().all(|(key, _)| is_open(key));
    let is_item = || is_any_text(&items, can_be_empty(narrow)) || items.node.same(narrow.node);
    is_single(&kinds(narrow)) && is_list && is_item()
}

fn kinds<'a>(schema: &Element<'a>) -> Vec<&'a str> {
    let kinds = schema.get("type");
    kinds.map_or_else(Vec::new, |kinds| types(kinds.node))
}

/// Returns `true` if values of some types are one text each, and not `null`.
fn is_single(kinds: &[&str]) -> bool {
    let is_text = |kind: &&str| matches!(*kind, "string" | "integer" | "number" | "boolean");
    !kinds.is_empty() && kinds.iter().all(is_text)
}

/// Returns `true` if a schema allows the empty text. Numbers and booleans are never empty.
fn can_be_empty(schema: &Element<'_>) -> bool {
    let least = schema.json("minLength").and_then(|limit| limit.as_u64());
    kinds(schema).contains(&"string") && least.unwrap_or(0) == 0
}

/// Returns `true` if a schema allows every text, also the empty one if `with_empty`.
fn is_any_text(schema: &Element<'_>, with_empty: bool) -> bool {
    is_any_text_of(schema, &kinds(schema), with_empty)
}

/// Returns the same of a schema of which some types are considered.
fn is_any_text_of(schema: &Element<'_>, kinds: &[&str], with_empty: bool) -> bool {
    let has_text = kinds.contains(&"string") && is_single(kinds);
    has_text
        && schema
            .entries()
            .all(|(key, _)| allows_any(schema, key, with_empty))
}

fn allows_any(schema: &Element<'_>, key: &str, with_empty: bool) -> bool {
    match key {
        "minLength" | "minItems" => {
            let limit = schema.json(key).and_then(|limit| limit.as_u64());
            limit.is_some_and(|limit| limit <= u64::from(!with_empty))
        }
        _ => WITHOUT_LIMITS.contains(&key) || is_extension(key),
    }
}
