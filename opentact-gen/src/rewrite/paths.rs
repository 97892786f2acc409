//! The paths of the prelude: `Option` in place of typify's `::std::option::Option`.

use syn::visit_mut::{self, VisitMut};
use syn::{LitStr, Path, TypePath};

use crate::names::PRELUDE;

/// Shortens paths to items of Rust's prelude. No schema has one of these names: see the rule
/// `schema-name`.
pub(super) struct Prelude;

impl VisitMut for Prelude {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        shorten_path(path);
    }

    fn visit_type_path_mut(&mut self, ty: &mut TypePath) {
        let segments = ty.path.segments.len();
        visit_mut::visit_type_path_mut(self, ty);
        if let Some(qself) = &mut ty.qself {
            // In `<V as std::convert::TryInto<T>>::Error` the position counts the trait's path.
            qself.position -= segments - ty.path.segments.len();
        }
    }

    fn visit_attribute_mut(&mut self, attribute: &mut syn::Attribute) {
        if attribute.path().is_ident("serde")
            && let syn::Meta::List(list) = &mut attribute.meta
        {
            list.tokens = list.tokens.clone().into_iter().map(shorten).collect();
        }
    }
}

fn shorten_path(path: &mut Path) {
    let mut start = path.segments.iter().map(|segment| &segment.ident);
    if let (Some(std), Some(module), Some(name)) = (start.next(), start.next(), start.next())
        && std == "std"
        && PRELUDE
            .iter()
            .any(|known| module == known.0 && name == known.1)
    {
        path.leading_colon = None;
        path.segments = path.segments.iter().skip(2).cloned().collect();
    }
}

/// Shortens a path in an attribute of serde, where it is a string such as `"::std::vec::Vec::is_empty"`.
fn shorten(token: proc_macro2::TokenTree) -> proc_macro2::TokenTree {
    let short = || {
        let text = syn::parse_str::<LitStr>(&token.to_string()).ok()?.value();
        let mut path = syn::parse_str::<Path>(&text).ok()?;
        shorten_path(&mut path);
        let text = quote::quote! { #path }.to_string().replace(' ', "");
        Some(proc_macro2::Literal::string(&text).into())
    };
    match &token {
        proc_macro2::TokenTree::Literal(_) => short().unwrap_or(token),
        _ => token,
    }
}
