//! Whether each security scheme is a header of its own that the client can fill, by a method of its
//! own.

use std::collections::HashMap;

use super::names::why_not_snake_case;
use crate::scheme;
use openapi_tree::{Entry, Finding, Node, Operation, Span};

const RULE: &str = "security";

/// Methods that `opentact_api::ClientBuilder` has by hand.
const BUILDER_METHODS: [&str; 10] = [
    "attempt_timeout",
    "base_url",
    "build",
    "clone",
    "connect_timeout",
    "max_answer_size",
    "new",
    "retry",
    "timeout",
    "with_token",
];

/// Headers that HTTP and the client fill themselves, in lower case.
const TAKEN_HEADERS: [&str; 15] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// Whether a text can be the name of a header (RFC 9110, 5.6.2).
fn is_token(text: &str) -> bool {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_token)
}

/// Whether each scheme is a token in a header, and no other header than its own.
pub(super) fn headers(root: &Node, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<String, &Span> = HashMap::new();
    for scheme in scheme::all(root) {
        if scheme.node.str_at("type") != Some("apiKey")
            || scheme.node.str_at("in") != Some("header")
        {
            findings.push(Finding::new(
                RULE,
                &scheme.key_span,
                format!("the client cannot authenticate as `{}` says", scheme.key),
                "use `type: apiKey` with `in: header`: the client sends a token in a header",
            ));
            continue;
        }
        let Some(header) = scheme.node.get("name") else {
            continue; // see the rule `openapi`
        };
        let name = header.as_str().unwrap_or_default();
        if let Some(reason) = why_not_a_header(name) {
            findings.push(Finding::new(
                RULE,
                &header.span,
                reason,
                "name the header that the vendor documents: `X-Auth-HA1B-Token`",
            ));
        }
        let first = *seen
            .entry(name.to_ascii_lowercase())
            .or_insert(&header.span);
        if first != &header.span {
            findings.push(
                Finding::new(
                    RULE,
                    &header.span,
                    format!("two security schemes have the header `{name}`"),
                    "keep one of them, and require it where the other one is required: nobody \
                     should have to give a client the same token twice",
                )
                .with_related(first, "first here"),
            );
        }
    }
}

fn why_not_a_header(name: &str) -> Option<String> {
    if !is_token(name) {
        return Some("not a name that a header can have".to_owned());
    }
    let lower = name.to_ascii_lowercase();
    TAKEN_HEADERS
        .contains(&lower.as_str())
        .then(|| format!("`{name}` means something else in HTTP, and is not for a token"))
}

/// Whether a parameter would be overwritten by the token of its operation.
pub(super) fn parameters(root: &Node, findings: &mut Vec<Finding>) {
    for operation in Operation::all(root) {
        let header = scheme::of(root, &operation).and_then(|scheme| scheme.node.get("name"));
        let Some((header, token)) = header.and_then(|header| Some((header, header.as_str()?)))
        else {
            continue;
        };
        for parameter in operation.parameters(root) {
            let Some(name) = parameter.get("name") else {
                continue;
            };
            let is_header = parameter.str_at("in") == Some("header");
            if is_header
                && name
                    .as_str()
                    .is_some_and(|name| name.eq_ignore_ascii_case(token))
            {
                findings.push(
                    Finding::new(
                        RULE,
                        &name.span,
                        format!("a parameter where the client puts the token: `{token}`"),
                        "take the parameter away: the security scheme says that it is sent",
                    )
                    .with_related(&header.span, "the token's header"),
                );
            }
        }
    }
}

/// Whether each scheme has a name in Rust, and each but the main one a method of the builder.
pub(super) fn rust_names(root: &Node, findings: &mut Vec<Finding>) {
    let main = scheme::main(root).map(|main| main.key.as_str());
    let mut seen: HashMap<String, &Span> = HashMap::new();
    for scheme in scheme::all(root) {
        let chosen = scheme.node.get("x-rust-name");
        let span = chosen.map_or(&scheme.key_span, |name| &name.span);
        let name = scheme::rust_name(scheme);
        if let Some(reason) = why_not_a_setter(scheme, &name, main == Some(&scheme.key)) {
            findings.push(Finding::new(
                "rust-name",
                span,
                reason,
                "name the method that takes the token with `x-rust-name`, in lower case with \
                 underscores: `x-rust-name: account_token`",
            ));
            continue;
        }
        let first = *seen.entry(name.clone()).or_insert(span);
        if first != span {
            findings.push(
                Finding::new(
                    "duplicate-name",
                    span,
                    format!("two security schemes are `{name}` in Rust"),
                    "give one of them another name with `x-rust-name`",
                )
                .with_related(first, "first here"),
            );
        }
    }
}

fn why_not_a_setter(scheme: &Entry, name: &str, is_main: bool) -> Option<String> {
    let chosen = scheme.node.get("x-rust-name");
    if chosen.is_some_and(|chosen| chosen.as_str().is_none()) {
        return Some(format!(
            "the `x-rust-name` of `{}` is not a string",
            scheme.key
        ));
    }
    if !is_main && BUILDER_METHODS.contains(&name) {
        return Some(format!("`ClientBuilder` has a method `{name}` already"));
    }
    why_not_snake_case(name)
}
