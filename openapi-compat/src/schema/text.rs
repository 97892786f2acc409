//! Schemas of values that are transmitted as text, such as those of parameters.
//!
//! The text `0` is both an integer and a string, so that such a string includes every integer.

use openapi_tree::is_extension;

use super::types::{NULL, types, types_without_null};
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

fn directed(
    pair: &Pair<'_>,
    includes: fn(&Element<'_>, &Element<'_>) -> bool,
) -> Option<Compatibility> {
    match (
        includes(&pair.head, &pair.base),
        includes(&pair.base, &pair.head),
    ) {
        (true, _) => Some(Compatibility::WIDER),
        (_, true) => Some(Compatibility::NARROWER),
        _ => None,
    }
}

fn includes_scalar(wide: &Element<'_>, narrow: &Element<'_>) -> bool {
    let Some(kinds) = narrow.get("type") else {
        return false;
    };
    let without_null = types_without_null(kinds.node);
    let mut kinds = types(kinds.node).into_iter();
    let is_scalar = |kind: &&str| matches!(*kind, "integer" | "number" | "boolean");
    let has_scalars = !without_null.is_empty() && without_null.iter().all(is_scalar);
    has_scalars && !kinds.any(|kind| kind == NULL) && is_any_text(wide)
}

fn includes_single(wide: &Element<'_>, narrow: &Element<'_>) -> bool {
    let kinds = narrow.get("type").map(|kinds| types(kinds.node));
    let is_text = |kind: &&str| matches!(*kind, "string" | "integer" | "number" | "boolean");
    let is_single = kinds.is_some_and(|kinds| !kinds.is_empty() && kinds.iter().all(is_text));
    let is_open = |key: &str| key == "items" || allows_any(wide, key);
    let Some(items) = wide.get("items") else {
        return false;
    };
    let is_list =
        wide.str_at("type") == Some("array") && wide.entries().all(|(key, _)| is_open(key));
    is_single && is_list && (is_any_text(&items) || items.node.same(narrow.node))
}

/// Returns `true` if a schema allows every text that is not empty.
fn is_any_text(schema: &Element<'_>) -> bool {
    schema.str_at("type") == Some("string")
        && schema.entries().all(|(key, _)| allows_any(schema, key))
}

fn allows_any(schema: &Element<'_>, key: &str) -> bool {
    match key {
        "minLength" | "minItems" => {
            let limit = schema.json(key).and_then(|limit| limit.as_u64());
            limit.is_some_and(|limit| limit <= 1)
        }
        _ => WITHOUT_LIMITS.contains(&key) || is_extension(key),
    }
}
