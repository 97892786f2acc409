//! The messages of progenitor and typify, reworded for users.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprLit, ExprMethodCall, ItemImpl, Lit, parse_quote};

use super::syntax::mentions;

/// The text before a name, the text after it, and the message in place of them.
#[rustfmt::skip] // a table
const MESSAGES: [(&str, &str, &str); 4] = [
    ("no value supplied for ", "", "`{name}` is missing"),
    ("", " was not initialized", "`{name}` is missing"),
    ("error converting supplied value for ", ": {e}", "`{name}`: {e}"),
    ("conversion to `", "` for body failed: {}", "`body`: {}"),
];

/// Rewords every message in the code of builders. Elsewhere a text that looks like one is from the spec.
pub(super) fn reworded(code: TokenStream) -> TokenStream {
    let tokens = code.into_iter().map(|token| match token {
        TokenTree::Literal(literal) => match message(&literal.to_string()) {
            Some(message) => Literal::string(&message).into(),
            None => literal.into(),
        },
        TokenTree::Group(group) => Group::new(group.delimiter(), reworded(group.stream())).into(),
        token => token,
    });
    tokens.collect()
}

/// Returns the message in place of a string literal.
fn message(literal: &str) -> Option<String> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    MESSAGES.iter().find_map(|(before, after, message)| {
        let name = text.strip_prefix(before)?.strip_suffix(after)?;
        Some(message.replacen("{name}", name, 1))
    })
}

/// Lets the errors of `FromStr` show the value: `"shorter than 3 characters".into()` becomes a call
/// of `refused`.
pub(super) struct ShowValue;

impl VisitMut for ShowValue {
    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        if let Some((_, path, _)) = &item.trait_
            && mentions(path, "FromStr")
        {
            visit_mut::visit_item_impl_mut(self, item);
        }
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method == "into"
            && let Expr::Lit(ExprLit {
                lit: Lit::Str(reason),
                ..
            }) = &*call.receiver
        {
            let reason = match reason.value() {
                length if length.contains(" than ") => format!("is {length}"),
                other => format!("is refused: {other}"),
            };
            call.receiver = parse_quote! { crate::support::request::refused(value, #reason) };
        }
    }
}
