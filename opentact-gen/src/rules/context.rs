//! The document as the rules see it: its operations and the schemas that progenitor reads.

use std::collections::HashSet;

use openapi_tree::{
    Entry, Holds, Node, Operation, SUBSCHEMA_KEYWORDS, Span, resolve, subschemas, target,
};

/// The only media type of requests and responses.
pub(super) const JSON: &str = "application/json";

/// A document, with everything that several rules look at.
pub(super) struct Context<'a> {
    pub(super) root: &'a Node,
    pub(super) operations: Vec<Operation<'a>>,
    /// Every schema that is reachable from an operation, those inside others as well, each once.
    pub(super) schemas: Vec<Reachable<'a>>,
}

/// The direction in which the values of a schema travel.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Direction {
    /// To the server, and perhaps back as well.
    Sent,
    /// From the server. The stage `lower` removes the limits of such values.
    Received,
}

/// A schema that is reachable from an operation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reachable<'a> {
    pub(super) schema: &'a Node,
    pub(super) direction: Direction,
}

impl<'a> Context<'a> {
    /// Collects the operations and schemas of a document.
    pub(super) fn new(root: &'a Node) -> Self {
        let mut context = Self {
            root,
            operations: Operation::all(root).collect(),
            schemas: Vec::new(),
        };
        let mut known = HashSet::new();
        // A schema of both directions counts as sent.
        for operation in context.operations.clone() {
            let parameters = operation.parameters(root).into_iter();
            let parameters = parameters.filter_map(|parameter| parameter.get("schema"));
            for schema in parameters.chain(body(root, &operation)) {
                context.reach(schema, Direction::Sent, &mut known);
            }
        }
        for operation in context.operations.clone() {
            if let Some(schema) = payload(root, &operation) {
                context.reach(schema, Direction::Received, &mut known);
            }
        }
        context
    }

    /// Adds a schema, those inside it and those that it refers to.
    fn reach(&mut self, schema: &'a Node, direction: Direction, known: &mut HashSet<*const Node>) {
        let mut waiting = vec![schema];
        while let Some(schema) = waiting.pop() {
            if known.insert(schema) {
                self.schemas.push(Reachable { schema, direction });
                waiting.extend(target(self.root, schema));
                waiting.extend(subschemas(schema).map(|(_, schema)| schema));
            }
        }
    }

    /// Returns every parameter, with its operation. A parameter that operations share is repeated.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&Operation<'a>, &'a Node)> {
        self.operations.iter().flat_map(|operation| {
            let parameters = operation.parameters(self.root).into_iter();
            parameters.map(move |parameter| (operation, parameter))
        })
    }

    /// Returns every response, with its operation and the entry of its status.
    pub(super) fn responses(&self) -> impl Iterator<Item = (&Operation<'a>, &'a Entry, &'a Node)> {
        self.operations.iter().flat_map(|operation| {
            let responses = operation.responses(self.root);
            responses.map(move |(status, response)| (operation, status, response))
        })
    }

    /// Returns every request body, with the method and the place of its keyword.
    pub(super) fn bodies(&self) -> impl Iterator<Item = (&'a str, &'a Span, &'a Node)> {
        self.operations.iter().filter_map(|operation| {
            let entry = operation.node().entry("requestBody")?;
            let body = operation.request_body(self.root)?;
            Some((operation.method.key.as_str(), &entry.key_span, body))
        })
    }

    /// Returns the components of a kind, such as `schemas`.
    pub(super) fn components(&self, kind: &str) -> &'a [Entry] {
        let components = self.root.get("components");
        components.map_or(&[][..], |components| components.entries_at(kind))
    }
}

/// Returns the schema of a request body.
pub(super) fn body<'a>(root: &'a Node, operation: &Operation<'a>) -> Option<&'a Node> {
    let body = operation.request_body(root)?;
    body.descend(["content", JSON, "schema"])
}

/// Returns the schema in the envelope of the success response.
pub(super) fn payload<'a>(root: &'a Node, operation: &Operation<'a>) -> Option<&'a Node> {
    let mut responses = operation.responses(root);
    let (_, success) = responses.find(|(status, _)| status.key.starts_with('2'))?;
    let schema = success.descend(["content", JSON, "schema"])?;
    resolve(root, schema)?.descend(["properties", "payload"])
}

/// Returns `true` if a keyword joins schemas: `allOf`, `anyOf` or `oneOf`.
pub(super) fn is_join(keyword: &str) -> bool {
    SUBSCHEMA_KEYWORDS.contains(&(keyword, Holds::List))
}

/// Returns the schemas that a schema joins.
pub(super) fn joined(schema: &Node) -> impl Iterator<Item = &Node> {
    let joins = schema.entries().iter().filter(|entry| is_join(&entry.key));
    joins.flat_map(|entry| entry.node.items())
}
