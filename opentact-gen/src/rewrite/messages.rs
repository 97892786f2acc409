//! The messages of progenitor and typify, reworded for users.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprLit, ExprMethodCall, ItemImpl, Lit, LitStr, Macro, parse_quote};

/// The text before a name, the text after it, and the message in place of them.
const MESSAGES: [(&str, &str, &str); 3] = [
    ("no value supplied for ", "", "`{}` is missing"),
    ("", " was not initialized", "`{}` is missing"),
    ("error converting supplied value for ", ": {e}", "`{}`: {e}"),
];

/// Rewords every message, and lets the errors of `FromStr` show the value.
pub(super) struct Messages;

impl VisitMut for Messages {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        if let Some(text) = reworded(&literal.value()) {
            *literal = LitStr::new(&text, literal.span());
        }
    }

    fn visit_macro_mut(&mut self, node: &mut Macro) {
        node.tokens = reworded_tokens(node.tokens.clone());
    }

    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        let last = item
            .trait_
            .as_ref()
            .and_then(|(_, path, _)| path.segments.last());
        if last.is_some_and(|last| last.ident == "FromStr") {
            ShowValue.visit_item_impl_mut(item);
        }
        visit_mut::visit_item_impl_mut(self, item);
    }
}

fn reworded(text: &str) -> Option<String> {
    if text.starts_with("conversion to `") && text.ends_with("` for body failed: {}") {
        return Some("`body`: {}".to_owned());
    }
    MESSAGES.iter().find_map(|(before, after, message)| {
        let name = text.strip_prefix(before)?.strip_suffix(after)?;
        let is_name = !name.is_empty() && !name.contains(' ');
        is_name.then(|| message.replacen("{}", name, 1))
    })
}

fn reworded_tokens(tokens: TokenStream) -> TokenStream {
    let reword = |token: TokenTree| match token {
        TokenTree::Literal(literal) => {
            let text = syn::parse_str::<LitStr>(&literal.to_string()).ok();
            match text.and_then(|text| reworded(&text.value())) {
                Some(text) => Literal::string(&text).into(),
                None => literal.into(),
            }
        }
        TokenTree::Group(group) => {
            Group::new(group.delimiter(), reworded_tokens(group.stream())).into()
        }
        token => token,
    };
    tokens.into_iter().map(reword).collect()
}

/// Adds the value to a message such as `"shorter than 3 characters".into()`.
struct ShowValue;

impl VisitMut for ShowValue {
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
