//! Enumerations of strings: they keep values that the spec does not list, and send only those that it
//! lists.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};
use syn::{Attribute, Field, Fields, Ident, Item, ItemEnum, PathSegment, Type, parse_quote};

use super::direction::Directions;
use super::syntax::{owner, serde};

/// The names of the open enumerations.
pub(super) struct OpenEnums(HashSet<Ident>);

impl OpenEnums {
    /// Opens every enumeration of strings: adds the variant `Unknown`, and lets `open_enum!` write the
    /// conversions in place of typify.
    pub(super) fn open(types: &mut Vec<Item>) -> Self {
        let mut opened = HashSet::new();
        let items = std::mem::take(types);
        for mut item in items {
            match &mut item {
                Item::Enum(item) if is_open(item) => {
                    let conversions = open(item);
                    opened.insert(item.ident.clone());
                    types.extend([Item::Enum(item.clone()), conversions]);
                }
                _ => types.push(item),
            }
        }
        types.retain(|item| match item {
            Item::Impl(_) => owner(item).is_none_or(|ty| !opened.contains(ty)),
            _ => true,
        });
        Self(opened)
    }

    /// Lets the types that are only sent refuse values that the spec does not list. A received object
    /// can be stored with values that the client does not know.
    pub(super) fn refuse_unknown(&self, types: &mut [Item], directions: &Directions) {
        for item in types {
            if let Item::Struct(item) = item
                && let Fields::Named(fields) = &mut item.fields
                && !directions.receives(&item.ident)
            {
                let fields = fields.named.iter_mut();
                fields
                    .filter(|field| self.are_in(&field.ty))
                    .for_each(refuse_unknown);
            }
        }
    }

    /// Returns the check of a value of a type, as a call on the result that has the value.
    pub(super) fn check(&self, name: &str, ty: &Type) -> Option<TokenStream> {
        let check = quote! { crate::support::open_enum::known_parameter };
        let call = || quote! { .and_then(|value| #check(#name, value)) };
        self.are_in(ty).then(call)
    }

    /// Returns `true` if a type contains an open enumeration.
    fn are_in(&self, ty: &Type) -> bool {
        let mut search = Search {
            names: &self.0,
            found: false,
        };
        search.visit_type(ty);
        search.found
    }
}

struct Search<'a> {
    names: &'a HashSet<Ident>,
    found: bool,
}

impl Visit<'_> for Search<'_> {
    fn visit_path_segment(&mut self, segment: &PathSegment) {
        self.found |= self.names.contains(&segment.ident);
        visit::visit_path_segment(self, segment);
    }
}

/// Returns `true` for an enumeration of strings.
pub(super) fn is_open(item: &ItemEnum) -> bool {
    let mut variants = item.variants.iter();
    serde(&item.attrs, "untagged").is_none() && variants.all(|it| it.fields.is_empty())
}

/// Opens an enumeration, and returns the macro call that implements its conversions.
fn open(item: &mut ItemEnum) -> Item {
    item.attrs.retain(|it| it.path().is_ident("doc"));
    item.attrs
        .push(parse_quote! { #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)] });
    item.attrs.push(parse_quote! { #[non_exhaustive] });
    let mut arms = Vec::new();
    for variant in &mut item.variants {
        let value = serde(&variant.attrs, "rename");
        let value = value.unwrap_or_else(|| variant.ident.to_string());
        if variant.ident == "Unknown" {
            variant.ident = parse_quote! { UnknownValue };
        }
        let ident = &variant.ident;
        let docs = format!(" The value `{value}`.");
        arms.push(quote! { #ident = #value });
        variant.attrs = vec![parse_quote! { #[doc = #docs] }];
    }
    item.variants.push(parse_quote! {
        /// A value that the spec does not list. Requests refuse it.
        Unknown(String)
    });
    let ident = &item.ident;
    parse_quote! { crate::support::open_enum::open_enum!(#ident { #(#arms),* }); }
}

fn refuse_unknown(field: &mut Field) {
    let known: Attribute = parse_quote! {
        #[serde(serialize_with = "crate::support::open_enum::known")]
    };
    field.attrs.push(known);
}
