//! The hand-written client in place of progenitor's.

use quote::format_ident;
use syn::{Ident, Item, parse_quote};

use super::doc_comment::lines;
use super::index::Index;
use super::service::constant;
use super::syntax::{functions, inherent_impls};
use crate::ir::{Operation, SecurityScheme};

/// Returns the methods of `Client` that are operations, and a method of `ClientBuilder` for the token
/// of each security scheme except the main one.
pub(super) fn methods(mut items: Vec<Item>, index: &Index<'_>) -> Result<Vec<Item>, String> {
    let is_operation = |name: &Ident| index.operation(name).is_some();
    items.retain_mut(|item| {
        let mut client = inherent_impls(std::slice::from_mut(item)).filter(|it| it.0 == "Client");
        client.any(|(_, item)| functions(item).any(|it| is_operation(&it.sig.ident)))
    });
    if items.is_empty() {
        return Err("`Client` has no operations".into());
    }
    let imports: [Item; 2] = [
        parse_quote! { use super::{builder, types}; },
        parse_quote! { use crate::Client; },
    ];
    items.splice(0..0, imports);
    let further = index.ir.security_schemes.get(1..).unwrap_or_default();
    if !further.is_empty() {
        let setters = further.iter().map(|scheme| setter(scheme, index));
        items.push(parse_quote! { impl crate::ClientBuilder { #(#setters)* } });
    }
    Ok(items)
}

fn setter(scheme: &SecurityScheme, index: &Index<'_>) -> syn::ImplItemFn {
    let setter = format_ident!("{}", scheme.rust_name);
    let constant = constant(&scheme.rust_name);
    let docs = lines(&setter_docs(scheme, &index.ir.operations));
    parse_quote! {
        #(#[doc = #docs])*
        pub fn #setter(self, token: impl Into<crate::Secret>) -> Self {
            self.with_token(&super::service::schemes::#constant, token.into())
        }
    }
}

fn setter_docs(scheme: &SecurityScheme, operations: &[Operation]) -> String {
    let (name, header) = (&scheme.name, scheme.header());
    let description = scheme.description.iter();
    let description: String = description.map(|text| format!("\n\n{text}")).collect();
    let operations = operations
        .iter()
        .filter(|it| it.security_schemes.contains(name));
    let links = operations.map(|it| format!("[`{0}`](crate::Client::{0})", it.name));
    format!(
        "Sets the token for the header `{header}`.{description}\n\nThe security scheme `{name}` of the \
         spec. Without this token, the operations that require it fail with \
         [`ErrorKind::MissingToken`](crate::ErrorKind::MissingToken) and send nothing: {}.",
        links.collect::<Vec<_>>().join(", ")
    )
}
