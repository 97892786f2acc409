//! Keywords that say nothing where they stand, such as `maximum` on a list.

use openapi_tree::Node;
use serde_json::{Map, Value};

use super::flattened::Flattened;
use super::schema_pair::SchemaPair;
use super::types::{NULL, types};
use crate::change_id::ChangeId;
use crate::context::Context;

/// The keywords about values of some types, with these types.
const KEYWORDS: [(&str, &[&str]); 18] = [
    ("minimum", NUMBERS),
    ("exclusiveMinimum", NUMBERS),
    ("maximum", NUMBERS),
    ("exclusiveMaximum", NUMBERS),
    ("multipleOf", NUMBERS),
    ("minLength", STRINGS),
    ("maxLength", STRINGS),
    ("pattern", STRINGS),
    ("minItems", ARRAYS),
    ("maxItems", ARRAYS),
    ("uniqueItems", ARRAYS),
    ("prefixItems", ARRAYS),
    ("contains", ARRAYS),
    ("minProperties", OBJECTS),
    ("maxProperties", OBJECTS),
    ("patternProperties", OBJECTS),
    ("propertyNames", OBJECTS),
    ("dependentRequired", OBJECTS),
];
const NUMBERS: &[&str] = &["integer", "number"];
const STRINGS: &[&str] = &["string"];
const ARRAYS: &[&str] = &["array"];
const OBJECTS: &[&str] = &["object"];

/// Returns `true` if a keyword says nothing about the values of two schemas, because these are of
/// other types.
pub(super) fn is_ineffective(schemas: &SchemaPair<'_, '_>, keyword: &str) -> bool {
    let known = KEYWORDS.iter().find(|(known, _)| *known == keyword);
    let Some((_, about)) = known else {
        return false;
    };
    let is_about_others = |schema: &Flattened<'_>| {
        let kinds = schema.value("type").map(types);
        kinds.is_some_and(|kinds| !kinds.iter().any(|kind| about.contains(kind)))
    };
    is_about_others(&schemas.base) && is_about_others(&schemas.head)
}

/// Compares the keywords that say nothing.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    for (keyword, _) in KEYWORDS {
        if schemas.differs(keyword) && is_ineffective(schemas, keyword) {
            let values = |schema: &Flattened<'_>| {
                let names = [keyword, "type"].into_iter();
                let values = names.filter_map(|name| {
                    Some((name.to_owned(), schema.value(name).map(Node::to_json)?))
                });
                Value::Object(values.collect::<Map<_, _>>())
            };
            let (old, new) = (values(&schemas.base), values(&schemas.head));
            let changed = schemas.difference(ChangeId::KeywordIneffective, keyword);
            schemas.record(context, changed.named(keyword).values(Some(old), Some(new)));
        }
    }
    nullable(context, schemas);
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
    (base.has_ineffective_nullable && allows_null(head))
        || (head.has_ineffective_nullable && allows_null(base))
}
