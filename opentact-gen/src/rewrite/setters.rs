//! The setters of the types' builders: they take a value of the property. typify asks for an
//! `Option<GroupName>`, which no text can be converted to.

use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, GenericArgument, ImplItemFn, Item, ItemImpl, PathArguments, Type, TypeParamBound,
    WherePredicate, parse_quote,
};

use super::UnexpectedShape;
use super::syntax::{builders, first_argument, functions, inherent, last_name};

/// Lets every setter of an optional property take the property's own type.
pub(super) fn take_values(types: &mut [Item]) -> Result<(), UnexpectedShape> {
    for item in builders(types)? {
        if let Item::Impl(item) = item
            && inherent(item).is_some()
        {
            functions(item).for_each(take_value);
            add_build(item);
        }
    }
    Ok(())
}

/// Adds `build`, which does the same as `try_into` and needs no type annotation. A property of that
/// name keeps its setter.
fn add_build(builder: &mut ItemImpl) {
    let Some(name) = inherent(builder).cloned() else {
        return;
    };
    if functions(builder).all(|function| function.sig.ident != "build") {
        builder.items.push(parse_quote! {
            /// Builds the value.
            ///
            /// # Errors
            /// Returns an error if a required property is not set, or if a property was set to a
            /// value that does not fit.
            pub fn build(self) -> Result<super::#name, super::error::ConversionError> {
                self.try_into()
            }
        });
    }
}

fn take_value(setter: &mut ImplItemFn) {
    let Some(ty) = converted(setter) else {
        return;
    };
    if let Some(inner) = first_argument(ty)
        && last_name(ty).is_some_and(|name| name == "Option")
    {
        *ty = inner.clone();
        WrapInSome.visit_block_mut(&mut setter.block);
    }
}

/// The type `X` of the bound `T: TryInto<X>`.
fn converted(setter: &mut ImplItemFn) -> Option<&mut Type> {
    let clause = setter.sig.generics.where_clause.as_mut()?;
    let WherePredicate::Type(predicate) = clause.predicates.first_mut()? else {
        return None;
    };
    let TypeParamBound::Trait(bound) = predicate.bounds.first_mut()? else {
        return None;
    };
    let last = bound.path.segments.last_mut()?;
    match &mut last.arguments {
        PathArguments::AngleBracketed(arguments) if last.ident == "TryInto" => {
            match arguments.args.first_mut()? {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Replaces `value.try_into()` by `value.try_into().map(Some)`.
struct WrapInSome;

impl VisitMut for WrapInSome {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::MethodCall(call) if call.method == "try_into" => {
                *expr = parse_quote! { #expr.map(Some) };
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }
}
