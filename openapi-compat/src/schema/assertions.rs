//! Assertions about the value itself: type, format, listed values, limits.

use std::collections::HashSet;

use openapi_tree::Node;
use serde_json::{Value, json};

use super::flattened::{Additional, Flattened};
use super::ineffective::{self, is_ineffective};
use super::schema_pair::SchemaPair;
use super::types::{NULL, types};
use crate::change_id::{ChangeId, flag_change};
use crate::compatibility::Compatibility;
use crate::context::Context;
use crate::dialect::encoding_of;
use crate::element::Element;
use crate::inclusion::proof::Proof;
use crate::revision::ElementTree;

/// Keywords that form one assertion, and the keywords on which its meaning depends.
struct Assertion {
    id: ChangeId,
    keywords: &'static [&'static str],
    context: &'static [&'static str],
}

const ENCODING: &str = "contentEncoding";
const TYPE: &[&str] = &["type"];
const TYPE_AND_ENUM: &[&str] = &["type", "enum"];
const LIST: &[&str] = &["type", "enum", "maxItems"];
/// The keywords that limit numbers together.
const NUMBERS: &[&str] = &[
    "type",
    "enum",
    "format",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
];
/// The same without listed values, which are assumed to have the format beside them.
const UNLISTED_NUMBERS: &[&str] = &[
    "type",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
];

const fn limit(keywords: &'static [&'static str], context: &'static [&'static str]) -> Assertion {
    Assertion {
        id: ChangeId::LimitChanged,
        keywords,
        context,
    }
}

const TYPES: Assertion = Assertion {
    id: ChangeId::TypeChanged,
    keywords: TYPE,
    context: NUMBERS,
};

#[rustfmt::skip] // a table
const ASSERTIONS: &[Assertion] = &[
    TYPES,
    Assertion { id: ChangeId::FormatChanged, keywords: &["format"], context: UNLISTED_NUMBERS },
    Assertion { id: ChangeId::EnumChanged, keywords: &["enum"], context: TYPE },
    Assertion { id: ChangeId::PatternChanged, keywords: &["pattern"], context: TYPE_AND_ENUM },
    limit(&["minLength"], TYPE_AND_ENUM),
    limit(&["maxLength"], TYPE_AND_ENUM),
    limit(&["minimum", "exclusiveMinimum"], NUMBERS),
    limit(&["maximum", "exclusiveMaximum"], NUMBERS),
    limit(&["multipleOf"], NUMBERS),
    limit(&["minItems"], TYPE_AND_ENUM),
    limit(&["maxItems"], TYPE_AND_ENUM),
    limit(&["uniqueItems"], LIST),
    limit(&["minProperties"], TYPE_AND_ENUM),
    limit(&["maxProperties"], TYPE_AND_ENUM),
];

/// Compares each assertion of two schemas on its own. A value must satisfy all of them, so that no
/// value is lost if no assertion became stricter.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    // Other assertions say nothing about values of another type.
    let is_compared =
        |assertion: &&Assertion| assertion.id == ChangeId::TypeChanged || !schemas.changes_type();
    for assertion in ASSERTIONS.iter().filter(is_compared) {
        let changed =
            |keyword: &&&'static str| schemas.differs(keyword) && !is_ineffective(schemas, keyword);
        let Some(first) = assertion.keywords.iter().find(changed) else {
            continue;
        };
        let (old, new) = match assertion.id {
            ChangeId::EnumChanged => listed(&schemas.base, &schemas.head),
            _ => changed_values(schemas, assertion),
        };
        if is_empty(old.as_ref()) && is_empty(new.as_ref()) {
            continue; // the same values in another order
        }
        let compatibility = compatibility(context, schemas, assertion);
        let id = null_change(schemas, assertion.id).unwrap_or(assertion.id);
        if ineffective::unlisted_null(context, schemas, id) {
            continue;
        }
        let changed = schemas.difference(id, first).with(compatibility);
        let name = match assertion.id {
            ChangeId::EnumChanged if is_written(context, schemas, "enum", "const") => "const",
            ChangeId::FormatChanged if is_written(context, schemas, "format", ENCODING) => ENCODING,
            _ => first,
        };
        let (old, new) = match name == ENCODING {
            true => (encoding(&schemas.base), encoding(&schemas.head)),
            false => (old, new),
        };
        schemas.record(context, changed.named(name).values(old, new));
    }
}

/// Records that a text is of another type.
pub(super) fn compare_texts(
    context: &mut Context<'_>,
    schemas: &SchemaPair<'_, '_>,
    compatibility: Compatibility,
) {
    let (old, new) = changed_values(schemas, &TYPES);
    let changed = schemas.difference(TYPES.id, "type").with(compatibility);
    schemas.record(context, changed.named("type").values(old, new));
}

/// Returns `true` if the revisions have a keyword only as another one, which the dialect replaces.
fn is_written(
    context: &Context<'_>,
    schemas: &SchemaPair<'_, '_>,
    keyword: &str,
    written: &str,
) -> bool {
    let revisions = [
        (&context.base, &schemas.base),
        (&context.head, &schemas.head),
    ];
    let is_written = |(document, schema): (&ElementTree<'_>, &Flattened<'_>)| {
        let element = schema.keyword(keyword);
        element.map(|element| document.written_key(element) == Some(written))
    };
    let [base, head] = revisions.map(is_written);
    match written {
        ENCODING => base.unwrap_or(true) && head.unwrap_or(true),
        _ => base == Some(true) && head == Some(true),
    }
}

