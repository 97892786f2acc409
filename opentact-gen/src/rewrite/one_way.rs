//! Types in one direction: those that are only received need no builders, and those that are only
//! sent are read by the tests of users alone.

use syn::{Ident, Item, parse_quote};

use super::direction::Directions;
use super::syntax::{functions, mentions, module, owner, remove_derive};

/// Removes types that no operation has, the builders of types that are only received, and without the
/// feature `deserialize-requests` the `Deserialize` of types that are only sent.
pub(super) fn trim(types: &mut Vec<Item>, directions: &Directions) {
    let is_used = |ty: &Ident| directions.sends(ty) || directions.receives(ty);
    types.retain_mut(|item| owner(item).is_none_or(is_used) && !is_needless(item, directions));
    if let Some(builders) = module(types, "builder") {
        builders.retain(|item| owner(item).is_none_or(|ty| directions.sends(ty)));
    }
    types.retain(|item| match item {
        Item::Mod(module) => module
            .content
            .as_ref()
            .is_none_or(|(_, items)| !items.is_empty()),
        _ => true,
    });
    for item in types {
        if owner(item).is_some_and(|ty| !directions.receives(ty)) {
            deserialize_on_demand(item);
        }
    }
}

/// Returns `true` for the `impl` with the function `builder` of a type that is only received.
fn is_needless(item: &mut Item, directions: &Directions) -> bool {
    let Item::Impl(item) = item else { return false };
    let has_builder = functions(item).any(|function| function.sig.ident == "builder");
    let ty = super::syntax::last_name(&item.self_ty);
    item.trait_.is_none() && has_builder && ty.is_some_and(|ty| !directions.sends(ty))
}

fn deserialize_on_demand(item: &mut Item) {
    let attributes = match item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Impl(item) => {
            if item
                .trait_
                .as_ref()
                .is_some_and(|(_, path, _)| mentions(path, "Deserialize"))
            {
                item.attrs
                    .push(parse_quote! { #[cfg(feature = "deserialize-requests")] });
            }
            return;
        }
        _ => return,
    };
    if remove_derive(attributes, "Deserialize") {
        attributes.push(parse_quote! {
            #[cfg_attr(feature = "deserialize-requests", derive(::serde::Deserialize))]
        });
    }
}
