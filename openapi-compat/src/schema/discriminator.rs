//! Discriminators: the property whose value names the alternative.

use std::collections::BTreeMap;

use openapi_tree::Node;

use super::alternative::Alternative;
use super::flattened::Flattened;
use super::schema_pair::SchemaPair;
use super::{ineffective, inheritance};
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::element::mapped_component;

const KEYWORD: &str = "discriminator";

/// Compares the discriminators of two schemas. `aligned` are the alternatives of both. The values of
/// alternatives that only one revision has are a part of these.
pub(super) fn compare<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    aligned: &[&(Alternative<'a>, Alternative<'a>)],
) {
    if !schemas.base.is_composed() && !schemas.head.is_composed() {
        let has_effect = inheritance::compare(context, schemas);
        if !has_effect && is_own(schemas) {
            if schemas.differs(KEYWORD) {
                ineffective::changed(context, schemas, KEYWORD);
            }
            return;
        }
    }
    let property = |schema: &Flattened<'a>| schema.value(KEYWORD)?.str_at("propertyName");
    if property(&schemas.base) != property(&schemas.head) {
        schemas.changed(context, ChangeId::DiscriminatorChanged, KEYWORD);
        return;
    }
    let Some(older) = Mapping::new(&schemas.base) else {
        return;
    };
    let Some(newer) = Mapping::new(&schemas.head) else {
        return;
    };
    for (base, head) in aligned {
        let (Some(base), Some(head)) = (&base.component, &head.component) else {
            continue;
        };
        changed(
            context,
            schemas,
            head,
            (older.values_of(base), newer.values_of(head)),
        );
    }
}

/// Returns `true` if the discriminators do not come from a part of `allOf`, whose heirs they name.
fn is_own(schemas: &SchemaPair<'_, '_>) -> bool {
    let revisions = [
        (&schemas.base, &schemas.pair.base),
        (&schemas.head, &schemas.pair.head),
    ];
    let mut revisions = revisions.into_iter();
    revisions.all(|(schema, own)| schema.value(KEYWORD).is_none() || own.has(KEYWORD))
}

/// Records the values of an alternative that changed.
fn changed<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    alternative: &str,
    (older, newer): (Vec<&str>, Vec<&str>),
) {
    let missing = |values: &[&str], other: &[&str]| -> Vec<String> {
        let missing = values.iter().filter(|value| !other.contains(*value));
        missing.map(|value| (*value).to_owned()).collect()
    };
    let (removed, added) = (missing(&older, &newer), missing(&newer, &older));
    if let ([old], [new]) = (&removed[..], &added[..]) {
        let id = ChangeId::DiscriminatorValueChanged;
        let changed = schemas.difference(id, KEYWORD).named(alternative);
        let changed = changed.values(Some(old.as_str()), Some(new.as_str()));
        schemas.record(context, changed);
        return;
    }
    record(context, schemas, removed, added);
}

fn record<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    removed: Vec<String>,
    added: Vec<String>,
) {
    let removed = (ChangeId::DiscriminatorValueRemoved, removed);
    let added = (ChangeId::DiscriminatorValueAdded, added);
    for (id, values) in [removed, added] {
        for value in values {
            schemas.record(context, schemas.difference(id, KEYWORD).named(value));
        }
    }
}

/// The values of a discriminator, each with the name of the component that it stands for.
struct Mapping<'a>(BTreeMap<&'a str, String>);

impl<'a> Mapping<'a> {
    fn new(schema: &Flattened<'a>) -> Option<Self> {
        let mapping = schema.value(KEYWORD)?.get("mapping");
        let mapping = mapping.map_or(&[][..], Node::entries).iter();
        let values = mapping.filter_map(|entry| {
            let component = mapped_component(entry.node.as_str()?);
            Some((entry.key.as_str(), component))
        });
        Some(Self(values.collect()))
    }

    /// Returns the values of a component. Without a mapping, it is the name of the component.
    fn values_of<'s>(&'s self, component: &'s str) -> Vec<&'s str> {
        let values = self.0.iter().filter(|(_, target)| *target == component);
        let values: Vec<&str> = values.map(|(value, _)| *value).collect();
        match values.is_empty() {
            true => vec![component],
            false => values,
        }
    }
}
