//! The API as a whole, and the matching of operations.

use std::collections::{HashMap, HashSet};

use super::annotations::{annotations, tags};
use super::endpoint::Endpoint;
use super::operation::{self, Receiver};
use super::servers::servers;
use crate::change_id::ChangeId;
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::graph::VertexId;
use crate::revision::ElementTree;

/// The annotations of the API.
const INFO: [&str; 6] = [
    "title",
    "description",
    "termsOfService",
    "contact",
    "license",
    "version",
];

/// Compares the API as a whole, and all operations.
pub(crate) fn compare(context: &mut Context<'_>) {
    let roots = Pair::new(context.base.root(), context.head.root());
    let vertex = context.graph.api();
    let document = Compared::new(vertex, roots.clone(), "the document");
    annotations(context, &document, &["openapi", "externalDocs"]);
    if let Some(info) = roots.get("info") {
        annotations(context, &Compared::new(vertex, info, "the API"), &INFO);
    }
    let api = Compared::new(vertex, roots, "the API");
    tags(context, &api);
    servers(context, &api);
    operations(context);
}

/// Matches operations by method and path, and the remaining ones by `operationId`.
fn operations<'a>(context: &mut Context<'a>) {
    let base = Endpoint::all(&context.base);
    let head = Endpoint::all(&context.head);
    let identities = base.iter().map(|older| (older.identity(), older));
    let by_identity: HashMap<_, &Endpoint<'a>> = identities.collect();
    let kept: HashSet<_> = head.iter().map(Endpoint::identity).collect();
    let others = base
        .iter()
        .filter(|older| !kept.contains(&older.identity()));
    let by_id: HashMap<&str, &Endpoint<'a>> = others
        .filter_map(|older| Some((older.operation.str_at("operationId")?, older)))
        .collect();
    let mut matched: HashSet<(&str, &str)> = HashSet::new();
    for newer in &head {
        let vertex = context.graph.operation(newer.title());
        let older = by_identity.get(&newer.identity()).or_else(|| {
            let id = newer.operation.str_at("operationId")?;
            by_id.get(id)
        });
        match older {
            Some(older) => {
                matched.insert((older.path, older.method));
                operation::compare(context, vertex, older, newer, Receiver::Server);
            }
            None => added(context, vertex, newer),
        }
    }
    for older in &base {
        if !matched.contains(&(older.path, older.method)) {
            removed(context, older);
        }
    }
}

fn added(context: &mut Context<'_>, vertex: VertexId, endpoint: &Endpoint<'_>) {
    let parent = paths(&context.base);
    let added = Difference::added(ChangeId::OperationAdded, &parent, &endpoint.operation);
    context.graph.record(vertex, added.of(&endpoint.code()));
}

fn removed(context: &mut Context<'_>, endpoint: &Endpoint<'_>) {
    let vertex = context.graph.operation(endpoint.title());
    let id = match endpoint.operation.flag("deprecated") {
        true => ChangeId::DeprecatedOperationRemoved,
        false => ChangeId::OperationRemoved,
    };
    let parent = paths(&context.head);
    let removed = Difference::removed(id, &endpoint.operation, &parent);
    context.graph.record(vertex, removed.of(&endpoint.code()));
}

/// Returns the parent of all operations.
fn paths<'a>(document: &ElementTree<'a>) -> Element<'a> {
    let root = document.root();
    root.get("paths").unwrap_or(root)
}
