//! The `Debug` of types with free-form objects: it shows the names in them and no values, which may
//! be credentials.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Field, Item, Type, parse_quote};

use super::syntax::{first_argument, last_name, mentions, module, remove_derive};

/// Replaces the derived `Debug` of every type with a free-form object, and that of its builder.
pub(super) fn show_names_only(types: &mut Vec<Item>) {
    replace_derived(types, show);
    if let Some(builders) = module(types, "builder") {
        replace_derived(builders, |_| None);
    }
}

/// Replaces the derived `Debug` of the structs with free-form values. `show` returns the call that
/// shows a field. A struct shows no fields if it returns `None` for one of them.
fn replace_derived(items: &mut Vec<Item>, show: fn(&Field) -> Option<TokenStream>) {
    let mut written = Vec::new();
    for item in items.iter_mut() {
        if let Item::Struct(item) = item
            && item.fields.iter().any(|field| is_free_form(&field.ty))
        {
            remove_derive(&mut item.attrs, "Debug");
            let ident = &item.ident;
            let name = ident.to_string();
            let fields: Option<Vec<_>> = item.fields.iter().map(show).collect();
            let shown = match fields {
                Some(fields) => quote! { #(#fields)* .finish() },
                None => quote! { .finish_non_exhaustive() },
            };
            written.push(parse_quote! {
                impl ::std::fmt::Debug for #ident {
                    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.debug_struct(#name) #shown
                    }
                }
            });
        }
    }
    items.append(&mut written);
}

/// Returns the call that shows a field, or `None` if the field has no name.
fn show(field: &Field) -> Option<TokenStream> {
    let ident = field.ident.as_ref()?;
    let name = ident.to_string();
    let value = if is_object(&field.ty) {
        quote! { crate::support::debug::names_only(&self.#ident) }
    } else if is_free_form(&field.ty) {
        quote! { format_args!("..") }
    } else {
        quote! { self.#ident }
    };
    Some(quote! { .field(#name, &#value) })
}

/// Returns `true` if a type contains JSON of any kind.
fn is_free_form(ty: &Type) -> bool {
    mentions(ty, "serde_json")
}

/// Returns `true` if a type is a free-form object, optional or not.
fn is_object(ty: &Type) -> bool {
    match last_name(ty) {
        Some(name) if name == "Option" || name == "Nullable" => {
            first_argument(ty).is_some_and(is_object)
        }
        name => name.is_some_and(|name| name == "Map"),
    }
}
