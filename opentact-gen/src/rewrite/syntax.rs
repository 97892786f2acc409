//! Look-ups in syntax trees.

use quote::ToTokens;
use syn::{
    Expr, Field, GenericArgument, Ident, ImplItem, ImplItemFn, Item, ItemImpl, LitStr,
    PathArguments, Token, Type, TypePath,
};

use super::unexpected_shape::UnexpectedShape;

/// Returns the items of the module `name`.
pub(super) fn module<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<Item>> {
    items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => Some(&mut module.content.as_mut()?.1),
        _ => None,
    })
}

/// Takes the items out of the module `name`.
pub(super) fn take_module(items: &mut [Item], name: &str) -> Result<Vec<Item>, UnexpectedShape> {
    let module = module(items, name).map(std::mem::take);
    module.ok_or_else(|| UnexpectedShape(format!("there is no module `{name}`")))
}

/// Returns every inherent impl, with the name of its type.
pub(super) fn inherent_impls(items: &mut [Item]) -> impl Iterator<Item = (Ident, &mut ItemImpl)> {
    items.iter_mut().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => {
            Some((last_name(&item.self_ty)?.clone(), item))
        }
        _ => None,
    })
}

/// Returns the functions of an impl.
pub(super) fn functions(item: &mut ItemImpl) -> impl Iterator<Item = &mut ImplItemFn> {
    item.items.iter_mut().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    })
}

/// Returns the last name of a type's path: `Vec` for `::std::vec::Vec<u8>`.
pub(super) fn last_name(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(TypePath { path, .. }) => path.segments.last().map(|last| &last.ident),
        _ => None,
    }
}

/// Returns the first generic argument of a type: `u8` for `Vec<u8>`.
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

/// Returns the name of a field in JSON.
pub(super) fn wire_name(field: &Field) -> String {
    let mut name = field
        .ident
        .as_ref()
        .map_or_else(String::new, Ident::to_string);
    for attribute in &field.attrs {
        if attribute.path().is_ident("serde") {
            let _ = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("rename") {
                    name = meta.value()?.parse::<LitStr>()?.value();
                } else if meta.input.peek(Token![=]) {
                    meta.value()?.parse::<Expr>()?;
                }
                Ok(())
            });
        }
    }
    name
}

/// Returns `true` if the text of some code contains another text.
pub(super) fn mentions(code: &impl ToTokens, text: &str) -> bool {
    code.to_token_stream().to_string().contains(text)
}
