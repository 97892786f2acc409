//! The messages of progenitor and typify, reworded for their reader.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprLit, ExprMethodCall, ItemImpl, Lit, LitStr, Macro, parse_quote};

/// The text that typify or progenitor writes before a name and after it, and its replacement.
const MESSAGES: [(&str, &str, &str); 3] = [
    ("no value supplied for ", "", "`{}` is missing"),
    ("", " was not initialized", "`{}` is missing"),
    ("error converting supplied value for ", ": {e}", "`{}`: {e}"),
];

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
        let from_str = item.trait_.as_ref().is_some_and(|(_, path, _)| {
            path.segments
                .last()
                .is_some_and(|last| last.ident == "FromStr")
        });
        if from_str {
            NameValue.visit_item_impl_mut(item);
        }
        visit_mut::visit_item_impl_mut(self, item);
    }
}

fn reworded(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix("conversion to `")
        && rest.ends_with("` for body failed: {}")
    {
        return Some("`body`: {}".to_owned());
    }
    MESSAGES.iter().find_map(|(before, after, ours)| {
        let name = text.strip_prefix(before)?.strip_suffix(after)?;
        let is_name = !name.is_empty() && !name.contains(' ');
        is_name.then(|| ours.replacen("{}", name, 1))
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

/// Adds the value to `Err("shorter than 3 characters".into())` in a `FromStr`.
struct NameValue;

impl VisitMut for NameValue {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if call.method == "into"
            && let Expr::Lit(ExprLit {
                lit: Lit::Str(rule),
                ..
            }) = &*call.receiver
        {
            let rule = match rule.value() {
                length if length.contains(" than ") => format!("is {length}"),
                other => format!("is refused: {other}"),
            };
            call.receiver = parse_quote! { crate::support::request::refused(value, #rule) };
        }
    }
}
