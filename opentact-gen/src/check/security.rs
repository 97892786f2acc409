//! Whether every operation is authenticated in the way that the client knows, at a server to
//! which a token may be sent.

use crate::finding::Finding;
use crate::node::{Entry, Node};
use crate::spec::Operation;

const RULE: &str = "security";

/// Whether a text can be the name of a header (RFC 9110, 5.6.2).
fn is_token(text: &str) -> bool {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(is_token)
}

/// Whether the first server is an address to which a token may be sent.
pub(super) fn server(root: &Node, findings: &mut Vec<Finding>) {
    if root.entries().is_empty() {
        return; // see the rule `openapi`
    }
    let url = root.pointer("/servers/0/url");
    if url.and_then(Node::as_str).is_some_and(|url| {
        url.strip_prefix("https://")
            .is_some_and(|rest| !rest.is_empty() && !rest.contains(['?', '#', '@', '{', ' ']))
    }) {
        return;
    }
    findings.push(Finding::new(
        "server",
        &url.map_or_else(|| root.span_of("/servers"), |url| url.span.clone()),
        "the first server is no `https` address to which paths can be appended",
        "write the address of the service: `- url: https://api.opentact.org/rest`",
    ));
}

pub(super) fn schemes(root: &Node, findings: &mut Vec<Finding>) {
    let schemes = root
        .pointer("/components/securitySchemes")
        .map_or(&[][..], Node::entries);
    let requirements = requirements(root, findings);
    for requirement in &requirements {
        if !schemes.iter().any(|scheme| scheme.key == requirement.key) {
            findings.push(Finding::new(
                RULE,
                &requirement.key_span,
                format!("there is no security scheme `{}`", requirement.key),
                "define it under `#/components/securitySchemes`, or name one that is there",
            ));
        }
    }
    let required = |scheme: &&Entry| requirements.iter().any(|entry| entry.key == scheme.key);
    for scheme in schemes {
        if !requirements.is_empty() && !required(&scheme) {
            findings.push(Finding::new(
                RULE,
                &scheme.key_span,
                format!("no operation requires the security scheme `{}`", scheme.key),
                "require it under `security`, or delete it",
            ));
        }
        if scheme.node.str_at("type") != Some("apiKey")
            || scheme.node.str_at("in") != Some("header")
        {
            findings.push(Finding::new(
                RULE,
                &scheme.key_span,
                format!("the client cannot authenticate as `{}` says", scheme.key),
                "use `type: apiKey` with `in: header`: the client sends a token in a header",
            ));
        }
        if let Some(name) = scheme.node.get("name")
            && !name.as_str().is_some_and(is_token)
        {
            findings.push(Finding::new(
                RULE,
                &name.span,
                "not a name that a header can have",
                "use letters, digits and hyphens: `X-Auth-HA1B-Token`",
            ));
        }
    }
    if let Some(second) = schemes.iter().filter(required).nth(1) {
        findings.push(Finding::new(
            RULE,
            &second.key_span,
            "a second security scheme, where the client holds one token",
            "use one security scheme for all operations",
        ));
    }
}

/// The schemes that are required, by the document as a whole and by each operation.
fn requirements<'a>(root: &'a Node, findings: &mut Vec<Finding>) -> Vec<&'a Entry> {
    let shared = root.get("security");
    let mut entries: Vec<&Entry> = names(shared).collect();
    let has_own = |operation: Operation<'_>| operation.node().get("security").is_some();
    if let (None, Some(paths)) = (shared, root.entry("paths"))
        && Operation::all(root).next().is_some()
        && !Operation::all(root).any(has_own)
    {
        findings.push(Finding::new(
            RULE,
            &paths.key_span,
            "no operation is authenticated",
            "require a security scheme under `security` at the top of the file",
        ));
        return entries;
    }
    for operation in Operation::all(root) {
        let entry = operation.node().entry("security");
        let own = entry.map(|entry| &entry.node);
        if names(own.or(shared)).next().is_none() {
            findings.push(Finding::new(
                RULE,
                &entry.unwrap_or(operation.method).key_span,
                format!("`{}` is not authenticated", operation.title()),
                "require a scheme under `security`, at the top of the file or here",
            ));
        }
        entries.extend(names(own));
    }
    entries
}

fn names(security: Option<&Node>) -> impl Iterator<Item = &Entry> {
    let alternatives = security.map_or(&[][..], Node::items);
    alternatives.iter().flat_map(Node::entries)
}
