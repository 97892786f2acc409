//! The service: its base URL, operations and security schemes, as constants for the hand-written
//! client.

use quote::format_ident;
use syn::{File, Ident, Item, ItemConst, ItemStatic, parse_quote};

use super::index::Index;
use crate::ir::{Operation, SecurityScheme};

/// Returns the constants.
pub(super) fn items(index: &Index<'_>) -> Result<Vec<Item>, String> {
    let ir = index.ir;
    let main = ir.security_schemes.first();
    let main = main.ok_or("there is no security scheme")?;
    let operations = ir.operations.iter();
    let names = operations.clone().map(|it| constant(&it.name));
    let operations = operations.map(|it| operation(it, index));
    let operations = operations.collect::<Result<Vec<_>, _>>()?;
    let schemes = ir.security_schemes.iter().map(|it| scheme(it, main));
    let base_url = &ir.base_url;
    let main_constant = constant(&main.rust_name);
    let name = &main.name;
    let docs = format!(" The security scheme of the token that `Client::builder` takes: `{name}`.");
    let file: File = parse_quote! {
        /// The base URL of the service: the first server of the spec.
        pub(crate) const BASE_URL: &str = #base_url;

        #[doc = #docs]
        pub(crate) const MAIN_SCHEME: &crate::auth::scheme::Scheme = &schemes::#main_constant;

        /// All operations, in the order of the spec.
        pub const OPERATIONS: &[crate::operation::Operation] = &[#(operations::#names),*];

        /// The operations of the spec.
        pub(crate) mod operations {
            use super::schemes;
            use crate::operation::Operation;

            #(#operations)*
        }

        /// The security schemes of the spec.
        pub(crate) mod schemes {
            use crate::auth::scheme::Scheme;

            #(#schemes)*
        }
    };
    Ok(file.items)
}

fn operation(operation: &Operation, index: &Index<'_>) -> Result<ItemConst, String> {
    let Operation { name, method, .. } = operation;
    let (path, idempotent) = (&operation.path, operation.idempotent);
    let mut schemes = index.ir.security_schemes.iter();
    let first = schemes.clone().next();
    let accepted = operation.security_schemes.first();
    let scheme = schemes
        .find(|scheme| accepted == Some(&scheme.name))
        .or(first);
    let scheme = scheme.ok_or_else(|| format!("`{name}` has no security scheme"))?;
    let (constant, scheme) = (constant(name), constant(&scheme.rust_name));
    let docs = format!(" `{}`.", operation.title());
    Ok(parse_quote! {
        #[doc = #docs]
        pub(crate) const #constant: Operation = Operation {
            name: #name,
            method: #method,
            path: #path,
            idempotent: #idempotent,
            scheme: &schemes::#scheme,
        };
    })
}

fn scheme(scheme: &SecurityScheme, main: &SecurityScheme) -> ItemStatic {
    let constant = constant(&scheme.rust_name);
    let docs = format!(" `{}`, in the header `{}`.", scheme.name, scheme.header());
    let header = scheme.header().to_ascii_lowercase();
    let setter = match scheme.name == main.name {
        true => "Client::builder".to_owned(),
        false => format!("ClientBuilder::{}", scheme.rust_name),
    };
    parse_quote! {
        #[doc = #docs]
        pub(crate) static #constant: Scheme = Scheme {
            header: #header,
            setter: #setter,
        };
    }
}

/// Returns the name of the constant for an operation or security scheme, such as `LIST_GROUPS`.
pub(super) fn constant(rust_name: &str) -> Ident {
    format_ident!("{}", rust_name.to_uppercase())
}
