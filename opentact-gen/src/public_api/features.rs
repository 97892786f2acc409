//! The features that enable an item.

use std::collections::BTreeSet;

use syn::{Attribute, LitStr, Meta};

use super::change::Difference;

/// The features of which one is enough to enable an item. Empty if it needs none.
pub(super) type Features = BTreeSet<String>;

/// Reads the condition of an item: `#[cfg(feature = "a")]` or `#[cfg(any(feature = "a", …))]`. Returns
/// `None` if it has none of its own.
pub(super) fn of_item(attributes: &[Attribute]) -> Option<Features> {
    let cfg = attributes
        .iter()
        .find(|attribute| attribute.path().is_ident("cfg"))?;
    let mut features = Features::new();
    let mut read = |meta: syn::meta::ParseNestedMeta<'_>| {
        if meta.path.is_ident("feature") {
            features.insert(meta.value()?.parse::<LitStr>()?.value());
        }
        Ok(())
    };
    let Meta::List(list) = &cfg.meta else {
        return None;
    };
    let result = list.parse_nested_meta(|meta| match meta.path.is_ident("any") {
        true => meta.parse_nested_meta(&mut read),
        false => read(meta),
    });
    result.ok().map(|()| features)
}

/// Compares the features of an item. A program that enables one that no longer suffices breaks.
pub(super) fn difference(was: &Features, is: &Features) -> Option<Difference> {
    let breaking = !was.is_subset(is) && !is.is_empty() || was.is_empty() && !is.is_empty();
    let message = || format!("enabled by {}, was {}", shown(is), shown(was));
    (was != is).then(|| Difference::new(breaking, message()))
}

fn shown(features: &Features) -> String {
    let features: Vec<String> = features.iter().map(|name| format!("`{name}`")).collect();
    match features.is_empty() {
        true => "default".to_owned(),
        false => features.join(" or "),
    }
}
