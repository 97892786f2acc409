//! The setters of parameters: they keep the value that they refuse, check it against the values and
//! limits of the spec, and keep secrets out of messages.

use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ImplItemFn, Macro, Token, WherePredicate, parse_quote};

use super::limits::Limits;
use super::open_enum::OpenEnums;
use crate::ir::{Operation, Parameter};
use crate::names::parameter_name;
use crate::setter::converted_type;

/// Rewrites a setter.
///
/// # Errors
/// Returns the problem with a setter of another form than progenitor's.
pub(super) fn set(
    setter: &mut ImplItemFn,
    operation: &Operation,
    enums: &OpenEnums,
) -> Result<(), &'static str> {
    let name = setter.sig.ident.to_string();
    let mut parameters = operation.parameters.iter();
    let parameter = parameters.find(|parameter| parameter_name(&parameter.name) == name);
    let parameter = parameter.ok_or("has a setter of no parameter")?;
    if parameter.secret {
        *setter = secret(parameter, setter);
        return Ok(());
    }
    let unexpected = "has a setter that converts no value";
    let ty = converted_type(setter).ok_or(unexpected)?;
    let known = enums.check(&name, &ty);
    let in_range = Limits::of_parameter(parameter).check(&name);
    let mut pass = KeepRefused {
        value: parse_quote! { parameter(#name, value) #known #in_range },
        found: false,
    };
    pass.visit_block_mut(&mut setter.block);
    let clause = setter.sig.generics.where_clause.as_mut();
    let predicates = &mut clause.ok_or(unexpected)?.predicates;
    match predicates.first_mut().filter(|_| pass.found) {
        Some(WherePredicate::Type(bound)) => {
            bound.bounds.push(parse_quote! { Clone });
            bound.bounds.push(parse_quote! { std::fmt::Debug });
            let value = bound.bounded_ty.clone();
            predicates.push(parse_quote! { #value::Error: std::fmt::Display });
            Ok(())
        }
        _ => Err(unexpected),
    }
}

/// Returns the setter of a secret, which is redacted from all messages about the call.
fn secret(parameter: &Parameter, setter: &ImplItemFn) -> ImplItemFn {
    let ident = &setter.sig.ident;
    let value = match parameter.required {
        true => quote! { value },
        false => quote! { Some(value) },
    };
    parse_quote! {
        pub fn #ident(mut self, value: impl Into<crate::Secret>) -> Self {
            let value = value.into();
            self.call_options.add_secret(&value);
            self.#ident = Ok(#value);
            self
        }
    }
}

/// Replaces `value.try_into().map_err(|_| …)`, which drops the value and the reason, by a conversion that
/// keeps both.
struct KeepRefused {
    value: Expr,
    found: bool,
}

impl VisitMut for KeepRefused {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::MethodCall(call) if call.method == "map_err" => {
                *expr = (*call.receiver).clone();
                self.visit_expr_mut(expr);
            }
            Expr::MethodCall(call) if call.method == "try_into" => {
                *expr = self.value.clone();
                self.found = true;
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }
}

/// Lets the function that builds the request read the values of secrets, which have no `to_string`.
pub(super) fn expose_secrets(request: &mut ImplItemFn, operation: &Operation) {
    let secrets = operation.parameters.iter().filter(|it| it.secret);
    let secrets: Vec<String> = secrets.map(|it| parameter_name(&it.name)).collect();
    if !secrets.is_empty() {
        ExposeSecrets { secrets }.visit_impl_item_fn_mut(request);
    }
}

struct ExposeSecrets {
    secrets: Vec<String>,
}

impl ExposeSecrets {
    /// Returns the secret whose text an expression is.
    fn secret<'a>(&self, expr: &'a Expr) -> Option<&'a Expr> {
        let Expr::MethodCall(call) = expr else {
            return None;
        };
        let is_secret = |name| matches!(&*call.receiver, Expr::Path(it) if it.path.is_ident(name));
        let is_text = call.method == "to_string" && self.secrets.iter().any(is_secret);
        is_text.then_some(&*call.receiver)
    }
}

impl VisitMut for ExposeSecrets {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let text = match &*expr {
            Expr::Reference(reference) => &*reference.expr,
            text => text,
        };
        match self.secret(text) {
            Some(secret) => {
                *expr = parse_quote! { #secret.expose_secret() };
            }
            None => visit_mut::visit_expr_mut(self, expr),
        }
    }
    fn visit_macro_mut(&mut self, call: &mut Macro) {
        let arguments = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        if let Ok(mut arguments) = arguments {
            arguments.iter_mut().for_each(|it| self.visit_expr_mut(it));
            call.tokens = arguments.into_token_stream();
        }
    }
}
