//! The setters of the types' builders: they take a value of the property. typify asks for an
//! `Option<GroupName>`, which no text can be converted to.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, GenericArgument, Item, PathArguments, PathSegment, parse_quote};

use super::syntax::{first_argument, functions, inherent_impls, last_name, module};

/// Lets every setter of an optional property take the property's own type, and adds `build`, which
/// does the same as `try_into` and needs no type annotation. A property of that name keeps its setter.
pub(super) fn take_values(types: &mut [Item]) {
    let builders = module(types, "builder").map_or(&mut [][..], Vec::as_mut_slice);
    for (name, builder) in inherent_impls(builders) {
        for setter in functions(builder) {
            TakeValue { wraps: false }.visit_impl_item_fn_mut(setter);
        }
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
}

/// Replaces the bound `TryInto<Option<X>>` by `TryInto<X>`, and `value.try_into()` by
/// `value.try_into().map(Some)`.
struct TakeValue {
    /// `true` after the bound was replaced.
    wraps: bool,
}

impl VisitMut for TakeValue {
    fn visit_path_segment_mut(&mut self, segment: &mut PathSegment) {
        if segment.ident == "TryInto"
            && let PathArguments::AngleBracketed(arguments) = &mut segment.arguments
            && let Some(GenericArgument::Type(ty)) = arguments.args.first_mut()
            && last_name(ty).is_some_and(|name| name == "Option")
            && let Some(inner) = first_argument(ty)
        {
            *ty = inner.clone();
            self.wraps = true;
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::MethodCall(call) if self.wraps && call.method == "try_into" => {
                *expr = parse_quote! { #expr.map(Some) };
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }
}
