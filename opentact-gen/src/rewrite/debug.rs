//! The `Debug` of types with free-form objects: it shows the names in them and no values, which may
//! be credentials.

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Fields, Item, ItemStruct, Meta, Path, Token, Type, parse_quote};

use super::UnexpectedShape;
use super::syntax::{first_argument, last_name, module};

/// Replaces the derived `Debug` of every type with a free-form object, and that of its builder.
pub(super) fn show_names_only(items: &mut Vec<Item>) -> Result<(), UnexpectedShape> {
    replace_derived(items, names_only);
    let has_builders = items
        .iter()
        .any(|item| matches!(item, Item::Mod(m) if m.ident == "builder"));
    if has_builders {
        replace_derived(module(items, "builder")?, nothing);
    }
    Ok(())
}

fn replace_derived(items: &mut Vec<Item>, debug: impl Fn(&ItemStruct) -> Item) {
    let mut written = Vec::new();
    for item in items.iter_mut() {
        if let Item::Struct(item) = item
            && item.fields.iter().any(|field| is_free_form(&field.ty))
        {
            item.attrs.iter_mut().for_each(without_debug);
            written.push(debug(item));
        }
    }
    items.extend(written);
}

/// Returns `true` if a type contains JSON of any kind.
fn is_free_form(ty: &Type) -> bool {
    let mut search = FreeForm(false);
    search.visit_type(ty);
    search.0
}

struct FreeForm(bool);

impl Visit<'_> for FreeForm {
    fn visit_path(&mut self, path: &Path) {
        let json = path
            .segments
            .first()
            .is_some_and(|first| first.ident == "serde_json");
        self.0 |= json;
        visit::visit_path(self, path);
    }
}

/// Returns `true` if a type is a free-form object, optional or not.
fn is_object(ty: &Type) -> bool {
    match last_name(ty) {
        Some(name) if name == "Option" => first_argument(ty).is_some_and(is_object),
        name => name.is_some_and(|name| name == "Map"),
    }
}

fn without_debug(attribute: &mut Attribute) {
    if !attribute.path().is_ident("derive") {
        return;
    }
    let derives = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
    if let (Ok(derives), Meta::List(list)) = (derives, &mut attribute.meta) {
        let kept = derives.iter().filter(|path| !path.is_ident("Debug"));
        list.tokens = quote::quote! { #(#kept),* };
    }
}

fn names_only(item: &ItemStruct) -> Item {
    let ident = &item.ident;
    let Fields::Named(fields) = &item.fields else {
        return nothing(item);
    };
    let shown = fields.named.iter().map(|field| {
        let name = field
            .ident
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let ident = &field.ident;
        let ty = &field.ty;
        if is_object(ty) {
            quote::quote! { .field(#name, &crate::support::debug::names_only(&self.#ident)) }
        } else if is_free_form(ty) {
            quote::quote! { .field(#name, &format_args!("..")) }
        } else {
            quote::quote! { .field(#name, &self.#ident) }
        }
    });
    let name = ident.to_string();
    parse_quote! {
        impl ::std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#name) #(#shown)* .finish()
            }
        }
    }
}

fn nothing(item: &ItemStruct) -> Item {
    let ident = &item.ident;
    let name = ident.to_string();
    parse_quote! {
        impl ::std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#name).finish_non_exhaustive()
            }
        }
    }
}
