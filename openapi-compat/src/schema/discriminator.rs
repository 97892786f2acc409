//! Discriminators: the property whose value names the alternative.

use std::collections::BTreeMap;

use openapi_tree::{Node, reference};

use super::flattened::Flattened;
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::context::Context;

const KEYWORD: &str = "discriminator";

/// Compares the discriminators of two schemas.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let property = |schema: &Flattened<'a>| schema.value(KEYWORD)?.str_at("propertyName");
    if property(&schemas.base) != property(&schemas.head) {
        schemas.changed(context, ChangeId::DiscriminatorChanged, KEYWORD);
        return;
    }
    let (base, head) = (values(&schemas.base), values(&schemas.head));
    let missing = |values: &BTreeMap<&'a str, &str>, other: &BTreeMap<&str, &str>| {
        let missing = values.keys().filter(|value| !other.contains_key(*value));
        missing.copied().collect::<Vec<&'a str>>()
    };
    let removed = (ChangeId::DiscriminatorValueRemoved, missing(&base, &head));
    let added = (ChangeId::DiscriminatorValueAdded, missing(&head, &base));
    for (id, values) in [removed, added] {
        for value in values {
            schemas.record(context, schemas.difference(id, KEYWORD).named(value));
        }
    }
}

/// Returns the values of the discriminator, each with the alternative that it names. The value of
/// an alternative without a mapping is the name of its component.
fn values<'a>(schema: &Flattened<'a>) -> BTreeMap<&'a str, &'a str> {
    let Some(discriminator) = schema.value(KEYWORD) else {
        return BTreeMap::new();
    };
    let component = |target: &'a str| target.rsplit('/').next().unwrap_or(target);
    let mapping = discriminator.get("mapping").map_or(&[][..], Node::entries);
    let mut values: BTreeMap<&str, &str> = mapping
        .iter()
        .filter_map(|entry| Some((entry.key.as_str(), component(entry.node.as_str()?))))
        .collect();
    for alternative in schema.any_of.iter().chain(&schema.one_of) {
        let name = reference(alternative.node).map(component);
        if let Some(name) = name.filter(|name| !values.values().any(|known| known == name)) {
            values.insert(name, name);
        }
    }
    values
}
