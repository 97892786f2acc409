//! Names: operations, component schemas and security schemes have one that Rust allows, and no two
//! the same.

use std::collections::HashMap;

use heck::{ToPascalCase, ToSnakeCase};
use openapi_tree::{Entry, Node, Span, security_schemes};

use super::context::Context;
use super::report::Report;
use crate::ir::SchemeKind;
use crate::names::{is_in_prelude, type_name};
use crate::spec::{components, scheme_name};

/// The hand-written methods of `opentact_api::Client`.
#[rustfmt::skip] // a list
const CLIENT_METHODS: [&str; 6] = [
    "base_url", "builder", "clone", "from_env", "send", "send_blocking",
];

/// The hand-written methods of `opentact_api::ClientBuilder`.
#[rustfmt::skip] // a list
const BUILDER_METHODS: [&str; 23] = [
    "allow_http_to", "attempt_timeout", "base_url", "build", "client_certificate_pem", "clone", "connect_timeout",
    "http1_only", "http_client", "max_response_size", "min_tls_version", "observer",
    "only_root_certificates_pem", "pool_idle_timeout", "pool_max_idle", "proxy", "retry",
    "root_certificate_pem", "sign_in", "timeout", "user_agent_suffix", "with_token", "with_token_of",
];

/// The names that the file of the request builders imports.
const IMPORTED: [&str; 4] = ["CallOptions", "Client", "Error", "ResponseValue"];

/// The names in the prelude of Rust that are not types.
const CONSTRUCTORS: [&str; 4] = ["Err", "None", "Ok", "Some"];

/// Reports operations without a name.
pub(super) fn missing(context: &Context<'_>, report: &mut Report<'_>) {
    for operation in &context.operations {
        for keyword in ["operationId", "x-rust-name"] {
            let value = operation.node().get(keyword);
            if value.and_then(Node::as_str).is_none() {
                let title = operation.title();
                report.add(
                    value.map_or(&operation.method.key_span, |value| &value.span),
                    format!("`{title}` needs an `{keyword}` that is a string"),
                    "add `operationId` with the vendor's name of the operation, and `x-rust-name` \
                     with the name of the method in Rust, such as `list_groups`",
                );
            }
        }
    }
}

/// Reports operations, security schemes and component schemas with the same name. Schemas and request
/// builders become types in Pascal case, where `SIPUser` and `SipUser` are the same.
pub(super) fn duplicates(context: &Context<'_>, report: &mut Report<'_>) {
    let ids = named(context, "operationId").map(|(id, span)| (id.to_owned(), span));
    report.add_clashes(ids, "operations");
    let builders = named(context, "x-rust-name").map(|(name, span)| (type_name(name), span));
    report.add_clashes(builders, "request builders");
    let schemes = security_schemes(context.root).iter();
    let schemes = schemes.map(|scheme| (scheme_name(scheme), name_span(scheme)));
    report.add_clashes(schemes, "security schemes");
    let schemas = components(context.root, "schemas").iter();
    let schemas = schemas.map(|schema| (schema.key.to_pascal_case(), &schema.key_span));
    report.add_clashes(schemas, "schemas");
    builders_like_schemas(context, report);
}

/// Reports schemas with the name of a request builder, beside which their type stands in a module.
fn builders_like_schemas(context: &Context<'_>, report: &mut Report<'_>) {
    let builders = named(context, "x-rust-name");
    let builders: HashMap<String, &Span> = builders
        .map(|(name, span)| (type_name(name), span))
        .collect();
    for schema in components(context.root, "schemas") {
        let name = type_name(&schema.key);
        if let Some(builder) = builders.get(&name) {
            let message = format!("the type `{name}` has the name of a request builder");
            let help = format!("rename the schema, to `{name}Request` if a request sends it");
            report.add_related(&schema.key_span, message, help, (builder, "the operation"));
        }
    }
}

/// Returns the text of a keyword of each operation, with its place.
fn named<'a>(context: &Context<'a>, keyword: &str) -> impl Iterator<Item = (&'a str, &'a Span)> {
    let values = context.operations.iter();
    let values = values.filter_map(move |operation| operation.node().get(keyword));
    values.filter_map(|value| Some((value.as_str()?, &value.span)))
}

/// Returns the place of the name of a security scheme in Rust.
fn name_span(scheme: &Entry) -> &Span {
    let chosen = scheme.node.get("x-rust-name");
    chosen.map_or(&scheme.key_span, |name| &name.span)
}

/// Reports operations whose `x-rust-name` cannot name a method of the client or a request builder.
pub(super) fn methods(context: &Context<'_>, report: &mut Report<'_>) {
    for (name, span) in named(context, "x-rust-name") {
        if let Some(reason) = method_objection(name) {
            let help = "use other words in snake case, a verb first: `list_groups`";
            report.add(span, reason, help);
        }
    }
}

/// Returns the reason why a name cannot be that of a method of the client and of a request builder.
pub(super) fn method_objection(name: &str) -> Option<String> {
    let builder = type_name(name);
    let is_known = is_in_prelude(&builder) || IMPORTED.contains(&&*builder);
    let other = format!("the request builder `{builder}` would hide another item of this name");
    objection(name, "Client", &CLIENT_METHODS).or(is_known.then_some(other))
}

/// Reports security schemes whose name in Rust cannot be a method of the client's builder. A basic
/// scheme needs no method: its secret is that of `sign_in`.
pub(super) fn setters(context: &Context<'_>, report: &mut Report<'_>) {
    for scheme in security_schemes(context.root) {
        let chosen = scheme.node.get("x-rust-name");
        let name = scheme_name(scheme);
        let name = chosen.map_or(&*name, |name| name.as_str().unwrap_or_default());
        let is_basic = SchemeKind::new(&scheme.node) == Some(SchemeKind::Basic);
        let taken = if is_basic { &[][..] } else { &BUILDER_METHODS };
        if let Some(reason) = objection(name, "ClientBuilder", taken) {
            let help = "name the method that takes the token: `x-rust-name: account_token`";
            report.add(name_span(scheme), reason, help);
        }
    }
}

/// Returns the reason why a name cannot be that of a method of a type that has other methods.
fn objection(name: &str, owner: &str, taken: &[&str]) -> Option<String> {
    let snake_case = name.to_snake_case();
    let is_identifier = syn::parse_str::<syn::Ident>(name).is_ok();
    Some(match name {
        _ if taken.contains(&name) => format!("`{owner}` already has a method `{name}`"),
        _ if name != snake_case => {
            format!("`{name}` is not in snake case: expected `{snake_case}`")
        }
        _ if is_identifier => return None,
        _ => format!("`{name}` is not an identifier in Rust, or a keyword"),
    })
}

/// Reports component schemas whose name cannot be that of a type.
pub(super) fn schemas(context: &Context<'_>, report: &mut Report<'_>) {
    for schema in components(context.root, "schemas") {
        let name = schema.key.to_pascal_case();
        let reason = match is_in_prelude(&name) || CONSTRUCTORS.contains(&&*name) {
            true => "has another meaning in Rust",
            false if syn::parse_str::<syn::Ident>(&name).is_ok() => continue,
            false => "is not an identifier in Rust, or a keyword",
        };
        let help = "rename the schema; its name must start with a letter";
        report.add(&schema.key_span, format!("`{name}` {reason}"), help);
    }
}
