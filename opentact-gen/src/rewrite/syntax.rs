//! Look-ups in syntax trees.

use quote::ToTokens;
use syn::{Attribute, GenericArgument, Ident, ImplItem, ImplItemFn, Item, ItemImpl, PathArguments};
use syn::{Type, TypePath};

use super::UnexpectedShape;

/// The items of the module `name`.
pub(super) fn module<'a>(
    items: &'a mut [Item],
    name: &str,
) -> Result<&'a mut Vec<Item>, UnexpectedShape> {
    items
        .iter_mut()
        .find_map(|item| match item {
            Item::Mod(module) if module.ident == name => Some(&mut module.content.as_mut()?.1),
            _ => None,
        })
        .ok_or_else(|| UnexpectedShape(format!("there is no module `{name}`")))
}

/// The items of the module `builder` among the types, or no items if no type has a builder.
pub(super) fn builders(types: &mut [Item]) -> Result<&mut [Item], UnexpectedShape> {
    let is_there = |item: &Item| matches!(item, Item::Mod(module) if module.ident == "builder");
    if types.iter().any(is_there) {
        Ok(module(types, "builder")?)
    } else {
        Ok(&mut [])
    }
}

/// The last name of a type's path: `Vec` for `::std::vec::Vec<u8>`.
pub(super) fn last_name(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(TypePath { path, .. }) => path.segments.last().map(|last| &last.ident),
        _ => None,
    }
}

/// The first generic argument of a type: `u8` for `Vec<u8>`.
pub(super) fn first_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(TypePath { path, .. }) = ty else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &path.segments.last()?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The type `name` somewhere within a type: `Map<…>` within `Option<Map<…>>`.
pub(super) fn within<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    if last_name(ty).is_some_and(|ident| ident == name) {
        return Some(ty);
    }
    within(first_argument(ty)?, name)
}

/// The functions of an inherent impl.
pub(super) fn functions(item: &mut ItemImpl) -> impl Iterator<Item = &mut ImplItemFn> {
    item.items.iter_mut().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    })
}

/// The name of the type of an inherent impl, or `None` for an impl of a trait.
pub(super) fn inherent(item: &ItemImpl) -> Option<&Ident> {
    match item.trait_ {
        Some(_) => None,
        None => last_name(&item.self_ty),
    }
}

/// Returns `true` if the text of an attribute contains a word.
pub(super) fn mentions(attribute: &Attribute, word: &str) -> bool {
    attribute.meta.to_token_stream().to_string().contains(word)
}
