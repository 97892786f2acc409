//! Functions that are compiled in the crates that call them.

use syn::visit_mut::VisitMut;
use syn::{GenericParam, ImplItemFn, parse_quote};

/// Marks each function with `#[inline]`, so that a program compiles those that it calls, and the crate
/// itself none. Functions of types are generic, which has the same effect.
pub(super) struct Inline;

impl VisitMut for Inline {
    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        let is_type = |parameter: &GenericParam| matches!(parameter, GenericParam::Type(_));
        let is_generic = function.sig.generics.params.iter().any(is_type);
        let is_marked = function.attrs.iter().any(|it| it.path().is_ident("inline"));
        if !is_generic && !is_marked {
            function.attrs.push(parse_quote! { #[inline] });
        }
    }
}
