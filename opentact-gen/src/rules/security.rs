//! Security: every operation sends one token, in a header of its own, to an address that is safe.

use openapi_tree::{Entry, Node, Operation, Pointer, required_schemes, security_schemes};

use super::context::Context;
use super::report::Report;
use crate::spec::required_scheme;

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

/// Reports operations that do not require exactly one token.
pub(super) fn requirements(context: &Context<'_>, report: &mut Report<'_>) {
    let root = context.root;
    for operation in &context.operations {
        let requirements = operation.security(root).map_or(&[][..], Node::items);
        if !matches!(requirements, [one] if one.entries().len() == 1) {
            // A mistake that operations share is reported once, at the top of the document.
            let shared = || root.entry("security").or_else(|| root.entry("paths"));
            let entry = operation.node().entry("security").or_else(shared);
            let span = entry.map_or(&root.span, |entry| &entry.key_span);
            report.add(
                span,
                "this requires no security scheme or several, but the client sends exactly one token",
                "require one scheme under `security`, at the top of the file or in the operation",
            );
        }
    }
}

/// Reports several schemes if none of them is the main one, whose token every client needs.
pub(super) fn main_scheme(context: &Context<'_>, report: &mut Report<'_>) {
    let used = used(context);
    let is_used = |scheme: &&Entry| used.iter().any(|entry| entry.key == scheme.key);
    let second = security_schemes(context.root).iter().filter(is_used).nth(1);
    let mut main = required_schemes(context.root.get("security"));
    if let (Some(second), None) = (second, main.next()) {
        report.add(
            &second.key_span,
            "this spec uses several security schemes, and none of them is the main one",
            "require the one whose token every client needs under `security` at the top of the file",
        );
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
    for scheme in schemes {
        if !used.is_empty() && !used.iter().any(|entry| entry.key == scheme.key) {
            let message = format!("no operation requires the security scheme `{}`", scheme.key);
            let help = "require it under `security`, or delete it";
            report.add(&scheme.key_span, message, help);
        }
    }
}

/// Reports schemes that are not a token in a header of their own.
pub(super) fn headers(context: &Context<'_>, report: &mut Report<'_>) {
    let mut headers = Vec::new();
    for scheme in security_schemes(context.root) {
        let kind = (scheme.node.str_at("type"), scheme.node.str_at("in"));
        if kind != (Some("apiKey"), Some("header")) {
            let message = format!("the client does not support the scheme `{}`", scheme.key);
            let help = "use `type: apiKey` with `in: header`: the client sends a token in a header";
            report.add(&scheme.key_span, message, help);
        } else if let Some(header) = scheme.node.get("name") {
            let name = header.as_str().unwrap_or_default();
            if let Some(reason) = objection(name) {
                let help = "name the header that the vendor documents: `X-Auth-HA1B-Token`";
                report.add(&header.span, reason, help);
            }
            headers.push((name.to_ascii_lowercase(), &header.span));
        }
    }
    report.add_clashes(headers, "headers of security schemes");
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

/// Reports header parameters that the token of their operation would overwrite.
pub(super) fn parameters(context: &Context<'_>, report: &mut Report<'_>) {
    for (operation, parameter) in context.parameters() {
        let scheme = required_scheme(context.root, operation);
        if let Some(header) = scheme.and_then(|scheme| scheme.node.get("name"))
            && let Some(name) = parameter.get("name")
            && let (Some(token), Some(text)) = (header.as_str(), name.as_str())
            && parameter.str_at("in") == Some("header")
            && text.eq_ignore_ascii_case(token)
        {
            report.add_related(
                &name.span,
                format!("this parameter would be overwritten by the token in `{token}`"),
                "remove the parameter: the security scheme describes the header",
                (&header.span, "the header of the token"),
            );
        }
    }
}
