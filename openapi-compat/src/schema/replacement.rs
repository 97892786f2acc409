//! Schemas that took the place of others, so that their parts do not correspond.

use serde_json::{Map, Value, json};

use super::alternative::Alternative;
use super::described;
use super::flattened::Flattened;
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::revision::ElementTree;

const KIND: &str = "schemas";

/// Returns `true` if two schemas are composed in different ways, or are different components with
/// few properties in common. The comparison of their parts would be long and of no use.
pub(super) fn is_replaced(schemas: &SchemaPair<'_, '_>) -> bool {
    alternatives_of(&schemas.base) != alternatives_of(&schemas.head)
        || are_unlike_components(schemas)
}

/// Returns `true` for each of `anyOf` and `oneOf` that a schema is composed of.
fn alternatives_of(schema: &Flattened<'_>) -> [bool; 2] {
    [&schema.any_of, &schema.one_of].map(|list| !list.is_empty())
}

fn are_unlike_components(schemas: &SchemaPair<'_, '_>) -> bool {
    let Pair { base, head } = schemas.pair;
    let (Some(base), Some(head)) = (base.component(KIND), head.component(KIND)) else {
        return false;
    };
    let (older, newer) = (&schemas.base.properties, &schemas.head.properties);
    let is_common = |(name, _): &&(&str, Element<'_>)| schemas.head.property(name).is_some();
    let common = older.iter().filter(is_common).count();
    base != head && common * 2 < older.len().max(newer.len())
}

/// Compares two schemas as a whole.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let compatibility = match described::loses_any(context, schemas.pair) {
        // Values with these properties remain valid, but the properties have no meaning any more.
        true => Compatibility::BREAKING,
        false => schemas.of_whole(context, Compatibility::BREAKING),
    };
    if compatibility == Compatibility::DOCUMENTATION {
        return;
    }
    let (base, head) = (&schemas.pair.base, &schemas.pair.head);
    let is_same_shape = alternatives_of(&schemas.base) == alternatives_of(&schemas.head);
    let (id, old, new) = match is_same_shape {
        true => {
            let name = |schema: &Element<'a>| json!(schema.pointer.last());
            (ChangeId::SchemaReplaced, name(base), name(head))
        }
        false => {
            // The sentence names a component that both schemas are already.
            let is_same = base.component(KIND) == head.component(KIND);
            let old = parts(&context.base, &schemas.base, base, is_same);
            let new = parts(&context.head, &schemas.head, head, is_same);
            (ChangeId::CompositionReplaced, old, new)
        }
    };
    let changed = Difference::changed(id, base, head).with(compatibility);
    schemas.record(context, changed.values(Some(old), Some(new)));
}

/// Returns the names of the alternatives of a schema, by keyword, or else its name.
fn parts<'a>(
    document: &ElementTree<'a>,
    schema: &Flattened<'a>,
    element: &Element<'a>,
    is_named: bool,
) -> Value {
    let mut parts = Map::new();
    for (keyword, list) in [("anyOf", &schema.any_of), ("oneOf", &schema.one_of)] {
        if !list.is_empty() {
            let members = Alternative::all(document, schema, list);
            let names: Vec<_> = members.iter().map(|member| member.name(None)).collect();
            parts.insert(keyword.to_owned(), json!(names));
        }
    }
    match parts.is_empty() {
        true => {
            let alternative = Alternative::new(document, element);
            json!(match is_named {
                true => alternative.form(),
                false => alternative.name(None),
            })
        }
        false => Value::Object(parts),
    }
}
