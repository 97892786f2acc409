//! The reading of progenitor's code, an item at a time.
//!
//! syn copies all tokens into one buffer, and keeps it until it has read them all. For a large spec
//! that is tens of megabytes. The buffer of one item is small, and its memory serves for the next.

use std::mem;

use proc_macro2::TokenTree::{self, Group, Ident, Punct};
use proc_macro2::{Delimiter, TokenStream};
use syn::{File, Item, token};

use super::messages::reworded;

/// Returns the items of some code. Inner attributes are dropped.
pub(super) fn items(code: TokenStream) -> syn::Result<Vec<Item>> {
    let mut items = Vec::new();
    let mut tokens = code.into_iter().peekable();
    let mut item = Vec::new();
    while let Some(token) = tokens.next() {
        // The braces of a `use` or a `const` precede the semicolon that ends it.
        let ends =
            is_semicolon(&token) || is_braces(&token) && !tokens.peek().is_some_and(is_semicolon);
        item.push(token);
        if ends {
            items.extend(read(mem::take(&mut item))?);
        }
    }
    items.extend(read(item)?);
    Ok(items)
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, Punct(punct) if punct.as_char() == ';')
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Reads the tokens of an item. The content of a module is read by itself.
fn read(mut item: Vec<TokenTree>) -> syn::Result<Vec<Item>> {
    let content = take_module(&mut item);
    let mut file: File = syn::parse2(item.into_iter().collect())?;
    if let Some(content) = content
        && let Some(Item::Mod(module)) = file.items.last_mut()
    {
        module.content = Some((token::Brace::default(), items(content)?));
    }
    Ok(file.items)
}

/// Takes the content out of `mod name { … }`. Returns `None` for any other item.
fn take_module(item: &mut [TokenTree]) -> Option<TokenStream> {
    match item {
        [.., Ident(keyword), Ident(name), Group(body)] if keyword == "mod" => {
            let empty = proc_macro2::Group::new(Delimiter::Brace, TokenStream::new());
            let content = mem::replace(body, empty).stream();
            Some(match name == "builder" {
                true => reworded(content),
                false => content,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    /// Each kind of item that progenitor and typify write.
    #[test]
    fn items_of_every_kind_equal_those_of_syn() -> syn::Result<()> {
        let code = quote! {
            use std::{fmt, io};
            const NAMES: [&str; 1] = { ["a"] };
            pub struct Tuple(pub ::std::vec::Vec<u8>);
            #[derive(Clone)]
            pub struct Named { pub field: u8 }
            impl From<u8> for Named { fn from(field: u8) -> Self { { 1; 2 }; Self { field } } }
            /// Types.
            pub mod types {
                pub mod error { pub struct Conversion(u8); }
                pub mod empty {}
                pub enum Kind { A, B }
            }
            fn last() -> u8 { 1 }
        };
        let whole: syn::File = syn::parse2(code.clone())?;
        assert_eq!(super::items(code)?, whole.items);
        assert!(super::items(quote! { mod inside { struct Half } }).is_err());
        Ok(())
    }
}
