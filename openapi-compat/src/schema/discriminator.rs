//! The property that says which alternative a value is.

use std::collections::BTreeMap;

use super::Schemas;
use super::flattened::View;
use crate::context::Context;
use crate::compatibility::{Effect, Outcome};
use openapi_tree::Node;

/// Compares by which values alternatives are told from each other.
pub(crate) fn compare<'a>(context: &mut Context<'a>, schemas: &Schemas<'_, 'a>) {
    const KEYWORD: &str = "discriminator";
    let property = |view: &View<'a>| {
        let discriminator = view.value(KEYWORD)?;
        discriminator.str_at("propertyName")
    };
    let label = schemas.label;
    if property(&schemas.base) != property(&schemas.head) {
        if let Some(differs) = schemas.differs(KEYWORD) {
            let effect = Effect::of(Outcome::Unproven, Outcome::Unproven);
            let what = format!("`{KEYWORD}` of {label} {differs}");
            schemas.note(context, effect, KEYWORD, what);
        }
        return;
    }
    let (base, head) = (values(&schemas.base), values(&schemas.head));
    for (value, _) in base.iter().filter(|(value, _)| !head.contains_key(*value)) {
        let what = format!("no alternative of {label} is called `{value}` any more");
        schemas.note(context, Effect::NARROWER, KEYWORD, what);
    }
    for (value, _) in head.iter().filter(|(value, _)| !base.contains_key(*value)) {
        let what = format!("an alternative of {label} is called `{value}`");
        schemas.note(context, Effect::WIDER, KEYWORD, what);
    }
}

/// The values and what each stands for. An alternative that the mapping does not name has the
/// name of its component.
fn values<'a>(view: &View<'a>) -> BTreeMap<&'a str, &'a str> {
    let Some(discriminator) = view.value("discriminator") else {
        return BTreeMap::new();
    };
    let component = |target: &'a str| target.rsplit('/').next().unwrap_or(target);
    let mapping = discriminator.get("mapping").map_or(&[][..], Node::entries);
    let mut values: BTreeMap<&str, &str> = mapping
        .iter()
        .filter_map(|entry| Some((entry.key.as_str(), component(entry.node.as_str()?))))
        .collect();
    for alternative in view.any_of.iter().chain(&view.one_of) {
        let name = openapi_tree::reference(alternative.node).map(component);
        if let Some(name) = name.filter(|name| !values.values().any(|known| known == name)) {
            values.insert(name, name);
        }
    }
    values
}