/// Returns the encoding that the dialect writes as a format.
fn encoding(schema: &Flattened<'_>) -> Option<Value> {
    let encoding = encoding_of(schema.value("format")?.as_str()?)?;
    Some(json!({ ENCODING: encoding }))
}

/// Returns the id of a change of types if only `null` was added or removed.
fn null_change(schemas: &SchemaPair<'_, '_>, id: ChangeId) -> Option<ChangeId> {
    if id != ChangeId::TypeChanged {
        return None;
    }
    let mut base = types(schemas.base.value("type")?);
    let mut head = types(schemas.head.value("type")?);
    let ids = match (
        schemas.base.has_ineffective_nullable,
        schemas.head.has_ineffective_nullable,
    ) {
        (true, _) => (ChangeId::NullableTookEffect, ChangeId::NullForbidden),
        (_, true) => (ChangeId::NullAllowed, ChangeId::NullableLostEffect),
        _ => (ChangeId::NullAllowed, ChangeId::NullForbidden),
    };
    let id = flag_change(base.contains(&NULL), head.contains(&NULL), ids);
    base.retain(|kind| *kind != NULL);
    head.retain(|kind| *kind != NULL);
    id.filter(|_| base == head)
}

fn compatibility<'a>(
    context: &Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    assertion: &Assertion,
) -> Compatibility {
    let (base, head) = (&schemas.base, &schemas.head);
    let schema = |others: &Flattened<'a>, own: &Flattened<'a>| {
        let context = assertion.context.iter();
        let context = context.filter(|name| !assertion.keywords.contains(name));
        let context = context.map(|name| (name, others));
        let own = assertion.keywords.iter().map(|name| (name, own));
        let keywords = context.chain(own);
        let keywords = keywords.filter_map(|(name, schema)| Some((*name, schema.value(name)?)));
        keywords.collect::<Vec<_>>()
    };
    let includes = |wide: &Flattened<'a>, narrow: &Flattened<'a>, schema_of: &Element<'a>| {
        let keyword = assertion.keywords.first().copied().unwrap_or_default();
        match holds_by_names(narrow, wide, keyword) {
            true => Proof::Proved,
            false => {
                let (wide, narrow) = (schema(narrow, wide), schema(narrow, narrow));
                context.assertions_include(&wide, &narrow, schema_of)
            }
        }
    };
    let request = context.judge_assertions(includes(head, base, &schemas.pair.base));
    let response = context.judge_assertions(includes(base, head, &schemas.pair.head));
    let compatibility = Compatibility::of_values(request, response);
    match base.is_composed() || head.is_composed() {
        true => schemas.of_whole(context, compatibility),
        false => compatibility,
    }
}

/// Returns `true` if objects cannot have as many properties as a limit forbids, because a closed
/// schema names only so many.
fn holds_by_names(narrow: &Flattened<'_>, wide: &Flattened<'_>, keyword: &str) -> bool {
    let is_closed = matches!(narrow.additional, Additional::Forbidden)
        && narrow.value("patternProperties").is_none();
    let limit = || wide.value(keyword)?.as_number()?.as_u64();
    keyword == "maxProperties"
        && is_closed
        && limit().is_none_or(|limit| narrow.properties.len() as u64 <= limit)
}

fn is_empty(values: Option<&Value>) -> bool {
    values.is_none_or(|values| values.as_array().is_some_and(Vec::is_empty))
}

/// Returns the values of the keywords that differ, by keyword.
fn changed_values(
    schemas: &SchemaPair<'_, '_>,
    assertion: &Assertion,
) -> (Option<Value>, Option<Value>) {
    let values = |schema: &Flattened<'_>| -> Value {
        let changed = assertion.keywords.iter();
        let changed = changed.filter(|keyword| schemas.differs(keyword));
        let values = changed.filter_map(|keyword| {
            let value = schema.value(keyword)?;
            Some(((*keyword).to_owned(), value.to_json()))
        });
        Value::Object(values.collect())
    };
    (Some(values(&schemas.base)), Some(values(&schemas.head)))
}

/// Returns the listed values that only the base schema has, and those that only the head schema
/// has. The values of a schema without a list are `None`.
fn listed(base: &Flattened<'_>, head: &Flattened<'_>) -> (Option<Value>, Option<Value>) {
    let (base, head) = (base.value("enum"), head.value("enum"));
    let missing = |list: &Node, other: Option<&Node>| -> Value {
        let other = other.map_or(&[][..], Node::items);
        let texts: HashSet<&str> = other.iter().filter_map(Node::as_str).collect();
        let is_missing = |value: &&Node| match value.as_str() {
            Some(text) => !texts.contains(text),
            None => !other.iter().any(|known| known.same(value)),
        };
        let missing = list.items().iter().filter(is_missing);
        missing.map(Node::to_json).collect()
    };
    (
        base.map(|list| missing(list, head)),
        head.map(|list| missing(list, base)),
    )
}
