//! The conditions of items: the features of the pages that need them.

use syn::{Attribute, Item, parse_quote};

use super::places::Pages;
use crate::ir::Ir;
use crate::names::feature_name;

/// Returns the attribute that compiles an item if one of these pages is enabled.
pub(super) fn attribute(pages: &Pages, ir: &Ir) -> Attribute {
    let features = pages.iter().map(|page| feature_name(&ir.pages[*page].stem));
    let features: Vec<String> = features.collect();
    match &features[..] {
        [only] => parse_quote! { #[cfg(feature = #only)] },
        features => parse_quote! { #[cfg(any(#(feature = #features),*))] },
    }
}

/// Compiles an item only if one of these pages is enabled. The condition follows the documentation.
pub(super) fn restrict(item: &mut Item, pages: &Pages, ir: &Ir) {
    let attributes = match item {
        Item::Enum(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Macro(item) => &mut item.attrs,
        Item::Mod(item) => &mut item.attrs,
        Item::Struct(item) => &mut item.attrs,
        _ => return,
    };
    let is_doc = |attribute: &&Attribute| attribute.path().is_ident("doc");
    let position = attributes.iter().take_while(is_doc).count();
    attributes.insert(position, attribute(pages, ir));
}
