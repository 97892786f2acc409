//! Keywords that say nothing where they stand, such as `maximum` on a list.

use std::collections::BTreeSet;

use openapi_tree::{Node, Pointer};
use serde_json::{Map, Value, json};

use super::flattened::Flattened;
use super::schema_pair::SchemaPair;
use super::types::{NULL, types};
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::Element;
use crate::level::{ChangeKind, Direction};
use crate::revision::ElementTree;

/// The keywords about values of some types, with these types.
const ABOUT: [(&str, &[&str]); 27] = [
    ("minimum", NUMBERS),
    ("exclusiveMinimum", NUMBERS),
    ("maximum", NUMBERS),
    ("exclusiveMaximum", NUMBERS),
    ("multipleOf", NUMBERS),
    ("minLength", STRINGS),
    ("maxLength", STRINGS),
    ("pattern", STRINGS),
    ("items", ARRAYS),
    ("minItems", ARRAYS),
    ("maxItems", ARRAYS),
    ("uniqueItems", ARRAYS),
    ("prefixItems", ARRAYS),
    ("contains", ARRAYS),
    ("minContains", ARRAYS),
    ("maxContains", ARRAYS),
    ("unevaluatedItems", ARRAYS),
    ("properties", OBJECTS),
    ("required", OBJECTS),
    ("additionalProperties", OBJECTS),
    ("minProperties", OBJECTS),
    ("maxProperties", OBJECTS),
    ("patternProperties", OBJECTS),
    ("propertyNames", OBJECTS),
    ("dependentRequired", OBJECTS),
    ("dependentSchemas", OBJECTS),
    ("unevaluatedProperties", OBJECTS),
];
const NUMBERS: &[&str] = &["integer", "number"];
const STRINGS: &[&str] = &["string"];
const ARRAYS: &[&str] = &["array"];
const OBJECTS: &[&str] = &["object"];

/// The keywords that say nothing without one of others.
const WITHOUT: [(&str, &[&str]); 5] = [
    ("if", &["then", "else"]),
    ("then", &["if"]),
    ("else", &["if"]),
    ("minContains", &["contains"]),
    ("maxContains", &["contains"]),
];

/// The formats of strings. Numbers with other formats are also written as strings.
const FORMATS: [&str; 22] = [
    "byte",
    "binary",
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "password",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// The reason why a keyword says nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Reason {
    /// The values are of other types.
    Type,
    /// Another keyword is missing, or the value is of a wrong type.
    Alone,
}

/// Returns `true` if a keyword says nothing in either of two schemas.
pub(super) fn is_ineffective(schemas: &SchemaPair<'_, '_>, keyword: &str) -> bool {
    revisions(schemas).into_iter().all(|(schema, own)| {
        value(schema, own, keyword).is_none_or(|value| reason(schema, keyword, value).is_some())
    })
}

fn revisions<'s, 'a>(schemas: &'s SchemaPair<'_, 'a>) -> [(&'s Flattened<'a>, &'s Element<'a>); 2] {
    [
        (&schemas.base, &schemas.pair.base),
        (&schemas.head, &schemas.pair.head),
    ]
}

/// Returns the value of a keyword, also of one with a field of its own.
fn value<'a>(schema: &Flattened<'a>, own: &Element<'a>, keyword: &str) -> Option<&'a Node> {
    schema.value(keyword).or_else(|| own.node.get(keyword))
}

/// Returns the reason why a keyword says nothing, or `None` if it has an effect.
fn reason(schema: &Flattened<'_>, keyword: &str, value: &Node) -> Option<Reason> {
    let is_boolean = value.as_bool().is_some();
    if is_boolean
        && matches!(
            keyword,
            "required" | "exclusiveMinimum" | "exclusiveMaximum"
        )
    {
        return Some(Reason::Alone);
    }
    let about = match keyword {
        "format" => FORMATS.contains(&value.as_str()?).then_some(STRINGS),
        _ => {
            let mut known = ABOUT.iter();
            let known = known.find(|(known, _)| *known == keyword);
            known.map(|(_, about)| *about)
        }
    };
    let kinds = schema.value("type").map(types);
    if let (Some(about), Some(kinds)) = (about, kinds)
        && !kinds.iter().any(|kind| about.contains(kind))
    {
        return Some(Reason::Type);
    }
    let (_, others) = WITHOUT.iter().find(|(known, _)| *known == keyword)?;
    let is_alone = others.iter().all(|other| schema.keyword(other).is_none());
    is_alone.then_some(Reason::Alone)
}

