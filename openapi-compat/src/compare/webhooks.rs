//! Webhooks: requests that the server sends without a call before.

use super::endpoint::Endpoint;
use super::operation::{self, Receiver};
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::{Element, Matched};
use crate::graph::VertexId;
use crate::revision::ElementTree;

const KEYWORD: &str = "webhooks";

/// Compares the webhooks by name and method. Clients receive their requests.
pub(super) fn webhooks<'a>(context: &mut Context<'a>) {
    let endpoints = |document: &ElementTree<'a>| {
        let endpoints = Endpoint::of_path_items(document, document.root().named(KEYWORD));
        let endpoints = endpoints.into_iter();
        endpoints
            .map(|endpoint| (endpoint.title(), endpoint))
            .collect()
    };
    let matched = Matched::new(endpoints(&context.base), endpoints(&context.head));
    for (title, older, newer) in matched.both {
        let received = received(context, &title);
        operation::compare(context, received, &older, &newer, Receiver::Client);
    }
    for (title, newer) in matched.added {
        let parent = parent(&context.base);
        let added = Difference::added(ChangeId::WebhookAdded, &parent, &newer.operation);
        let received = received(context, &title);
        context
            .graph
            .record(received, added.of("the API").named(title));
    }
    for (title, older) in matched.removed {
        let parent = parent(&context.head);
        let removed = Difference::removed(ChangeId::WebhookRemoved, &older.operation, &parent);
        let received = received(context, &title);
        context
            .graph
            .record(received, removed.of("the API").named(title));
    }
}

/// Adds the vertex of a webhook. Clients receive its requests.
fn received(context: &mut Context<'_>, title: &str) -> VertexId {
    let webhook = context.graph.operation(format!("webhook {title}"));
    context.graph.reversed(webhook)
}

/// Returns the parent of all webhooks.
fn parent<'a>(document: &ElementTree<'a>) -> Element<'a> {
    let root = document.root();
    root.get(KEYWORD).unwrap_or(root)
}
