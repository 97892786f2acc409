//! The reading of progenitor's code, an item at a time.
//!
//! syn copies all tokens into one buffer, and keeps it until it has read them all. For a large spec
//! that is tens of megabytes. The buffer of one item is small, and its memory serves for the next.
//!
//! The builders of types are half of the code, and those of types that are only received are dropped.
//! So they are read last, without those.

use std::mem;

use proc_macro2::TokenTree::{self, Group, Ident, Punct};
use proc_macro2::{Delimiter, TokenStream};
use syn::{File, Item, token};

use super::messages::reworded;

/// The code of progenitor.
pub(super) struct Code {
    /// The items, without the module `types::builder`.
    pub(super) items: Vec<Item>,
    /// The content of `types::builder`, which is not read yet.
    pub(super) builders: TokenStream,
}

/// Reads all code except the builders of types. Inner attributes are dropped.
pub(super) fn code(code: TokenStream) -> syn::Result<Code> {
    let mut builders = TokenStream::new();
    let items = items(code, &mut |path: &[&str], content| match path {
        ["types", "builder"] => {
            builders = reworded(content);
            None
        }
        ["builder"] => Some(reworded(content)),
        _ => Some(content),
    });
    Ok(Code {
        items: items?,
        builders,
    })
}

/// Reads the builders of types, without those of the types for which `is_needless` returns `true`.
pub(super) fn builders(
    code: TokenStream,
    is_needless: impl Fn(&proc_macro2::Ident) -> bool,
) -> syn::Result<Vec<Item>> {
    let names_needless = |token: &TokenTree| match token {
        Ident(name) => is_needless(name),
        _ => false,
    };
    let mut items = Vec::new();
    for item in split(code) {
        // The body of an item is a group of its own.
        if !item.iter().any(names_needless) {
            items.extend(read(item, &[], &mut |_, content| Some(content))?);
        }
    }
    Ok(items)
}

/// Takes the path and the content of a module, and returns the content to read, or `None` to drop the
/// module.
type Content<'a> = dyn FnMut(&[&str], TokenStream) -> Option<TokenStream> + 'a;

/// Returns the items of some code.
fn items(code: TokenStream, content: &mut Content<'_>) -> syn::Result<Vec<Item>> {
    items_of(code, &[], content)
}

fn items_of(code: TokenStream, path: &[&str], content: &mut Content<'_>) -> syn::Result<Vec<Item>> {
    let mut items = Vec::new();
    for item in split(code) {
        items.extend(read(item, path, content)?);
    }
    Ok(items)
}

/// Splits code into the tokens of each item.
fn split(code: TokenStream) -> impl Iterator<Item = Vec<TokenTree>> {
    let mut tokens = code.into_iter().peekable();
    std::iter::from_fn(move || {
        let mut item = Vec::new();
        while let Some(token) = tokens.next() {
            // The braces of a `use` or a `const` precede the semicolon that ends it.
            let ends = is_semicolon(&token)
                || is_braces(&token) && !tokens.peek().is_some_and(is_semicolon);
            item.push(token);
            if ends {
                break;
            }
        }
        (!item.is_empty()).then_some(item)
    })
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, Punct(punct) if punct.as_char() == ';')
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Reads the tokens of an item in the module `path`. The content of a module is read by itself.
fn read(
    mut item: Vec<TokenTree>,
    path: &[&str],
    content: &mut Content<'_>,
) -> syn::Result<Vec<Item>> {
    let module = take_module(&mut item);
    let mut file: File = syn::parse2(item.into_iter().collect())?;
    if let Some((name, code)) = module
        && let Some(Item::Mod(module)) = file.items.last_mut()
    {
        let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
        let Some(code) = content(&path, code) else {
            return Ok(Vec::new());
        };
        module.content = Some((token::Brace::default(), items_of(code, &path, content)?));
    }
    Ok(file.items)
}

/// Takes the content out of `mod name { … }`, and returns it with the name. Returns `None` for any other
/// item.
fn take_module(item: &mut [TokenTree]) -> Option<(String, TokenStream)> {
    match item {
        [.., Ident(keyword), Ident(name), Group(body)] if keyword == "mod" => {
            let empty = proc_macro2::Group::new(Delimiter::Brace, TokenStream::new());
            Some((name.to_string(), mem::replace(body, empty).stream()))
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
        assert_eq!(super::code(code)?.items, whole.items);
        assert!(super::code(quote! { mod inside { struct Half } }).is_err());
        Ok(())
    }

    #[test]
    fn builders_of_needless_types_are_not_read() -> syn::Result<()> {
        let code = super::code(quote! {
            pub mod types {
                pub struct Sent { pub field: u8 }
                pub mod builder {
                    pub struct Sent { field: u8 }
                    impl Default for Sent { fn default() -> Self { Sent::from(Received) } }
                    pub struct Received { 1 }
                    impl TryFrom<Received> for super::Received {}
                }
            }
        })?;
        assert_eq!(code.items.len(), 1);
        let builders = super::builders(code.builders, |name| name == "Received")?;
        let expected: syn::File = syn::parse_quote! {
            pub struct Sent { field: u8 }
            impl Default for Sent { fn default() -> Self { Sent::from(Received) } }
        };
        assert_eq!(builders, expected.items);
        Ok(())
    }
}
