//! Paths: `Option` in place of typify's `::std::option::Option`, and the crate's own support code in place
//! of progenitor's.

use proc_macro2::{Literal, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Meta, Path, PathSegment, TypePath, parse_quote};

use crate::names::PRELUDE;

/// Shortens paths to items of Rust's prelude. No schema has one of these names: see the rule
/// `schema-name`.
pub(super) struct Prelude;

impl VisitMut for Prelude {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if path.segments.len() > 1
            && path
                .segments
                .last()
                .is_some_and(|it| it.ident == "ConversionError")
        {
            *path = parse_quote! { crate::ConversionError };
        }
        let is_support = |segment: &PathSegment| segment.ident == "progenitor_client";
        if path.segments.first().is_some_and(is_support) {
            let own: Path = parse_quote! { crate::support::url };
            let names = std::mem::take(&mut path.segments).into_iter().skip(1);
            path.segments = own.segments.into_iter().chain(names).collect();
        }
        let mut names = path.segments.iter().map(|segment| &segment.ident);
        let is_std = names.next().is_some_and(|name| name == "std");
        let is_path = |(module, name): &(&str, &str)| names.clone().take(2).eq([*module, *name]);
        if is_std && PRELUDE.iter().any(is_path) {
            path.leading_colon = None;
            path.segments = path.segments.iter().skip(2).cloned().collect();
        }
    }

    fn visit_type_path_mut(&mut self, ty: &mut TypePath) {
        let segments = ty.path.segments.len();
        visit_mut::visit_type_path_mut(self, ty);
        if let Some(qself) = &mut ty.qself {
            // In `<V as std::convert::TryInto<T>>::Error` the position counts the trait's path.
            qself.position -= segments - ty.path.segments.len();
        }
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        if attribute.path().is_ident("serde")
            && let Meta::List(list) = &mut attribute.meta
        {
            list.tokens = list.tokens.clone().into_iter().map(shorten).collect();
        }
    }
}

/// Shortens a path in an attribute of serde, such as the string `":: std :: vec :: Vec::is_empty"`.
fn shorten(token: TokenTree) -> TokenTree {
    let text = token.to_string().replace(' ', "");
    if !text.starts_with("\"::std::") {
        return token;
    }
    let short = PRELUDE.iter().find_map(|(module, name)| {
        let rest = text.strip_prefix(&format!("\"::std::{module}::{name}"))?;
        Some(format!("\"{name}{rest}"))
    });
    let literal = short.unwrap_or(text).parse::<Literal>();
    literal.map_or(token, TokenTree::from)
}
