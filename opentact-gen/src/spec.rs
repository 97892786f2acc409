//! A document seen as OpenAPI: its operations, its references, its schemas.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::node::{Entry, Node};

/// The methods that a path item can have, in OpenAPI's order.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Whether a keyword of a path item is a method.
pub(crate) fn is_method(keyword: &str) -> bool {
    METHODS.contains(&keyword)
}

/// An operation and where it is reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation<'a> {
    /// The path template, such as `/app/group/{uuid}`.
    pub(crate) path: &'a Entry,
    /// The method, in lower case.
    pub(crate) method: &'a Entry,
}

impl<'a> Operation<'a> {
    /// Every operation, in the order in which it stands in the spec.
    pub(crate) fn all(root: &'a Node) -> impl Iterator<Item = Self> {
        let paths = root.get("paths").map_or(&[][..], Node::entries);
        paths.iter().flat_map(|path| {
            let methods = path.node.entries().iter();
            methods
                .filter(|entry| is_method(&entry.key))
                .map(move |method| Self { path, method })
        })
    }

    pub(crate) fn node(&self) -> &'a Node {
        &self.method.node
    }

    /// How people call it: `GET /app/group`.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.method.key.to_uppercase(), self.path.key)
    }

    /// The parameters of the path item and of the operation, references followed. Where
    /// both have one of the same name and place, the operation's stands.
    pub(crate) fn parameters(&self, root: &'a Node) -> Vec<&'a Node> {
        let own = self.node().get("parameters").map_or(&[][..], Node::items);
        let shared = self
            .path
            .node
            .get("parameters")
            .map_or(&[][..], Node::items);
        let mut parameters: Vec<&Node> = Vec::new();
        for parameter in own.iter().chain(shared) {
            let parameter = resolve(root, parameter).unwrap_or(parameter);
            let identity = |node: &'a Node| (node.str_at("name"), node.str_at("in"));
            if !parameters
                .iter()
                .any(|known| identity(known) == identity(parameter))
            {
                parameters.push(parameter);
            }
        }
        parameters
    }

    /// Each answer: its status as it is written, and the response, references followed.
    pub(crate) fn responses(&self, root: &'a Node) -> impl Iterator<Item = (&'a Entry, &'a Node)> {
        let responses = self.node().get("responses").map_or(&[][..], Node::entries);
        responses
            .iter()
            .filter(|entry| !entry.key.starts_with("x-"))
            .map(move |entry| (entry, resolve(root, &entry.node).unwrap_or(&entry.node)))
    }

    /// The request body, references followed.
    pub(crate) fn request_body(&self, root: &'a Node) -> Option<&'a Node> {
        let body = self.node().get("requestBody")?;
        Some(resolve(root, body).unwrap_or(body))
    }
}

/// The target of a reference, such as `#/components/schemas/SIPUser`.
pub(crate) fn reference(node: &Node) -> Option<&str> {
    node.str_at("$ref")
}

/// The JSON pointer in a reference within the document. A reference is a URI: what that cannot
/// say is percent-encoded.
pub(crate) fn pointer(target: &str) -> Option<Cow<'_, str>> {
    let fragment = target.strip_prefix('#')?;
    percent_decode_str(fragment).decode_utf8().ok()
}

/// What a reference leads to, which may be another one.
pub(crate) fn target<'a>(root: &'a Node, node: &Node) -> Option<&'a Node> {
    root.pointer(&pointer(reference(node)?)?)
}

/// Follows references within the document until something else is reached. Nothing where
/// a reference leads nowhere or in a circle.
pub(crate) fn resolve<'a>(root: &'a Node, node: &'a Node) -> Option<&'a Node> {
    let mut node = node;
    let mut visited: Vec<&str> = Vec::new();
    while let Some(target) = reference(node) {
        if visited.contains(&target) {
            return None;
        }
        visited.push(target);
        node = root.pointer(&pointer(target)?)?;
    }
    Some(node)
}

/// What may stand inside a node.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Inside {
    /// Keywords of OpenAPI.
    Keywords,
    /// Names that the author chose, each with an OpenAPI object behind it.
    Names,
}

/// Calls `visit` on every OpenAPI object below `node`, with its JSON pointer. Data, that
/// is examples, defaults and enumerations, is passed over: it may look like anything.
pub(crate) fn walk<'a>(node: &'a Node, pointer: &str, visit: &mut impl FnMut(&'a Node, &str)) {
    walk_inside(node, pointer, Inside::Keywords, visit);
}

fn walk_inside<'a>(
    node: &'a Node,
    pointer: &str,
    inside: Inside,
    visit: &mut impl FnMut(&'a Node, &str),
) {
    if inside == Inside::Keywords && !node.entries().is_empty() {
        visit(node, pointer);
    }
    for entry in node.entries() {
        let next = match (inside, entry.key.as_str()) {
            (Inside::Names, _) => Inside::Keywords,
            (_, "example" | "default" | "enum" | "value") => continue,
            (_, key) if key.starts_with("x-") => continue,
            (_, key) if holds_names(key) => Inside::Names,
            _ => Inside::Keywords,
        };
        let pointer = format!("{pointer}/{}", crate::node::escape(&entry.key));
        walk_inside(&entry.node, &pointer, next, visit);
    }
    for (index, item) in node.items().iter().enumerate() {
        walk_inside(item, &format!("{pointer}/{index}"), Inside::Keywords, visit);
    }
}

/// Whether the keys below this keyword are names that the author chose.
fn holds_names(keyword: &str) -> bool {
    matches!(
        keyword,
        "callbacks"
            | "content"
            | "encoding"
            | "examples"
            | "headers"
            | "links"
            | "mapping"
            | "parameters"
            | "paths"
            | "properties"
            | "requestBodies"
            | "responses"
            | "schemas"
            | "scopes"
            | "securitySchemes"
            | "variables"
    )
}

/// Calls `visit` on every schema of the document, with its JSON pointer.
pub(crate) fn walk_schemas<'a>(root: &'a Node, visit: &mut impl FnMut(&'a Node, &str)) {
    walk(root, "", &mut |node, pointer| {
        if is_schema(pointer) {
            visit(node, pointer);
        }
    });
}

/// Whether a schema stands at this pointer: behind a keyword that holds schemas, or named
/// in a map of schemas.
fn is_schema(pointer: &str) -> bool {
    let mut segments = pointer.rsplit('/');
    let last = segments.next().unwrap_or_default();
    let parent = segments.next().unwrap_or_default();
    let named = matches!(
        parent,
        "schemas" | "properties" | "allOf" | "anyOf" | "oneOf"
    );
    let keyword = matches!(last, "schema" | "items" | "not" | "additionalProperties");
    // A property called `items` is named, too, so that either way it is a schema.
    named || keyword
}

/// The schemas right inside a schema, each with the keyword before it, or the property's name.
pub(crate) fn subschemas(schema: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let properties = schema.get("properties").map_or(&[][..], Node::entries);
    let properties = properties
        .iter()
        .map(|entry| (entry.key.as_str(), &entry.node));
    let parts = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|keyword| {
        let parts = schema.get(keyword).map_or(&[][..], Node::items);
        parts.iter().map(move |part| (keyword, part))
    });
    let single = ["items", "additionalProperties", "not"]
        .into_iter()
        .filter_map(|keyword| Some((keyword, schema.get(keyword)?)));
    let single = single.filter(|(_, part)| !part.entries().is_empty());
    properties.chain(parts).chain(single)
}
