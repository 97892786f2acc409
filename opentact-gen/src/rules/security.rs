//! Security: every operation sends one token or none, in a header of its own, to an address that is
//! safe.

use std::collections::HashMap;

use openapi_tree::{Entry, Operation, Pointer, required_schemes, security_schemes};

use super::context::Context;
use super::report::Report;
use crate::ir::SchemeKind;
use crate::spec::accepted_schemes;

/// The headers that HTTP and the client fill themselves, in lower case.
#[rustfmt::skip] // a list
const TAKEN_HEADERS: [&str; 15] = [
    "accept", "accept-encoding", "connection", "content-encoding", "content-length", "content-type",
    "expect", "host", "keep-alive", "proxy-authorization", "te", "trailer", "transfer-encoding",
    "upgrade", "user-agent",
];

/// Reports a first server that must not receive a token, or to which no path can be appended.
pub(super) fn server(context: &Context<'_>, report: &mut Report<'_>) {
    let root = context.root;
    let url = root.descend(["servers", "0", "url"]);
    let address = url.and_then(|url| url.as_str()?.strip_prefix("https://"));
    let is_base = |rest: &str| !rest.is_empty() && !rest.contains(['?', '#', '@', '{', ' ']);
    // For an empty document, see the rule `openapi`.
    if !address.is_some_and(is_base) && !root.entries().is_empty() {
        let servers = root.span_at(&Pointer::root().child("servers"));
        report.add(
            url.map_or(&servers, |url| &url.span),
            "the first server is not an `https` address to which paths can be appended",
            "write the address of the service: `- url: https://api.opentact.org/rest`",
        );
    }
}

/// Reports operations whose security requirements do not say which token the client sends.
pub(super) fn requirements(context: &Context<'_>, report: &mut Report<'_>) {
    let root = context.root;
    for operation in &context.operations {
        let Some(security) = operation.security(root) else {
            // A mistake that operations share is reported once, at the top of the document.
            let paths = root.entry("paths").unwrap_or(operation.path);
            report.add(
                &paths.key_span,
                "the spec does not say which token an operation requires",
                "list the accepted schemes under `security`, at the top of the file or in the \
                 operation; for a public operation write `security: []`",
            );
            continue;
        };
        for requirement in security.items() {
            let message = match requirement.entries().len() {
                1 => continue,
                0 => "this requirement names no security scheme",
                _ => {
                    "this requires several security schemes at once, but the client sends one token"
                }
            };
            let help = "write each alternative as an item of its own: `[{JWT: []}, {BearerToken: []}]`; \
                        for a public operation write `security: []`";
            report.add(&requirement.span, message, help);
        }
        let mut known: HashMap<&str, &Entry> = HashMap::new();
        for entry in required_schemes(Some(security)) {
            if let Some(first) = known.insert(&entry.key, entry) {
                let message = format!("`{}` is an alternative of itself", entry.key);
                let help = "remove one of the two";
                report.add_related(
                    &entry.key_span,
                    message,
                    help,
                    (&first.key_span, "first here"),
                );
            }
        }
    }
}

/// Returns the entry of each required scheme, once for each requirement.
fn used<'a>(context: &Context<'a>) -> Vec<&'a Entry> {
    let operations = context.operations.iter().map(Operation::node);
    let nodes = std::iter::once(context.root).chain(operations);
    let used = nodes.flat_map(|node| required_schemes(node.get("security")));
    used.collect()
}

/// Reports schemes that are required but not defined, or defined but not required.
pub(super) fn definitions(context: &Context<'_>, report: &mut Report<'_>) {
    let schemes = security_schemes(context.root);
    let used = used(context);
    for entry in &used {
        if !schemes.iter().any(|scheme| scheme.key == entry.key) {
            let help = "define it under `#/components/securitySchemes`, or name an existing one";
            let message = format!("there is no security scheme `{}`", entry.key);
            report.add(&entry.key_span, message, help);
        }
    }
    // An operation without `security` is reported, and might accept any scheme.
    let security = |operation: &Operation<'_>| operation.security(context.root).is_some();
    if !context.operations.iter().all(security) {
        return;
    }
    for scheme in schemes {
        if !used.iter().any(|entry| entry.key == scheme.key) {
            let message = format!("no operation accepts the security scheme `{}`", scheme.key);
            let help = "list it under `security`, or delete it";
            report.add(&scheme.key_span, message, help);
        }
    }
}

/// Reports schemes that are not a secret in a header of their own.
pub(super) fn headers(context: &Context<'_>, report: &mut Report<'_>) {
    let mut known: HashMap<String, Vec<(SchemeKind, &Entry)>> = HashMap::new();
    for scheme in security_schemes(context.root) {
        let Some(kind) = SchemeKind::new(&scheme.node) else {
            let message = format!("the client does not support the scheme `{}`", scheme.key);
            let help = "use `type: apiKey` with `in: header`, or `type: http` with `scheme: bearer` or \
                        `scheme: basic`: the client sends a secret in a header";
            report.add(&scheme.key_span, message, help);
            continue;
        };
        let name = scheme.node.get("name");
        if let (SchemeKind::ApiKey { header }, Some(name)) = (&kind, name)
            && let Some(reason) = objection(header)
        {
            let help = "name the header that the vendor documents: `X-Auth-HA1B-Token`";
            report.add(&name.span, reason, help);
        }
        let others = known.entry(kind.header().to_ascii_lowercase()).or_default();
        // `Bearer` and `Basic` tell two secrets in `Authorization` apart.
        let is_key = |kind: &SchemeKind| matches!(kind, SchemeKind::ApiKey { .. });
        let clashes =
            |(other, _): &&(SchemeKind, &Entry)| is_key(other) || is_key(&kind) || *other == kind;
        if let Some((_, first)) = others.iter().find(clashes) {
            report.add_related(
                name.map_or(&scheme.key_span, |name| &name.span),
                format!(
                    "two security schemes use the header `{}` alike",
                    kind.header()
                ),
                "keep one of them: users would give a client the same secret twice",
                (&first.key_span, "the first one"),
            );
        }
        others.push((kind, scheme));
    }
}

/// Returns the reason why a header cannot hold a token (RFC 9110, 5.6.2).
fn objection(name: &str) -> Option<String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(is_allowed) {
        return Some(format!("`{name}` is not a valid name of a header"));
    }
    let is_taken = TAKEN_HEADERS.contains(&name.to_ascii_lowercase().as_str());
    is_taken.then(|| format!("the header `{name}` has another meaning in HTTP"))
}

/// Reports header parameters that a token of their operation would overwrite.
pub(super) fn parameters(context: &Context<'_>, report: &mut Report<'_>) {
    for (operation, parameter) in context.parameters() {
        let (Some("header"), Some(name)) = (parameter.str_at("in"), parameter.get("name")) else {
            continue;
        };
        let text = name.as_str().unwrap_or_default();
        let scheme = accepted_schemes(context.root, operation).find(|scheme| {
            let kind = SchemeKind::new(&scheme.node);
            kind.is_some_and(|kind| text.eq_ignore_ascii_case(kind.header()))
        });
        if let Some(scheme) = scheme {
            let header = scheme.node.get("name");
            report.add_related(
                &name.span,
                format!(
                    "this parameter would be overwritten by the token of `{}`",
                    scheme.key
                ),
                "remove the parameter: the security scheme describes the header",
                (
                    header.map_or(&scheme.key_span, |it| &it.span),
                    "the header of the token",
                ),
            );
        }
    }
}
