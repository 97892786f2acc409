//! Responses.

use super::annotations::{annotations, links};
use super::{headers, media_type};
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::Element;
use crate::graph::{ElementKind, VertexId};
use crate::pair::Pair;

/// Compares the responses of two operations.
pub(super) fn compare<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    operations: &Pair<'a>,
    title: &str,
) {
    let Some(pair) = operations.get("responses") else {
        return;
    };
    let received = context.graph.reversed(vertex);
    let matched = context.matched(operations, "responses");
    for (status, pair) in matched.both {
        response(context, received, status, &pair);
    }
    for (status, head) in matched.added {
        if let Some(base) = covering(&pair.base, status) {
            let base = context.base.resolve(base);
            response(context, received, status, &Pair { base, head });
            continue;
        }
        // A client handles an unknown status like the other ones of its class (RFC 9110, section
        // 15).
        let is_success = status.starts_with('2') || status.starts_with('3');
        let id = match is_success {
            true => ChangeId::SuccessResponseAdded,
            false => ChangeId::OtherResponseAdded,
        };
        let added = Difference::added(id, &pair.base, &head);
        context.record(received, added.of(title).named(status));
    }
    for (status, base) in matched.removed {
        if let Some(head) = covering(&pair.head, status) {
            let head = context.head.resolve(head);
            response(context, received, status, &Pair { base, head });
            continue;
        }
        let removed = Difference::removed(ChangeId::ResponseRemoved, &base, &pair.head);
        context.record(received, removed.of(title).named(status));
    }
}

/// Returns the response that describes a status without a response of its own: that of its class,
/// or the default.
fn covering<'a>(responses: &Element<'a>, status: &str) -> Option<Element<'a>> {
    let class = status.get(..1).map(|first| format!("{first}XX"));
    let class = class.filter(|class| class != status && status != "default");
    let of_class = class.and_then(|class| responses.get(&class));
    // Clients do not decode a success as the default response.
    let is_error = matches!(status.as_bytes().first(), Some(b'4' | b'5'));
    of_class.or_else(|| responses.get("default").filter(|_| is_error))
}

fn response<'a>(context: &mut Context<'a>, vertex: VertexId, status: &str, pair: &Pair<'a>) {
    if let Some(inside) = context.enter(vertex, ElementKind::Response, pair) {
        let title = format!("the response {status}");
        annotations(context, inside, pair, &["description"], &title);
        links(context, inside, pair, &title);
        headers::compare(context, inside, pair, &title);
        media_type::compare(context, inside, pair, &title);
    }
}
