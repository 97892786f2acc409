//! The setters of request builders, in the form that progenitor gives them.

use syn::{GenericArgument, ImplItemFn, PathArguments, Type, TypeParamBound, WherePredicate};

/// Returns the type that a setter converts its value to: `T` of the bound `TryInto<T>`.
pub(crate) fn converted_type(setter: &ImplItemFn) -> Option<Type> {
    let predicates = &setter.sig.generics.where_clause.as_ref()?.predicates;
    let WherePredicate::Type(bound) = predicates.first()? else {
        return None;
    };
    let TypeParamBound::Trait(bound) = bound.bounds.first()? else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &bound.path.segments.last()?.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    }
}
