//! Whether every operation is authenticated in the way that the client knows, at a server to
//! which a token may be sent.

use crate::scheme::{self, names};
use openapi_tree::{Entry, Finding, Node, Operation, Pointer};

const RULE: &str = "security";

/// Whether the first server is an address to which a token may be sent.
pub(super) fn server(root: &Node, findings: &mut Vec<Finding>) {
    if root.entries().is_empty() {
        return; // see the rule `openapi`
    }
    let url = root.descend(["servers", "0", "url"]);
    if url.and_then(Node::as_str).is_some_and(|url| {
        url.strip_prefix("https://")
            .is_some_and(|rest| !rest.is_empty() && !rest.contains(['?', '#', '@', '{', ' ']))
    }) {
        return;
    }
    findings.push(Finding::new(
        "server",
        &url.map_or_else(
            || root.span_at(&Pointer::root().child("servers")),
            |url| url.span.clone(),
        ),
        "the first server is no `https` address to which paths can be appended",
        "write the address of the service: `- url: https://api.opentact.org/rest`",
    ));
}

/// Whether every operation requires one scheme, and every scheme is required.
pub(super) fn requirements(root: &Node, findings: &mut Vec<Finding>) {
    let schemes = scheme::all(root);
    let is_defined = |name: &str| schemes.iter().any(|scheme| scheme.key == name);
    let required = required(root, findings);
    for requirement in required.iter().filter(|entry| !is_defined(&entry.key)) {
        findings.push(Finding::new(
            RULE,
            &requirement.key_span,
            format!("there is no security scheme `{}`", requirement.key),
            "define it under `#/components/securitySchemes`, or name one that is there",
        ));
    }
    let (wanted, unwanted): (Vec<&Entry>, Vec<&Entry>) = schemes
        .iter()
        .partition(|scheme| required.iter().any(|entry| entry.key == scheme.key));
    for scheme in unwanted.iter().filter(|_| !required.is_empty()) {
        findings.push(Finding::new(
            RULE,
            &scheme.key_span,
            format!("no operation requires the security scheme `{}`", scheme.key),
            "require it under `security`, or delete it",
        ));
    }
    if let [first, second, ..] = wanted[..]
        && names(root.get("security")).next().is_none()
    {
        findings.push(
            Finding::new(
                RULE,
                &second.key_span,
                "a second security scheme, and nothing says which of them is the main one",
                "require the one whose token a client is made with under `security` at the top of \
                 the file",
            )
            .with_related(&first.key_span, "first here"),
        );
    }
}

/// The schemes that are required, by the document as a whole and by each operation.
fn required<'a>(root: &'a Node, findings: &mut Vec<Finding>) -> Vec<&'a Entry> {
    let shared = root.get("security");
    one_scheme(shared, findings);
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
        one_scheme(own, findings);
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

/// Whether a list of requirements leaves no choice, and asks for no more than one token.
fn one_scheme(security: Option<&Node>, findings: &mut Vec<Finding>) {
    const HELP: &str = "keep one scheme, the one whose token the client is to send";
    let alternatives = security.map_or(&[][..], Node::items);
    if let [first, second, ..] = alternatives {
        findings.push(
            Finding::new(
                RULE,
                place(second),
                "a choice of security schemes, where the client sends the token of one",
                HELP,
            )
            .with_related(place(first), "first here"),
        );
    }
    for alternative in alternatives {
        if let [first, second, ..] = alternative.entries() {
            findings.push(
                Finding::new(
                    RULE,
                    &second.key_span,
                    "two security schemes at once, where the client sends the token of one",
                    HELP,
                )
                .with_related(&first.key_span, "first here"),
            );
        }
    }
}

/// Where a requirement is: at the name in it, where there is one.
fn place(requirement: &Node) -> &openapi_tree::Span {
    let entry = requirement.entries().first();
    entry.map_or(&requirement.span, |entry| &entry.key_span)
}