/// Compares the keywords that say nothing.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let keywords = ABOUT.iter().map(|(keyword, _)| *keyword);
    let mut without = WITHOUT.iter().map(|(keyword, _)| *keyword);
    let conditions = without.by_ref().take(3); // the others are about lists
    for keyword in keywords.chain(conditions).chain(["format"]) {
        if is_ineffective(schemas, keyword) && !is_same(context, schemas, keyword) {
            changed(context, schemas, keyword);
        }
    }
    nullable(context, schemas);
}

/// Returns `true` if a keyword would say the same in both schemas.
fn is_same<'a>(context: &Context<'a>, schemas: &SchemaPair<'_, 'a>, keyword: &str) -> bool {
    let values = revisions(schemas).map(|(schema, own)| {
        let value = schema.keyword(keyword).cloned();
        value.or_else(|| own.get(keyword))
    });
    let (base, head) = match values {
        [Some(base), Some(head)] => (base, head),
        [base, head] => return base.is_none() && head.is_none(),
    };
    if base.node.same(head.node) {
        return true;
    }
    match keyword {
        "dependentSchemas" | "patternProperties" | "properties" => {
            let same = |(name, base): (&str, Element<'a>)| {
                let head = head.get(name);
                head.is_some_and(|head| allow_same(context, &base, &head))
            };
            base.node.entries().len() == head.node.entries().len() && base.entries().all(same)
        }
        "required" => {
            let names = |list: &Element<'a>| -> BTreeSet<&'a str> {
                list.node.items().iter().filter_map(Node::as_str).collect()
            };
            names(&base) == names(&head)
        }
        _ => {
            let is_schema =
                |it: &Element<'a>| matches!(it.node.value, openapi_tree::Value::Mapping(_));
            is_schema(&base) && is_schema(&head) && allow_same(context, &base, &head)
        }
    }
}

/// Returns `true` if two schemas allow the same values.
fn allow_same<'a>(context: &Context<'a>, base: &Element<'a>, head: &Element<'a>) -> bool {
    let (older, newer) = ((&context.base, base), (&context.head, head));
    let same = |direction| {
        context.includes(newer, older, direction).is_proved()
            && context.includes(older, newer, direction).is_proved()
    };
    context.are_same(base, head) || same(Direction::Request) && same(Direction::Response)
}

/// Records the change of a keyword that says nothing.
pub(super) fn changed<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    keyword: &'static str,
) {
    let [base, head] = revisions(schemas).map(|(schema, own)| value(schema, own, keyword));
    let shown = |value: &Node, other: Option<&Node>| match keyword {
        "properties" if names(value) != other.map(names).unwrap_or_default() => json!(names(value)),
        _ => value.to_json(),
    };
    let of_revision = |schema: &Flattened<'_>, value: Option<&Node>, other: Option<&Node>| {
        let value = value?;
        let mut values = Map::new();
        values.insert(keyword.to_owned(), shown(value, other));
        if reason(schema, keyword, value) == Some(Reason::Type)
            && let Some(kind) = schema.value("type")
        {
            values.insert("type".to_owned(), kind.to_json());
        }
        Some(Value::Object(values))
    };
    let old = of_revision(&schemas.base, base, head);
    let new = of_revision(&schemas.head, head, base);
    let kind = match (&old, &new) {
        (Some(_), None) => ChangeKind::Removed,
        (None, Some(_)) => ChangeKind::Added,
        _ => ChangeKind::Changed,
    };
    let [base, head] = revisions(schemas).map(|(schema, own)| place(schema, own, keyword));
    let changed = Difference::between(ChangeId::KeywordIneffective, kind, &base, &head);
    schemas.record(context, changed.named(keyword).values(old, new));
}

fn names(properties: &Node) -> Vec<&str> {
    let entries = properties.entries().iter();
    entries.map(|entry| entry.key.as_str()).collect()
}

