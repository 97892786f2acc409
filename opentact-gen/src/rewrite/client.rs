//! progenitor's client gives way to the hand-written one.

use syn::{Ident, Item, ItemImpl, ItemMod, parse_quote};

use super::UnexpectedShape;
use super::schemes;
use super::syntax::{functions, inherent};
use crate::ir::{Facts, Operation};

/// Leaves the types, the operations' methods and the request builders, and adds what the
/// hand-written client wants to know of the spec.
pub(super) fn replace_client(file: &mut syn::File, facts: &Facts) -> Result<(), UnexpectedShape> {
    file.items.retain_mut(|item| match item {
        Item::Mod(module) => module.ident == "types" || module.ident == "builder",
        Item::Impl(item) => has_operations(item, facts),
        _ => false,
    });
    if !file.items.iter().any(|item| matches!(item, Item::Impl(_))) {
        return Err(UnexpectedShape("`Client` has no operations".to_owned()));
    }
    for item in &mut file.items {
        if let Item::Mod(module) = item {
            module.attrs.clear(); // `#[allow(clippy::all)]` stands at the file's `mod`
        }
    }
    file.items.splice(0..0, service(facts)?);
    file.items.extend(schemes::setters(facts));
    file.items.push(operations(facts)?);
    file.items.push(schemes::all(facts));
    Ok(())
}

fn has_operations(item: &mut ItemImpl, facts: &Facts) -> bool {
    inherent(item).is_some_and(|name| name == "Client")
        && functions(item)
            .any(|function| facts.operation(&function.sig.ident.to_string()).is_some())
}

/// What the spec says of the service as a whole.
fn service(facts: &Facts) -> Result<Vec<Item>, UnexpectedShape> {
    let base_url = &facts.base_url;
    Ok(vec![
        parse_quote! { use crate::Client; },
        parse_quote! {
            /// The address of the service: the first server of the spec.
            pub(crate) const BASE_URL: &str = #base_url;
        },
        schemes::main(facts)?,
    ])
}

/// A constant for each operation, from which the client takes what it says of it.
fn operations(facts: &Facts) -> Result<Item, UnexpectedShape> {
    let mut module: ItemMod = parse_quote! {
        /// The operations, as far as the client wants to know them.
        pub(crate) mod operations {
            use super::schemes;
            use crate::operation::Operation;
        }
    };
    let constants = facts.operations.iter();
    let constants = constants.map(|operation| self::operation(operation, facts));
    if let Some((_, items)) = &mut module.content {
        items.extend(constants.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(module.into())
}

fn operation(operation: &Operation, facts: &Facts) -> Result<Item, UnexpectedShape> {
    let constant: Ident = operation.constant();
    let Operation {
        rust_name,
        method,
        path,
        idempotent,
        ..
    } = operation;
    let scheme = facts.scheme(operation);
    let scheme = scheme
        .ok_or_else(|| UnexpectedShape(format!("`{rust_name}` has no security scheme")))?
        .constant();
    let docs = format!(" `{method} {path}`.");
    Ok(parse_quote! {
        #[doc = #docs]
        pub(crate) const #constant: Operation = Operation {
            name: #rust_name,
            method: #method,
            path: #path,
            idempotent: #idempotent,
            scheme: &schemes::#scheme,
        };
    })
}
