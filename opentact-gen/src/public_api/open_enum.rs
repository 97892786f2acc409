//! The items that `open_enum!` defines for an enumeration.

use proc_macro2::TokenTree;
use syn::{File, ItemMacro, parse_quote};

/// Returns the items of a call of the macro, without the bodies of functions. Returns none for another
/// macro.
pub(super) fn items(call: &ItemMacro) -> Vec<syn::Item> {
    let mut path = call.mac.path.segments.iter().rev();
    let is_open_enum = path.next().is_some_and(|name| name.ident == "open_enum");
    let first = call.mac.tokens.clone().into_iter().next();
    let Some(TokenTree::Ident(name)) = first.filter(|_| is_open_enum) else {
        return Vec::new();
    };
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
