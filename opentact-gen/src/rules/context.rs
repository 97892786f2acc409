//! The document as the rules see it: its operations and the schemas that progenitor reads.

use std::collections::HashSet;

use openapi_tree::{
    Document, Entry, Holds, Node, Operation, SUBSCHEMA_KEYWORDS, Span, subschemas, target,
};

use crate::spec::{body, payload};

/// A document, with everything that several rules look at.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) root: &'a Node,
    pub(super) operations: Vec<Operation<'a>>,
    /// Every schema that is reachable from an operation, those inside others as well, each once.
    pub(super) schemas: Vec<Reachable<'a>>,
}

/// A schema that is reachable from an operation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reachable<'a> {
    pub(super) schema: &'a Node,
    /// `true` if its values go to the server, and perhaps come back as well. The stage `lower` removes
    /// the limits of other values.
    pub(super) is_sent: bool,
}

impl<'a> Context<'a> {
    /// Collects the operations and schemas of a document.
    pub(super) fn new(document: &'a Document) -> Self {
        let root = &document.root;
        let operations: Vec<Operation<'_>> = Operation::all(root).collect();
        let sent = operations.iter().flat_map(|operation| {
            let parameters = operation.parameters(root).into_iter();
            let parameters = parameters.filter_map(|parameter| parameter.get("schema"));
            parameters.chain(body(root, operation))
        });
        let received = operations.iter().filter_map(|it| payload(root, it));
        // Sent schemas are taken first, so that a schema of both directions counts as sent.
        let sent = sent.map(|schema| (schema, true));
        let mut waiting: Vec<_> = sent.chain(received.map(|schema| (schema, false))).collect();
        waiting.reverse();
        let (mut schemas, mut known) = (Vec::new(), HashSet::new());
        while let Some((schema, is_sent)) = waiting.pop() {
            if known.insert(std::ptr::from_ref(schema)) {
                schemas.push(Reachable { schema, is_sent });
                let inside = subschemas(schema).map(|(_, schema)| schema);
                let further = target(root, schema).into_iter().chain(inside);
                waiting.extend(further.map(|schema| (schema, is_sent)));
            }
        }
        Self {
            document,
            root,
            operations,
            schemas,
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
