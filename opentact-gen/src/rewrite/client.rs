//! The hand-written client in place of progenitor's.

use syn::{Ident, Item, ItemImpl, parse_quote};

use super::UnexpectedShape;
use super::schemes;
use super::syntax::{functions, inherent};
use crate::ir::{Facts, Operation};

/// Keeps the types, the methods of operations and the request builders, and adds the constants that
/// the hand-written client needs.
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
            module.attrs.clear(); // `#[allow(clippy::all)]` stands at `mod generated`
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

/// The items for the service as a whole.
fn service(facts: &Facts) -> Result<Vec<Item>, UnexpectedShape> {
    let base_url = &facts.base_url;
    Ok(vec![
        parse_quote! {
            /// The base URL of the service: the first server of the spec.
            pub(crate) const BASE_URL: &str = #base_url;
        },
        schemes::main(facts)?,
    ])
}

/// The module with a constant for each operation, and a list of all of them.
fn operations(facts: &Facts) -> Result<Item, UnexpectedShape> {
    let names = facts.operations.iter().map(Operation::constant);
    let constants = facts.operations.iter();
    let constants = constants.map(|operation| self::operation(operation, facts));
    let constants = constants.collect::<Result<Vec<_>, _>>()?;
    Ok(parse_quote! {
        /// The operations of the spec.
        pub(crate) mod operations {
            use super::schemes;
            use crate::operation::Operation;

            /// All operations, in the order of the spec.
            pub const ALL: &[Operation] = &[#(#names),*];

            #(#constants)*
        }
    })
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
