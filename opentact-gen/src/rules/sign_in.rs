//! The rule `sign-in`: the client can obtain a token by itself.

use openapi_tree::{Node, Span, security_schemes};

use super::context::Context;
use super::report::Report;
use crate::ir::SchemeKind;
use crate::spec::{accepted_schemes, payload_property};

const HELP: &str = "write `x-sign-in: {operationId: Auth, token: token, lifetime: 86400}`: the operation that \
                    returns a token, the property of its payload, and the seconds of a token's life";

/// Reports an `x-sign-in` that does not lead to a token.
pub(super) fn sign_in(context: &Context<'_>, report: &mut Report<'_>) {
    let mut first: Option<&Span> = None;
    for scheme in security_schemes(context.root) {
        let Some(entry) = scheme.node.entry("x-sign-in") else {
            continue;
        };
        if let Some(first) = first.replace(&entry.key_span) {
            let message = "a second security scheme has `x-sign-in`, but the client has one e-mail \
                           address and password";
            let help = "keep one of them";
            report.add_related(&entry.key_span, message, help, (first, "the first one"));
        }
        if SchemeKind::new(&scheme.node) == Some(SchemeKind::Basic) {
            let message = "a basic scheme has no token to sign in for";
            report.add(
                &entry.key_span,
                message,
                "move it to the scheme of the token",
            );
        }
        if let Err((span, message)) = check(context, &entry.node, &entry.key_span) {
            report.add(span, message, HELP);
        }
    }
}

/// Returns the first mistake, with its place.
fn check<'a>(
    context: &Context<'a>,
    sign_in: &'a Node,
    place: &'a Span,
) -> Result<(), (&'a Span, String)> {
    let keywords = ["operationId", "token", "lifetime"];
    if let Some(other) = sign_in
        .entries()
        .iter()
        .find(|it| !keywords.contains(&&*it.key))
    {
        return Err((
            &other.key_span,
            format!("`x-sign-in` has no keyword `{}`", other.key),
        ));
    }
    let get = |key: &str| {
        let missing = || (place, format!("`x-sign-in` lacks `{key}`"));
        sign_in.get(key).ok_or_else(missing)
    };
    let (id, token, lifetime) = (get("operationId")?, get("token")?, get("lifetime")?);
    let seconds = lifetime.as_number().and_then(serde_json::Number::as_u64);
    if seconds.is_none_or(|seconds| seconds == 0) {
        return Err((
            &lifetime.span,
            "the lifetime is not a number of seconds".to_owned(),
        ));
    }
    let mut operations = context.operations.iter();
    let operation = operations.find(|it| {
        let known = it.node().str_at("operationId");
        known.is_some() && known == id.as_str()
    });
    let Some(operation) = operation else {
        let name = id.as_str().unwrap_or_default();
        return Err((
            &id.span,
            format!("there is no operation `{name}` to sign in with"),
        ));
    };
    let is_basic = |scheme: &Node| SchemeKind::new(scheme) == Some(SchemeKind::Basic);
    if !accepted_schemes(context.root, operation).any(|scheme| is_basic(&scheme.node)) {
        let title = operation.title();
        let message =
            format!("`{title}` accepts no `http` scheme `basic`, so nobody can sign in with it");
        return Err((&id.span, message));
    }
    let is_required = |it: &&Node| it.is_true("required");
    if operation.parameters(context.root).iter().any(is_required)
        || operation.request_body(context.root).is_some()
    {
        let message = format!(
            "`{}` takes more than an e-mail address and a password",
            operation.title()
        );
        return Err((&id.span, message));
    }
    let name = token.as_str().unwrap_or_default();
    let property = payload_property(context.root, operation, name);
    match property.and_then(|property| property.str_at("type")) {
        Some("string") => Ok(()),
        _ => {
            let title = operation.title();
            let message = format!("the payload of `{title}` has no string `{name}`");
            Err((&token.span, message))
        }
    }
}
