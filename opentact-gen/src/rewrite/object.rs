//! The reading of objects: a macro in place of serde's derive, which takes most of the time of the
//! compiler.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::ParseBuffer;
use syn::{Attribute, Field, Fields, Item, ItemStruct, LitStr, parse_quote};

use super::syntax::{is_option, remove_derive, serde};

/// Lets the macro `object!` implement `Deserialize` for each struct of properties that derives it.
pub(super) fn read_properties(types: &mut Vec<Item>) {
    let items = std::mem::take(types);
    for mut item in items {
        let reading = match &mut item {
            Item::Struct(item) => read_object(item),
            _ => None,
        };
        types.push(item);
        types.extend(reading);
    }
}

/// Returns the call of the macro, unless serde reads a property in another way.
fn read_object(item: &mut ItemStruct) -> Option<Item> {
    let Fields::Named(fields) = &mut item.fields else {
        return None;
    };
    if item.attrs.iter().any(|it| it.path().is_ident("serde")) {
        return None;
    }
    let properties = fields.named.iter().map(property);
    let properties: Vec<TokenStream> = properties.collect::<Option<_>>()?;
    if !remove_derive(&mut item.attrs, "Deserialize") {
        return None;
    }
    let fields = fields.named.iter_mut();
    fields.for_each(|field| field.attrs.iter_mut().for_each(forget_function));
    let ident = &item.ident;
    Some(parse_quote! { crate::support::object::object!(#ident { #(#properties),* }); })
}

/// Returns the field, the kind and the name of a property.
fn property(field: &Field) -> Option<TokenStream> {
    let ident = field.ident.as_ref()?;
    let name = serde(&field.attrs, "rename");
    let name = name.unwrap_or_else(|| ident.to_string().trim_start_matches("r#").to_owned());
    let kind = match serde(&field.attrs, "deserialize_with").as_deref() {
        Some("crate::support::optional::lenient") => quote! { lenient },
        Some("crate::support::optional::nullable") => quote! { nullable },
        Some("crate::support::optional::list") => quote! { list },
        None if serde(&field.attrs, "default").is_none() && !is_option(&field.ty) => {
            let is_flat = serde(&field.attrs, "flatten").is_some();
            (!is_flat).then(|| quote! { required })?
        }
        _ => return None,
    };
    Some(quote! { #ident: #kind(#name) })
}

/// Removes the name of the function that reads a property from an attribute of serde.
fn forget_function(attribute: &mut Attribute) {
    if !attribute.path().is_ident("serde") {
        return;
    }
    let mut kept: Vec<TokenStream> = Vec::new();
    let parsed = attribute.parse_nested_meta(|meta| {
        let path = &meta.path;
        let value = meta.value().and_then(ParseBuffer::parse::<LitStr>).ok();
        if !path.is_ident("deserialize_with") {
            kept.push(match value {
                Some(value) => quote! { #path = #value },
                None => quote! { #path },
            });
        }
        Ok(())
    });
    if parsed.is_ok() {
        *attribute = parse_quote! { #[serde(#(#kept),*)] };
    }
}
