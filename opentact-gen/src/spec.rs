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

/// Returns the examples of a parameter, media type or schema, references followed.
pub(crate) fn examples_of<'a>(root: &'a Node, node: &'a Node) -> impl Iterator<Item = &'a Node> {
    let named = node.entries_at("examples").iter();
    let named = named.filter_map(|entry| resolve(root, &entry.node)?.get("value"));
    node.get("example").into_iter().chain(named)
}

/// Returns the success responses of an operation, each with the entry of its status.
pub(crate) fn successes<'a>(
    root: &'a Node,
    operation: &Operation<'a>,
) -> impl Iterator<Item = (&'a Entry, &'a Node)> {
    let responses = operation.responses(root);
    responses.filter(|(status, _)| status.key.starts_with('2'))
}

/// Returns the first success response of an operation, with the entry of its status. The others have
/// the same schema.
pub(crate) fn success<'a>(
    root: &'a Node,
    operation: &Operation<'a>,
) -> Option<(&'a Entry, &'a Node)> {
    successes(root, operation).next()
}

/// Returns the schema of the payload in the envelope of the success response.
pub(crate) fn payload<'a>(root: &'a Node, operation: &Operation<'a>) -> Option<&'a Node> {
    let (_, response) = success(root, operation)?;
    let envelope = resolve(root, json_schema(response)?)?;
    envelope.descend(["properties", "payload"])
}

/// Returns the schema of a property of the payload, references followed.
pub(crate) fn payload_property<'a>(
    root: &'a Node,
    operation: &Operation<'a>,
    name: &str,
) -> Option<&'a Node> {
    let payload = resolve(root, payload(root, operation)?)?;
    resolve(root, payload.descend(["properties", name])?)
}

/// Returns the security schemes that an operation accepts, in the order of its requirements.
pub(crate) fn accepted_schemes<'a>(
    root: &'a Node,
    operation: &Operation<'a>,
) -> impl Iterator<Item = &'a Entry> {
    let schemes = security_schemes(root);
    let required = required_schemes(operation.security(root));
    required.filter_map(|required| schemes.iter().find(|it| it.key == required.key))
}

/// Returns the name of a security scheme in Rust: `x-rust-name`, or else its name in snake case.
pub(crate) fn scheme_name(scheme: &Entry) -> String {
    let name = scheme.node.str_at("x-rust-name");
    name.map_or_else(|| scheme.key.to_snake_case(), str::to_owned)
}

/// Returns the name of a file without its extension.
pub(crate) fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
