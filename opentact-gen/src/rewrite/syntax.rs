//! Look-ups in syntax trees.

use quote::{ToTokens, quote};
use syn::parse::ParseBuffer;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Field, GenericArgument, Ident, ImplItem, ImplItemFn, Item, ItemImpl, LitStr, Meta,
    Path, PathArguments, PathSegment, Token, Type, TypePath, parse_quote,
};

/// Returns the items of the module `name`.
pub(super) fn module<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<Item>> {
    items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => Some(&mut module.content.as_mut()?.1),
        _ => None,
    })
}

/// Takes the items out of the module `name`.
pub(super) fn take_module(items: &mut [Item], name: &str) -> Result<Vec<Item>, String> {
    let module = module(items, name).map(std::mem::take);
    module.ok_or_else(|| format!("there is no module `{name}`"))
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

/// Lets the compiler warn about unused values of every struct.
pub(super) fn must_use(items: &mut [Item], reason: &str) {
    for item in items {
        if let Item::Struct(item) = item {
            item.attrs.push(parse_quote! { #[must_use = #reason] });
        }
    }
}

/// Returns the name of the type that an item defines or implements something for.
pub(super) fn owner(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Impl(item) => last_name(&item.self_ty),
        _ => None,
    }
}

/// Removes the traits with this name from what an attribute derives. Returns `true` if there was one.
pub(super) fn remove_derive(attributes: &mut [Attribute], name: &str) -> bool {
    let mut removed = false;
    for attribute in attributes
        .iter_mut()
        .filter(|it| it.path().is_ident("derive"))
    {
        let derives = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
        if let (Ok(derives), Meta::List(list)) = (derives, &mut attribute.meta) {
            let is_kept = |path: &&Path| path.segments.last().is_none_or(|it| it.ident != name);
            let kept: Vec<_> = derives.iter().filter(is_kept).collect();
            removed |= kept.len() < derives.len();
            list.tokens = quote! { #(#kept),* };
        }
    }
    removed
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(TypePath { path, .. }) => path.segments.last(),
        _ => None,
    }
}

/// Returns the last name of a type's path: `Vec` for `::std::vec::Vec<u8>`.
pub(super) fn last_name(ty: &Type) -> Option<&Ident> {
    last_segment(ty).map(|segment| &segment.ident)
}

/// Returns the first generic argument of a type: `u8` for `Vec<u8>`.
pub(super) fn first_argument(ty: &Type) -> Option<&Type> {
    match &last_segment(ty)?.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the first generic argument of a type.
pub(super) fn argument_mut(ty: &mut Type) -> Option<&mut Type> {
    let Type::Path(TypePath { path, .. }) = ty else {
        return None;
    };
    match &mut path.segments.last_mut()?.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first_mut()? {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        },
        _ => None,
    }
}

/// Returns `true` for an `Option`.
pub(super) fn is_option(ty: &Type) -> bool {
    last_name(ty).is_some_and(|name| name == "Option")
}

/// Returns the name of a field in JSON.
pub(super) fn wire_name(field: &Field) -> String {
    let ident = || field.ident.as_ref().map(Ident::to_string);
    let name = serde(&field.attrs, "rename").or_else(ident);
    name.unwrap_or_default()
}

/// Returns the value of a key in the `serde` attributes. The value of a mere key is empty.
pub(super) fn serde(attributes: &[Attribute], key: &str) -> Option<String> {
    let mut found = None;
    for attribute in attributes.iter().filter(|it| it.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            let value = meta.value().and_then(ParseBuffer::parse::<LitStr>);
            if meta.path.is_ident(key) {
                found = Some(value.map(|value| value.value()).unwrap_or_default());
            }
            Ok(())
        });
    }
    found
}

/// Returns `true` if the text of some code contains another text.
pub(super) fn mentions(code: &impl ToTokens, text: &str) -> bool {
    code.to_token_stream().to_string().contains(text)
}
