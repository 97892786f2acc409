//! What of a document progenitor is given: the schemas that are sent or received.

use std::collections::HashSet;

use openapi_tree::{Node, Operation, resolve, subschemas, target};

/// Which way the values of a schema go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Direction {
    /// To the service, and perhaps back as well.
    Sent,
    /// From the service. The stage `prepare` takes away what limits them.
    Received,
}

/// A schema that progenitor is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reachable<'a> {
    pub(super) schema: &'a Node,
    pub(super) direction: Direction,
}

/// Every schema that progenitor is given, those inside others as well, each once.
pub(super) fn schemas(root: &Node) -> Vec<Reachable<'_>> {
    let mut found = Found::default();
    // What is sent comes first: a schema that is both is given as one that is sent.
    for operation in Operation::all(root) {
        for schema in sent(root, &operation) {
            found.add(root, schema, Direction::Sent);
        }
    }
    for operation in Operation::all(root) {
        if let Some(schema) = payload(root, &operation) {
            found.add(root, schema, Direction::Received);
        }
    }
    found.schemas
}

fn sent<'a>(root: &'a Node, operation: &Operation<'a>) -> Vec<&'a Node> {
    let parameters = operation.parameters(root).into_iter();
    let parameters = parameters.filter_map(|parameter| parameter.get("schema"));
    parameters.chain(body(root, operation)).collect()
}

/// The schema of a request body.
pub(super) fn body<'a>(root: &'a Node, operation: &Operation<'a>) -> Option<&'a Node> {
    let body = operation.request_body(root)?;
    body.descend(["content", "application/json", "schema"])
}

/// The schema of what is in the envelope of the success answer.
pub(super) fn payload<'a>(root: &'a Node, operation: &Operation<'a>) -> Option<&'a Node> {
    let mut answers = operation.responses(root);
    let (_, success) = answers.find(|(status, _)| status.key.starts_with('2'))?;
    let schema = success.descend(["content", "application/json", "schema"])?;
    resolve(root, schema)?.descend(["properties", "payload"])
}

#[derive(Default)]
struct Found<'a> {
    schemas: Vec<Reachable<'a>>,
    known: HashSet<*const Node>,
}

impl<'a> Found<'a> {
    /// Adds a schema with those in it and those to which it refers.
    fn add(&mut self, root: &'a Node, schema: &'a Node, direction: Direction) {
        let mut waiting = vec![schema];
        while let Some(schema) = waiting.pop() {
            if !self.known.insert(schema) {
                continue;
            }
            self.schemas.push(Reachable { schema, direction });
            waiting.extend(target(root, schema));
            waiting.extend(subschemas(schema).map(|(_, schema)| schema));
        }
    }
}