fn place(schema: &Flattened<'_>, own: &Element<'_>, keyword: &str) -> Pointer {
    match schema.keyword(keyword) {
        Some(element) => element.pointer.clone(),
        None if own.has(keyword) => own.pointer.child(keyword),
        None => own.pointer.clone(),
    }
}

/// Compares `nullable` without a `type` beside it.
fn nullable<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let (was, is) = (
        schemas.base.has_ineffective_nullable,
        schemas.head.has_ineffective_nullable,
    );
    if was != is && !nullable_changes_effect(schemas) {
        let changed = schemas.difference(ChangeId::NullableIneffective, "nullable");
        let (old, new) = (was.then_some(true), is.then_some(true));
        schemas.record(context, changed.values(old, new));
    }
}

/// Returns `true` if `nullable` has an effect in one of two schemas only. The change of the type says
/// so.
pub(super) fn nullable_changes_effect(schemas: &SchemaPair<'_, '_>) -> bool {
    let (base, head) = (&schemas.base, &schemas.head);
    let allows_null = |schema: &Flattened<'_>| {
        let kinds = schema.value("type").map(types);
        kinds.is_some_and(|kinds| kinds.contains(&NULL))
    };
    let allows_null = |schema: &Flattened<'_>| allows_null(schema) || has_null(schema);
    (base.has_ineffective_nullable && allows_null(head))
        || (head.has_ineffective_nullable && allows_null(base))
}

/// Records a `null` among the types that the listed values lack. Returns `false` if the change is
/// another one.
pub(super) fn unlisted_null<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    id: ChangeId,
) -> bool {
    let (document, schema) = match id {
        ChangeId::NullAllowed => (&context.head, &schemas.head),
        ChangeId::NullForbidden => (&context.base, &schemas.base),
        _ => return false,
    };
    let is_null = |value: &Node| matches!(value.value, openapi_tree::Value::Null);
    let Some(listed) = schema.value("enum") else {
        return false;
    };
    if listed.items().iter().any(is_null) {
        return false;
    }
    let keyword = match document.is_openapi_3_0() {
        true => "nullable",
        false => "type",
    };
    let values = Some(json!({ keyword: true, "enum": listed.to_json() }));
    let (old, new) = match id {
        ChangeId::NullAllowed => (None, values),
        _ => (values, None),
    };
    let changed = schemas.difference(ChangeId::KeywordIneffective, "type");
    schemas.record(context, changed.named(keyword).values(old, new));
    true
}

/// Returns `true` if `null` is one of the alternatives of a schema.
fn has_null(schema: &Flattened<'_>) -> bool {
    let mut alternatives = schema.any_of.iter().chain(&schema.one_of);
    alternatives.any(|alternative| alternative.str_at("type") == Some(NULL))
}

/// Returns the id of the change of alternatives to which `null` was added, or from which it was
/// removed, if the schema of the other revision has a `nullable` without effect.
pub(super) fn null_alternative(
    context: &Context<'_>,
    schemas: &SchemaPair<'_, '_>,
    added: &[Element<'_>],
    removed: &[Element<'_>],
) -> Option<ChangeId> {
    let is_null = |members: &[Element<'_>]| match members {
        [only] => only.str_at("type") == Some(NULL),
        _ => false,
    };
    let has_nullable = |document: &ElementTree<'_>, schema: &Flattened<'_>, own: &Element<'_>| {
        let is_listed = |kinds: &Node| types(kinds).contains(&NULL);
        let is_lost = own.node.get("type").is_some_and(is_listed)
            && !schema.value("type").is_some_and(is_listed);
        schema.has_ineffective_nullable || (is_lost && document.is_openapi_3_0())
    };
    let (base, head) = (&schemas.base, &schemas.head);
    if is_null(added) && removed.is_empty() {
        return has_nullable(&context.base, base, &schemas.pair.base)
            .then_some(ChangeId::NullableTookEffect);
    }
    if is_null(removed) && added.is_empty() {
        return has_nullable(&context.head, head, &schemas.pair.head)
            .then_some(ChangeId::NullableLostEffect);
    }
    None
}
