//! The methods of the client's builder that take tokens.

use quote::format_ident;
use syn::{ImplItemFn, Item, parse_quote};

use super::doc_comment::lines;
use super::index::Index;
use super::service::{constant, variable};
use crate::ir::SecurityScheme;

/// Returns a method of `ClientBuilder` for the token of each security scheme. Who signs in with a
/// password calls the hand-written `sign_in`.
pub(super) fn items(index: &Index<'_>) -> Vec<Item> {
    let schemes = index.ir.security_schemes.iter();
    let setters: Vec<ImplItemFn> = schemes
        .filter_map(|scheme| Some(setter(scheme, &variable(scheme)?)))
        .collect();
    match setters.is_empty() {
        true => Vec::new(),
        false => vec![parse_quote! { impl crate::ClientBuilder { #(#setters)* } }],
    }
}

fn setter(scheme: &SecurityScheme, variable: &str) -> ImplItemFn {
    let setter = format_ident!("{}", scheme.rust_name);
    let constant = constant(&scheme.rust_name);
    let docs = lines(&docs(scheme, variable));
    parse_quote! {
        #(#[doc = #docs])*
        pub fn #setter(self, token: impl Into<crate::Secret>) -> Self {
            self.with_token(&super::service::schemes::#constant, token.into())
        }
    }
}

fn docs(scheme: &SecurityScheme, variable: &str) -> String {
    let SecurityScheme { name, .. } = scheme;
    let description = scheme.description.iter();
    let description: String = description.map(|text| format!("\n\n{text}")).collect();
    format!(
        "Sets the token for the header `{}`.{description}\n\n\
         [`Client::from_env`](crate::Client::from_env) reads it from `{variable}`.\n\nThe security scheme \
         `{name}` of the spec. The documentation of an operation names the methods whose token it accepts. Without \
         any of them, it fails with [`ErrorKind::MissingToken`](crate::ErrorKind::MissingToken) and \
         sends nothing.",
        scheme.header()
    )
}
