//! The service: its base URL, security schemes and operations, as constants for the hand-written
//! client.

use quote::{format_ident, quote};
use syn::{Expr, ExprStruct, File, Ident, Item, ItemStatic, parse_quote};

use super::conditions::attribute;
use super::index::Index;
use super::places::Pages;
use crate::ir::{Operation, SchemeKind, SecurityScheme, SignIn};
use crate::names::module_name;

/// Returns the constants.
pub(super) fn items(index: &Index<'_>) -> Result<Vec<Item>, String> {
    let ir = index.ir;
    let schemes = ir.security_schemes.iter();
    let names = schemes.clone().map(|it| constant(&it.rust_name));
    let schemes = schemes.map(scheme);
    let tokens = ir.security_schemes.iter().filter_map(|scheme| {
        let variable = variable(scheme)?;
        let constant = constant(&scheme.rust_name);
        Some(quote! { (#variable, &schemes::#constant) })
    });
    let operations = ir.operations.iter().map(|it| listed(it, index));
    let base_url = &ir.base_url;
    let sign_in: Expr = match &ir.sign_in {
        Some(it) => sign_in(it, index)?,
        None => parse_quote! { None },
    };
    let file: File = parse_quote! {
        /// The base URL of the service: the first server of the spec.
        pub(crate) const BASE_URL: &str = #base_url;

        /// All security schemes, in the order of the spec.
        pub(crate) const SCHEMES: &[&crate::credentials::scheme::Scheme] = &[#(&schemes::#names),*];

        /// The environment variables with tokens, in the order of the spec.
        pub(crate) const TOKEN_VARIABLES: &[(&str, &crate::credentials::scheme::Scheme)] = &[#(#tokens),*];

        /// The operation that returns a token for an e-mail address and a password.
        pub(crate) static SIGN_IN: Option<crate::operation::SignIn> = #sign_in;

        /// The operations of all pages that are enabled, in the order of the spec.
        pub const OPERATIONS: &[&crate::operation::Operation] = &[#(#operations),*];

        /// The security schemes of the spec.
        pub(crate) mod schemes {
            use crate::credentials::scheme::Scheme;

            #(#schemes)*
        }
    };
    Ok(file.items)
}

/// Returns the constant of an operation.
pub(super) fn operation(operation: &Operation, index: &Index<'_>) -> Result<Item, String> {
    let constant = constant(&operation.name);
    let docs = format!(" `{}`.", operation.title());
    let value = value(operation, index, &parse_quote! { Operation {} })?;
    Ok(parse_quote! {
        #[doc = #docs]
        pub(crate) static #constant: Operation = #value;
    })
}

/// Returns the value of an operation. `empty` names its type.
fn value(
    operation: &Operation,
    index: &Index<'_>,
    empty: &ExprStruct,
) -> Result<ExprStruct, String> {
    let Operation { name, method, .. } = operation;
    let (path, idempotent, ty) = (&operation.path, operation.idempotent, &empty.path);
    let schemes = operation.security_schemes.iter();
    let schemes = schemes.map(|scheme| constant_of_scheme(scheme, index));
    let schemes = schemes.collect::<Result<Vec<Ident>, String>>()?;
    Ok(parse_quote! {
        #ty {
            name: #name,
            method: #method,
            path: #path,
            idempotent: #idempotent,
            schemes: &[#(&schemes::#schemes),*],
        }
    })
}

/// Returns the reference to an operation in the list of all, on the condition of its page.
fn listed(operation: &Operation, index: &Index<'_>) -> Expr {
    let page = index.page(&operation.page);
    let condition = attribute(&Pages::from([page]), index.ir);
    let module = format_ident!("{}", module_name(&operation.page));
    let constant = constant(&operation.name);
    parse_quote! { #condition &super::#module::operations::#constant }
}

fn sign_in(sign_in: &SignIn, index: &Index<'_>) -> Result<Expr, String> {
    let SignIn {
        operation_id,
        token,
        lifetime,
        ..
    } = sign_in;
    let mut operations = index.ir.operations.iter();
    let operation = operations.find(|operation| operation.id == *operation_id);
    let operation = operation.ok_or_else(|| format!("there is no operation `{operation_id}`"))?;
    let operation = value(
        operation,
        index,
        &parse_quote! { crate::operation::Operation {} },
    )?;
    let mut schemes = index.ir.security_schemes.iter();
    let basic = schemes.find(|scheme| scheme.kind == SchemeKind::Basic);
    let basic = constant(&basic.ok_or("there is no scheme for signing in")?.rust_name);
    let scheme = constant_of_scheme(&sign_in.scheme, index)?;
    Ok(parse_quote! {
        Some(crate::operation::SignIn {
            operation: #operation,
            basic: &schemes::#basic,
            scheme: &schemes::#scheme,
            token: #token,
            lifetime: #lifetime,
        })
    })
}

fn scheme(scheme: &SecurityScheme) -> ItemStatic {
    let SecurityScheme { name, .. } = scheme;
    let constant = constant(&scheme.rust_name);
    let docs = format!(" `{name}`, in the header `{}`.", scheme.header());
    let header = scheme.header().to_ascii_lowercase();
    let setter = format!("ClientBuilder::{}", setter(scheme));
    let prefix = match scheme.kind {
        SchemeKind::ApiKey { .. } => "",
        SchemeKind::Bearer => "Bearer ",
        SchemeKind::Basic => "Basic ",
    };
    parse_quote! {
        #[doc = #docs]
        pub(crate) static #constant: Scheme = Scheme {
            name: #name,
            header: #header,
            prefix: #prefix,
            setter: #setter,
        };
    }
}

/// Returns the method of `ClientBuilder` that takes what a scheme needs.
pub(super) fn setter(scheme: &SecurityScheme) -> &str {
    match scheme.kind {
        SchemeKind::Basic => "sign_in",
        _ => &scheme.rust_name,
    }
}

/// Returns the environment variable with the token of a scheme. There is none for an e-mail address and a
/// password.
pub(super) fn variable(scheme: &SecurityScheme) -> Option<String> {
    let is_token = scheme.kind != SchemeKind::Basic;
    is_token.then(|| format!("OPENTACT_{}", scheme.rust_name.to_uppercase()))
}

fn constant_of_scheme(name: &str, index: &Index<'_>) -> Result<Ident, String> {
    let scheme = index.scheme(name);
    let scheme = scheme.ok_or_else(|| format!("there is no security scheme `{name}`"))?;
    Ok(constant(&scheme.rust_name))
}

/// Returns the name of the constant for an operation or security scheme, such as `LIST_GROUPS`.
pub(super) fn constant(rust_name: &str) -> Ident {
    format_ident!("{}", rust_name.to_uppercase())
}
