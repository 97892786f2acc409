//! Operations that correspond to each other.

use super::annotations::{annotation, annotations, deprecation, extensions};
use super::endpoint::Endpoint;
use super::servers::servers;
use super::{parameters, request_body, responses, security};
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::Element;
use crate::graph::{ElementKind, VertexId};
use crate::pair::{Matched, Pair};
use crate::revision::IndexedDocument;

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
    let pair = Pair {
        base: base.operation.clone(),
        head: head.operation.clone(),
    };
    let title = format!("`{}`", head.title());
    address(context, vertex, base, head);
    for keyword in ["operationId", "summary", "description", "externalDocs"] {
        annotation(context, vertex, &pair, keyword, &title);
    }
    for extension in extensions(&pair) {
        own_extension(context, vertex, &pair, extension, &title);
    }
    let path_items = Pair {
        base: base.path_item.clone(),
        head: head.path_item.clone(),
    };
    let keywords = ["summary", "description"];
    annotations(context, vertex, &path_items, &keywords, "the path");
    tags(context, vertex, &pair, &title);
    deprecation(context, vertex, &pair, &title);
    if receiver == Receiver::Server {
        own_servers(context, vertex, base, head, &title);
        security::of_operation(context, vertex, &pair);
    }
    parameters::of_operation(context, vertex, base, head);
    request_body::compare(context, vertex, &pair, &title);
    responses::compare(context, vertex, &pair, &title);
    callbacks(context, vertex, &pair, &title);
}

/// Compares method and path.
fn address(context: &mut Context<'_>, vertex: VertexId, base: &Endpoint<'_>, head: &Endpoint<'_>) {
    if base.identity() != head.identity() {
        let moved = Difference::changed(ChangeId::OperationMoved, &base.operation, &head.operation);
        let moved = moved.of(format!("`{}`", base.title()));
        context.record(vertex, moved.values(Some(base.title()), Some(head.title())));
    } else if base.path != head.path {
        let renamed =
            Difference::changed(ChangeId::PathRewritten, &base.path_item, &head.path_item);
        let renamed = renamed.of("the path");
        context.record(vertex, renamed.values(Some(base.path), Some(head.path)));
    }
}

fn own_extension(
    context: &mut Context<'_>,
    vertex: VertexId,
    pair: &Pair<'_>,
    extension: &str,
    title: &str,
) {
    let mut behavioural = context.options.behavioural_extensions.iter();
    if !behavioural.any(|known| known == extension) {
        annotation(context, vertex, pair, extension, title);
    } else if pair.differs(extension) {
        let changed =
            Difference::of_keyword(ChangeId::BehaviouralExtensionChanged, pair, extension);
        context.record(vertex, changed.of(title).keyword(pair, extension));
    }
}

fn tags(context: &mut Context<'_>, vertex: VertexId, pair: &Pair<'_>, title: &str) {
    const KEYWORD: &str = "tags";
    let names = |operation: &Element<'_>| -> Vec<String> {
        let names = operation.items(KEYWORD).into_iter();
        let names = names.filter_map(|tag| tag.node.as_str().map(str::to_owned));
        names.collect()
    };
    let (old, new) = (names(&pair.base), names(&pair.head));
    if old != new {
        let changed = Difference::of_keyword(ChangeId::TagsChanged, pair, KEYWORD);
        context.record(vertex, changed.of(title).values(Some(old), Some(new)));
    }
}

/// Compares the servers that an operation or path item has instead of those of the API.
fn own_servers<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    base: &Endpoint<'a>,
    head: &Endpoint<'a>,
    title: &str,
) {
    let own = |endpoint: &Endpoint<'a>| {
        let parents = [&endpoint.operation, &endpoint.path_item];
        let own = parents.into_iter().find(|parent| parent.has("servers"));
        own.cloned()
    };
    let (own_base, own_head) = (own(base), own(head));
    if own_base.is_some() || own_head.is_some() {
        let pair = Pair {
            base: own_base.unwrap_or_else(|| context.base.root()),
            head: own_head.unwrap_or_else(|| context.head.root()),
        };
        servers(context, vertex, &pair, title);
    }
}

/// Compares the requests that the server sends. Clients receive them.
fn callbacks<'a>(context: &mut Context<'a>, vertex: VertexId, pair: &Pair<'a>, title: &str) {
    let Matched {
        both,
        removed,
        added,
    } = context.matched(pair, "callbacks");
    for (name, callback) in removed {
        let removed = Difference::removed(ChangeId::CallbackRemoved, &callback, &pair.head);
        context.record(vertex, removed.of(title).named(name));
    }
    for (name, callback) in added {
        let added = Difference::added(ChangeId::CallbackAdded, &pair.base, &callback);
        context.record(vertex, added.of(title).named(name));
    }
    for (_, callback) in both {
        if let Some(inside) = context.enter(vertex, ElementKind::Callback, &callback) {
            let received = context.graph.reversed(inside);
            callback_operations(context, received, &callback, title);
        }
    }
}

fn callback_operations<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    callback: &Pair<'a>,
    title: &str,
) {
    let endpoints = |document: &IndexedDocument<'a>, callback: &Element<'a>| {
        let mut path_items: Vec<_> = callback.entries().collect();
        path_items.retain(|(name, _)| !openapi_tree::is_extension(name));
        Endpoint::of_path_items(document, path_items)
    };
    let base = endpoints(&context.base, &callback.base);
    let head = endpoints(&context.head, &callback.head);
    let corresponds = |a: &Endpoint<'_>, b: &Endpoint<'_>| a.title() == b.title();
    for newer in &head {
        match base.iter().find(|older| corresponds(older, newer)) {
            Some(older) => compare(context, vertex, older, newer, Receiver::Client),
            None => {
                let parent = &callback.base;
                let added =
                    Difference::added(ChangeId::CallbackOperationAdded, parent, &newer.operation);
                context.record(vertex, added.of(title).named(newer.title()));
            }
        }
    }
    for older in &base {
        if !head.iter().any(|newer| corresponds(older, newer)) {
            let parent = &callback.head;
            let removed =
                Difference::removed(ChangeId::CallbackOperationRemoved, &older.operation, parent);
            context.record(vertex, removed.of(title).named(older.title()));
        }
    }
}
