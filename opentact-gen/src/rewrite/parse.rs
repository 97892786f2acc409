//! Reads progenitor's code, an item at a time.
//!
//! syn copies all tokens that it is given into one buffer, and keeps it until it has read them all.
//! For the whole code of a large spec that is tens of megabytes, fresh from the system. The buffer
//! of one item is small, and its memory serves for the next.

use std::mem;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{File, Item, token};

/// The syntax tree of whole code, as `syn::parse2` reads it.
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

/// Reads the tokens of an item, and those within a module by themselves.
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

/// Takes what stands in `mod name { … }` out of it; nothing where the tokens are of another item.
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

    /// Each kind of item that progenitor and typify write, and inner attributes.
    #[test]
    fn items_one_by_one_are_the_whole() -> syn::Result<()> {
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
    fn an_item_without_its_end_is_no_rust() {
        assert!(super::file(quote! { struct Tuple(u8); struct Half }).is_err());
        assert!(super::file(quote! { mod inside { struct Half } }).is_err());
    }
}
