//! Schemas that took the place of others, so that their parts do not correspond.

use serde_json::{Map, Value, json};

use super::alignment::name;
use super::flattened::Flattened;
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::{Element, Pair};

/// Returns `true` if two schemas are composed in different ways, or are different components with
/// few properties in common. The comparison of their parts would be long and of no use.
pub(super) fn is_replaced(schemas: &SchemaPair<'_, '_>) -> bool {
    schemas.base.shape() != schemas.head.shape() || are_unlike_components(schemas)
}

fn are_unlike_components(schemas: &SchemaPair<'_, '_>) -> bool {
    const KIND: &str = "schemas";
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
    let is_removed = |(name, _): &(&str, Element<'_>)| schemas.head.property(name).is_none();
    let loses_properties = schemas.base.properties.iter().any(is_removed);
    let compatibility = match loses_properties && !schemas.head.is_composed() {
        // Values with these properties remain valid, but the properties have no meaning any more.
        true => Compatibility::BREAKING,
        false => schemas.of_whole(context, Compatibility::BREAKING),
    };
    if compatibility == Compatibility::DOCUMENTATION {
        return;
    }
    let (base, head) = (&schemas.pair.base, &schemas.pair.head);
    let (id, old, new) = match schemas.base.shape() == schemas.head.shape() {
        true => {
            let name = |schema: &Element<'a>| json!(schema.pointer.last());
            (ChangeId::SchemaReplaced, name(base), name(head))
        }
        false => {
            let (old, new) = (parts(&schemas.base), parts(&schemas.head));
            (ChangeId::CompositionReplaced, old, new)
        }
    };
    let changed = Difference::changed(id, base, head).with(compatibility);
    schemas.record(context, changed.values(Some(old), Some(new)));
}

/// Returns the names of the schemas that a schema is composed of, by keyword.
fn parts(schema: &Flattened<'_>) -> Value {
    let lists = [
        ("allOf", &schema.all_of),
        ("anyOf", &schema.any_of),
        ("oneOf", &schema.one_of),
    ];
    let mut parts = Map::new();
    for (keyword, list) in lists {
        if !list.is_empty() {
            let names: Vec<_> = list.iter().map(name).collect();
            parts.insert(keyword.to_owned(), json!(names));
        }
    }
    Value::Object(parts)
}
