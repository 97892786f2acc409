//! Which token a client is made with: no compiler notices that it is another one.

use syn::{Expr, ExprLit, ExprPath, ExprReference, Item, Lit, Member};

use super::changes::Changes;

/// The function that takes the token.
const BUILDER: &str = "Client::builder";

/// Compares the headers that carry the token of the main security scheme.
pub(super) fn compare(base: &syn::File, head: &syn::File, changes: &mut Changes) {
    if let (Some(was), Some(is)) = (main_header(base), main_header(head))
        && was != is
    {
        let message = format!("takes the token for the header `{is}`, was the one for `{was}`");
        changes.breaking(BUILDER, message);
    }
}

/// The header of the scheme to which the constant `MAIN_SCHEME` refers.
fn main_header(file: &syn::File) -> Option<String> {
    let service = module(&file.items, "service").unwrap_or(&file.items);
    let main = service.iter().find_map(|item| match item {
        Item::Const(item) if item.ident == "MAIN_SCHEME" => path_of(&item.expr),
        _ => None,
    })?;
    module(service, "schemes")?
        .iter()
        .find_map(|item| match item {
            Item::Static(item) if item.ident == *main => header(&item.expr),
            _ => None,
        })
}

/// The items of a module.
fn module<'a>(items: &'a [Item], name: &str) -> Option<&'a Vec<Item>> {
    items.iter().find_map(|item| match item {
        Item::Mod(item) if item.ident == name => item.content.as_ref().map(|(_, items)| items),
        _ => None,
    })
}

/// The last name of what a reference refers to.
fn path_of(expression: &Expr) -> Option<&syn::Ident> {
    let Expr::Reference(ExprReference { expr, .. }) = expression else {
        return None;
    };
    let Expr::Path(ExprPath { path, .. }) = &**expr else {
        return None;
    };
    path.segments.last().map(|segment| &segment.ident)
}

fn header(scheme: &Expr) -> Option<String> {
    let Expr::Struct(scheme) = scheme else {
        return None;
    };
    scheme
        .fields
        .iter()
        .find_map(|field| match (&field.member, &field.expr) {
            (
                Member::Named(name),
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }),
            ) if name == "header" => Some(text.value()),
            _ => None,
        })
}
