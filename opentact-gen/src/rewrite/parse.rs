//! The parser of progenitor's code, one item at a time.
//!
//! syn copies all its input tokens into one buffer and keeps it until the last one is read. For the
//! code of a large spec that is tens of megabytes. The buffer of one item is small, and its memory is
//! reused for the next item.

use std::mem;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{File, Item, token};

/// Returns the same syntax tree as `syn::parse2`.
pub(super) fn file(code: TokenStream) -> syn::Result<File> {
    let mut file = File {
        shebang: None,
        attrs: Vec::new(),
        items: Vec::new(),
    };
    let mut tokens = code.into_iter().peekable();
    let mut item = Vec::new();
    while let Some(token) = tokens.next() {
        let ends = match &token {
            TokenTree::Punct(_) => is_semicolon(&token),
            // Behind the braces of a `use` or a `const` stands the semicolon that ends it.
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                !tokens.peek().is_some_and(is_semicolon)
            }
            _ => false,
        };
        item.push(token);
        if ends {
            read(mem::take(&mut item), &mut file)?;
        }
    }
    read(item, &mut file)?;
    Ok(file)
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

/// Reads the tokens of one item; the items of a module are read one by one.
fn read(mut item: Vec<TokenTree>, file: &mut File) -> syn::Result<()> {
    let inside = take_module(&mut item);
    let read: File = syn::parse2(item.into_iter().collect())?;
    file.attrs.extend(read.attrs);
    file.items.extend(read.items);
    if let Some(inside) = inside
        && let Some(Item::Mod(module)) = file.items.last_mut()
    {
        let inside = self::file(inside)?;
        module.attrs.extend(inside.attrs);
        module.content = Some((token::Brace::default(), inside.items));
    }
    Ok(())
}

/// Takes the content out of `mod name { … }`. Returns `None` for other items.
fn take_module(item: &mut [TokenTree]) -> Option<TokenStream> {
    match item {
        [
            ..,
            TokenTree::Ident(keyword),
            TokenTree::Ident(_),
            TokenTree::Group(body),
        ] if keyword == "mod" => {
            let empty = Group::new(Delimiter::Brace, TokenStream::new());
            Some(mem::replace(body, empty).stream())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens, quote};

    /// The code has each kind of item that progenitor and typify write, and inner attributes.
    #[test]
    fn file_of_every_kind_of_item_equals_parse2() -> syn::Result<()> {
        let code = quote! {
            #![allow(unused)]
            use std::{fmt, io};
            const NAMES: [&str; 1] = { ["a"] };
            pub struct Unit;
            pub struct Tuple(pub ::std::vec::Vec<u8>);
            #[derive(Clone)]
            pub struct Named { pub field: u8 }
            impl From<Unit> for Tuple {
                fn from(_: Unit) -> Self { let value = { 1; 2 }; Self(vec![value]) }
            }
            pub mod types {
                #![doc = "Types."]
                pub mod error { pub struct Conversion(u8); }
                pub mod empty {}
                pub enum Kind { A, B }
                pub type Alias = Kind;
            }
            pub mod elsewhere;
            fn last() -> u8 { 1 }
        };
        let whole: syn::File = syn::parse2(code.clone())?;
        let one_by_one = super::file(code)?;
        assert_eq!(one_by_one.items.len(), whole.items.len());
        assert_eq!(
            one_by_one.to_token_stream().to_string(),
            whole.to_token_stream().to_string()
        );
        Ok(())
    }

    #[test]
    fn file_with_an_unfinished_item_fails() {
        assert!(super::file(quote! { struct Tuple(u8); struct Half }).is_err());
        assert!(super::file(quote! { mod inside { struct Half } }).is_err());
    }
}
