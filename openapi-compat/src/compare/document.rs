//! The API as a whole, and the matching of operations.

use std::collections::HashMap;

use super::annotations::{annotations, tags};
use super::base_path::{self, BasePaths};
use super::endpoint::Endpoint;
use super::operation::{self, Receiver};
use super::servers::servers;
use super::webhooks::webhooks;
use crate::change_id::ChangeId;
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::graph::VertexId;
use crate::revision::ElementTree;

/// The annotations of the API.
const INFO: [&str; 7] = [
    "title",
    "summary",
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
    annotations(
        context,
        &document,
        &["openapi", "jsonSchemaDialect", "externalDocs"],
    );
    if let Some(info) = roots.get("info") {
        annotations(context, &Compared::new(vertex, info, "the API"), &INFO);
    }
    let api = Compared::new(vertex, roots, "the API");
    tags(context, &api);
    let base_paths = base_path::moved(context);
    match &base_paths {
        Some(paths) => base_path::compare(context, &api, paths),
        None => servers(context, &api),
    }
    operations(context, &base_paths.unwrap_or_default());
    webhooks(context);
}

/// Matches operations by their address, without the names of path parameters if need be, and the
/// remaining ones by `operationId`.
fn operations<'a>(context: &mut Context<'a>, base_paths: &BasePaths) {
    let base = Endpoint::all(&context.base, &base_paths.base);
    let head = Endpoint::all(&context.head, &base_paths.head);
    let keys: [fn(&Endpoint<'a>) -> Option<String>; 3] = [
        |endpoint| Some(endpoint.address()),
        |endpoint| Some(endpoint.identity()),
        |endpoint| endpoint.operation.str_at("operationId").map(str::to_owned),
    ];
    let mut unmatched: Vec<Option<&Endpoint<'a>>> = base.iter().map(Some).collect();
    let mut matches: Vec<Option<&Endpoint<'a>>> = vec![None; head.len()];
    for key in keys {
        let mut by_key = HashMap::new();
        for older in &mut unmatched {
            if let Some(key) = older.and_then(key) {
                by_key.entry(key).or_insert(older);
            }
        }
        for (newer, older) in head.iter().zip(&mut matches) {
            if older.is_none() {
                *older = key(newer).and_then(|key| by_key.get_mut(&key)?.take());
            }
        }
    }
    for (newer, older) in head.iter().zip(matches) {
        let vertex = context.graph.operation(newer.title());
        match older {
            Some(older) => operation::compare(context, vertex, older, newer, Receiver::Server),
            None => added(context, vertex, newer),
        }
    }
    for older in unmatched.into_iter().flatten() {
        removed(context, older);
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
