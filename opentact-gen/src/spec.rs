//! Look-ups in a spec that several stages need.

use heck::ToSnakeCase;
use openapi_tree::{Entry, Node, Operation, required_schemes, resolve, security_schemes};

/// The only media type of requests and responses.
pub(crate) const JSON: &str = "application/json";

/// Returns the components of a kind, such as `schemas`.
pub(crate) fn components<'a>(root: &'a Node, kind: &str) -> &'a [Entry] {
    let components = root.descend(["components", kind]);
    components.map_or(&[][..], Node::entries)
}

/// Returns the schema of a request body or response.
pub(crate) fn json_schema(node: &Node) -> Option<&Node> {
    node.descend(["content", JSON, "schema"])
}

/// Returns the schema of the request body of an operation.
pub(crate) fn body<'a>(root: &'a Node, operation: &Operation<'a>) -> Option<&'a Node> {
    operation.request_body(root).and_then(json_schema)
}

/// Returns the success response of an operation, with the entry of its status.
pub(crate) fn success<'a>(
    root: &'a Node,
    operation: &Operation<'a>,
) -> Option<(&'a Entry, &'a Node)> {
    let mut responses = operation.responses(root);
    responses.find(|(status, _)| status.key.starts_with('2'))
}

/// Returns the schema of the payload in the envelope of the success response.
pub(crate) fn payload<'a>(root: &'a Node, operation: &Operation<'a>) -> Option<&'a Node> {
    let (_, response) = success(root, operation)?;
    let envelope = resolve(root, json_schema(response)?)?;
    envelope.descend(["properties", "payload"])
}

/// Returns the main security scheme: the one that the document requires, or else the first one.
pub(crate) fn main_scheme(root: &Node) -> Option<&Entry> {
    match required_schemes(root.get("security")).next() {
        Some(required) => scheme(root, &required.key),
        None => security_schemes(root).first(),
    }
}

/// Returns the security scheme that an operation requires.
pub(crate) fn required_scheme<'a>(root: &'a Node, operation: &Operation<'a>) -> Option<&'a Entry> {
    let required = required_schemes(operation.security(root)).next()?;
    scheme(root, &required.key)
}

fn scheme<'a>(root: &'a Node, name: &str) -> Option<&'a Entry> {
    let mut schemes = security_schemes(root).iter();
    schemes.find(|scheme| scheme.key == name)
}

/// Returns the name of a security scheme in Rust: `x-rust-name`, or else its name in snake case.
pub(crate) fn scheme_name(scheme: &Entry) -> String {
    let name = scheme.node.str_at("x-rust-name");
    name.map_or_else(|| scheme.key.to_snake_case(), str::to_owned)
}
