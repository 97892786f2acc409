//! What attributes say of an item to those who use it.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Path, Token};

use super::changes::Changes;
use super::text::spaced;

/// What attributes say of an item, beside what it implements.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    pub(super) is_non_exhaustive: bool,
    is_deprecated: bool,
    /// When it is there at all: `feature = "schemars"`; nothing where it always is.
    condition: Option<String>,
}

impl Attributes {
    pub(super) fn of(attributes: &[Attribute]) -> Self {
        let metas: Vec<Meta> = unconditional(attributes).map(|(meta, _)| meta).collect();
        let has = |name| metas.iter().any(|meta| meta.path().is_ident(name));
        let conditions: Vec<String> = metas
            .iter()
            .filter(|meta| meta.path().is_ident("cfg"))
            .filter_map(|meta| Some(spaced(meta.require_list().ok()?.tokens.clone())))
            .collect();
        Self {
            is_non_exhaustive: has("non_exhaustive"),
            is_deprecated: has("deprecated"),
            condition: (!conditions.is_empty()).then(|| conditions.join(", ")),
        }
    }

    /// What those who use the item notice; `#[non_exhaustive]` is told with what it closes.
    pub(super) fn compare(&self, head: &Self, item: &str, changes: &mut Changes) {
        match (self.is_deprecated, head.is_deprecated) {
            (false, true) => changes.compatible(item, "#[deprecated], was not".to_owned()),
            (true, false) => changes.compatible(item, "not #[deprecated], was".to_owned()),
            _ => {}
        }
        compare_conditions(
            self.condition.as_ref(),
            head.condition.as_ref(),
            item,
            changes,
        );
    }
}

/// What is there always may be had everywhere; under any other condition it may be missing.
pub(super) fn compare_conditions(
    base: Option<&String>,
    head: Option<&String>,
    item: &str,
    changes: &mut Changes,
) {
    let shown = |condition: Option<&String>| {
        condition.map_or_else(|| "always".to_owned(), |it| format!("#[cfg({it})]"))
    };
    if base != head {
        let message = format!("{}, was {}", shown(head), shown(base));
        changes.changed(item, head.is_some(), message);
    }
}

/// The traits that are derived, each with the condition under which it is.
pub(super) fn derives(attributes: &[Attribute]) -> Vec<(Path, Option<String>)> {
    let mut found = Vec::new();
    for (meta, condition) in unconditional(attributes) {
        if let Meta::List(list) = &meta
            && list.path.is_ident("derive")
            && let Ok(paths) = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
        {
            found.extend(paths.into_iter().map(|path| (path, condition.clone())));
        }
    }
    found
}

/// Attributes with those within `cfg_attr(feature = "…", …)`, each with its condition.
fn unconditional(attributes: &[Attribute]) -> impl Iterator<Item = (Meta, Option<String>)> {
    attributes
        .iter()
        .flat_map(|attribute| match conditional(&attribute.meta) {
            Some((condition, metas)) => metas
                .into_iter()
                .map(|meta| (meta, Some(condition.clone())))
                .collect(),
            None => vec![(attribute.meta.clone(), None)],
        })
}

/// The condition of a `cfg_attr` and the attributes behind it.
fn conditional(meta: &Meta) -> Option<(String, Vec<Meta>)> {
    if !meta.path().is_ident("cfg_attr") {
        return None;
    }
    let list = meta.require_list().ok()?;
    let parsed = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let mut metas = parsed.ok()?.into_iter();
    let condition: TokenStream = metas.next()?.to_token_stream();
    Some((spaced(condition), metas.collect()))
}
