//! The items that the macros `open_enum!` and `object!` define for a type.

use proc_macro2::TokenTree;
use syn::{File, Ident, Item, ItemMacro, parse_quote};

/// Returns the items of a call of a macro, without the bodies of functions. Returns none for another
/// macro.
pub(super) fn items(call: &ItemMacro) -> Vec<Item> {
    let first = call.mac.tokens.clone().into_iter().next();
    let Some(TokenTree::Ident(name)) = first else {
        return Vec::new();
    };
    match call.mac.path.segments.last() {
        Some(macro_name) if macro_name.ident == "open_enum" => open_enum(&name),
        Some(macro_name) if macro_name.ident == "object" => {
            vec![parse_quote! { impl<'de> Deserialize<'de> for #name {} }]
        }
        _ => Vec::new(),
    }
}

fn open_enum(name: &Ident) -> Vec<Item> {
    let file: File = parse_quote! {
        impl #name {
            pub fn as_str(&self) -> &str {}
        }
        impl Display for #name {}
        impl FromStr for #name {
            type Err = crate::UnknownValue;
        }
        impl TryFrom<&str> for #name {
            type Error = crate::UnknownValue;
        }
        impl TryFrom<&String> for #name {
            type Error = crate::UnknownValue;
        }
        impl TryFrom<String> for #name {
            type Error = crate::UnknownValue;
        }
        impl Serialize for #name {}
        impl<'de> Deserialize<'de> for #name {}
    };
    file.items
}
