//! Schemas with a discriminator and without alternatives. A value is also one of a schema that
//! includes this one by `allOf`, and the discriminator names that schema.

use std::collections::BTreeMap;

use openapi_tree::{Node, Pointer, reference};

use super::flattened::Flattened;
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::element::{Element, Matched, Pair, mapped_component};
use crate::revision::ElementTree;

const KEYWORD: &str = "discriminator";

/// Compares the schemas that the discriminators of two schemas name. Returns `false` if neither
/// discriminator names any, so that it has no effect.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) -> bool {
    let Pair { base, head } = schemas.pair;
    let older = heirs(&context.base, &schemas.base, base);
    let newer = heirs(&context.head, &schemas.head, head);
    let has_heirs = !older.is_empty() || !newer.is_empty();
    if !base.has(KEYWORD) || !head.has(KEYWORD) {
        return has_heirs;
    }
    let matched = Matched::new(older.into_iter().collect(), newer.into_iter().collect());
    for (value, base, head) in matched.both {
        let path = schemas.path.alternative(Some(value));
        schemas.enter(context, &base, &head, path);
    }
    let names = |values: Vec<(String, Element<'a>)>| values.into_iter().map(|(value, _)| value);
    let removed = names(matched.removed).map(|value| (ChangeId::DiscriminatorValueRemoved, value));
    let added = names(matched.added).map(|value| (ChangeId::DiscriminatorValueAdded, value));
    for (id, value) in removed.chain(added) {
        schemas.record(context, schemas.difference(id, KEYWORD).named(value));
    }
    has_heirs
}

/// Returns the schemas that a discriminator names, by its values. Without a mapping, the value is
/// the name of the component.
fn heirs<'a>(
    document: &ElementTree<'a>,
    schema: &Flattened<'a>,
    own: &Element<'a>,
) -> BTreeMap<String, Element<'a>> {
    let mut heirs = BTreeMap::new();
    let Some(discriminator) = own.get(KEYWORD) else {
        return heirs;
    };
    if !schema.any_of.is_empty() || !schema.one_of.is_empty() {
        return heirs;
    }
    let root = document.root();
    let components = root.get("components").and_then(|all| all.get("schemas"));
    let Some(components) = components else {
        return heirs;
    };
    for (value, target) in discriminator.named("mapping") {
        let Some(target) = target.node.as_str() else {
            continue;
        };
        if let Some(component) = components.get(&mapped_component(target)) {
            heirs.insert(value.to_owned(), component);
        }
    }
    let mapped: Vec<Pointer> = heirs.values().map(|heir| heir.pointer.clone()).collect();
    for heir in including(&components, own) {
        if let Some(name) = heir.pointer.last()
            && !mapped.contains(&heir.pointer)
        {
            heirs.entry(name).or_insert(heir);
        }
    }
    heirs
}

/// Returns the components that include a schema by `allOf`, directly or not.
fn including<'a>(components: &Element<'a>, schema: &Element<'a>) -> Vec<Element<'a>> {
    let parts = |node: &'a Node| {
        let parts = node.get("allOf").map_or(&[][..], Node::items).iter();
        parts.filter_map(|part| Pointer::of_reference(reference(part)?))
    };
    let mut by_part: BTreeMap<Pointer, Vec<Element<'a>>> = BTreeMap::new();
    for (_, component) in components.entries() {
        for part in parts(component.node) {
            by_part.entry(part).or_default().push(component.clone());
        }
    }
    let mut found: Vec<Element<'a>> = Vec::new();
    let mut waiting = vec![schema.pointer.clone()];
    while let Some(pointer) = waiting.pop() {
        for heir in by_part.remove(&pointer).unwrap_or_default() {
            waiting.push(heir.pointer.clone());
            if !found.iter().any(|known| known.pointer == heir.pointer) {
                found.push(heir);
            }
        }
    }
    found
}
