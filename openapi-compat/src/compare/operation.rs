//! Operations that correspond to each other.

use std::collections::BTreeSet;

use super::annotations::{annotations, deprecation, extensions, tags};
use super::endpoint::Endpoint;
use super::servers::servers;
use super::{parameters, request_body, responses, security};
use crate::change_id::ChangeId;
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Matched, Pair};
use crate::graph::{ElementKind, VertexId};
use crate::revision::ElementTree;

/// The receiver of the requests of an operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Receiver {
    /// The server, at its own addresses and with its own security requirements.
    Server,
    /// A client that is called back at an address of its choice.
    Client,
}

/// Compares two operations.
pub(super) fn compare<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    base: &Endpoint<'a>,
    head: &Endpoint<'a>,
    receiver: Receiver,
) {
    let pair = Pair::new(base.operation.clone(), head.operation.clone());
    let operation = Compared::new(vertex, pair, head.code());
    let path_items = Pair::new(base.path_item.clone(), head.path_item.clone());
    let path_item = Compared::new(vertex, path_items, "the path");
    address(context, &path_item, base, head);
    annotations(context, &path_item, &["summary", "description"]);
    for keyword in ["operationId", "summary", "description", "externalDocs"] {
        context.keyword(&operation, ChangeId::AnnotationChanged, keyword);
    }
    extensions(context, &operation);
    tags(context, &operation);
    deprecation(context, &operation);
    if receiver == Receiver::Server {
        own_servers(context, &operation, base, head);
        security::of_operation(context, &operation);
    }
    parameters::of_operation(context, &operation, base, head);
    request_body::compare(context, &operation);
    responses::compare(context, &operation);
    callbacks(context, &operation);
}

/// Compares method and path.
fn address(
    context: &mut Context<'_>,
    path: &Compared<'_>,
    base: &Endpoint<'_>,
    head: &Endpoint<'_>,
) {
    if base.identity() != head.identity() {
        let moved = Difference::changed(ChangeId::OperationMoved, &base.operation, &head.operation);
        let (old, new) = (base.address(), head.address());
        let subject = format!("`{old}`");
        let moved = moved.values(Some(old), Some(new));
        context.graph.record(path.vertex, moved.of(&subject));
    } else if base.address() != head.address() {
        let id = ChangeId::PathRewritten;
        let renamed = Difference::changed(id, &base.path_item, &head.path_item);
        context.record(path, renamed.values(Some(base.path), Some(head.path)));
    }
}

/// Compares the servers that an operation or path item has instead of those of the API.
fn own_servers<'a>(
    context: &mut Context<'a>,
    operation: &Compared<'a>,
    base: &Endpoint<'a>,
    head: &Endpoint<'a>,
) {
    let own = |endpoint: &Endpoint<'a>| {
        let parents = [&endpoint.operation, &endpoint.path_item];
        let own = parents
            .into_iter()
            .find(|parent| !parent.items("servers").is_empty());
        own.cloned()
    };
    let (base, head) = (own(base), own(head));
    if base.is_some() || head.is_some() {
        let base = base.unwrap_or_else(|| context.base.root());
        let head = head.unwrap_or_else(|| context.head.root());
        let pair = Pair { base, head };
        servers(
            context,
            &Compared::new(operation.vertex, pair, &operation.title),
        );
    }
}

/// Compares the requests that the server sends. Clients receive them.
fn callbacks<'a>(context: &mut Context<'a>, operation: &Compared<'a>) {
    let Pair { base, head } = &operation.pair;
    let matched = context.matched(&operation.pair, "callbacks");
    let mut removed = matched.removed;
    let both = matched.both.into_iter();
    let mut pairs: Vec<Pair<'a>> = both.map(|(_, base, head)| Pair { base, head }).collect();
    for (name, newer) in matched.added {
        let same = removed
            .iter()
            .position(|(_, older)| expressions(older) == expressions(&newer));
        let Some(same) = same else {
            let added = Difference::added(ChangeId::CallbackAdded, base, &newer);
            context.record(operation, added.named(name));
            continue;
        };
        let (old, older) = removed.swap_remove(same);
        let renamed = Difference::changed(ChangeId::CallbackRenamed, &older, &newer);
        context.record(operation, renamed.values(Some(old), Some(name)));
        pairs.push(Pair::new(older, newer));
    }
    for (name, older) in removed {
        let removed = Difference::removed(ChangeId::CallbackRemoved, &older, head);
        context.record(operation, removed.named(name));
    }
    for pair in pairs {
        let title = format!("a callback of {}", operation.title);
        if let Some(mut inside) = context.enter(operation, ElementKind::Callback, pair, title) {
            inside.title.clone_from(&operation.title);
            inside.vertex = context.graph.reversed(inside.vertex);
            callback_operations(context, &inside);
        }
    }
}

/// Returns the addresses that a callback calls. Its name is not transmitted.
fn expressions<'a>(callback: &Element<'a>) -> BTreeSet<&'a str> {
    let names = callback.entries().map(|(name, _)| name);
    names
        .filter(|name| !openapi_tree::is_extension(name))
        .collect()
}

fn callback_operations<'a>(context: &mut Context<'a>, callback: &Compared<'a>) {
    let endpoints = |document: &ElementTree<'a>, callback: &Element<'a>| {
        let mut path_items: Vec<_> = callback.entries().collect();
        path_items.retain(|(name, _)| !openapi_tree::is_extension(name));
        let endpoints = Endpoint::of_path_items(document, path_items).into_iter();
        endpoints
            .map(|endpoint| (endpoint.title(), endpoint))
            .collect()
    };
    let pair = &callback.pair;
    let base = endpoints(&context.base, &pair.base);
    let matched = Matched::new(base, endpoints(&context.head, &pair.head));
    for (_, older, newer) in matched.both {
        compare(context, callback.vertex, &older, &newer, Receiver::Client);
    }
    for (title, newer) in matched.added {
        let id = ChangeId::CallbackOperationAdded;
        let added = Difference::added(id, &pair.base, &newer.operation);
        context.record(callback, added.named(title));
    }
    for (title, older) in matched.removed {
        let id = ChangeId::CallbackOperationRemoved;
        let removed = Difference::removed(id, &older.operation, &pair.head);
        context.record(callback, removed.named(title));
    }
}
