//! Request bodies.

use super::annotations::annotations;
use super::media_type;
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::graph::{ElementKind, VertexId};
use crate::pair::{FlagChange, Pair};

const SUBJECT: &str = "the request body";

/// Compares the request bodies of two operations.
pub(super) fn compare<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    operations: &Pair<'a>,
    title: &str,
) {
    const KEYWORD: &str = "requestBody";
    let (base, head) = (operations.base.get(KEYWORD), operations.head.get(KEYWORD));
    match (base, head) {
        (Some(base), Some(head)) => {
            let pair = context.resolve(Pair { base, head });
            if let Some(inside) = context.enter(vertex, ElementKind::RequestBody, &pair) {
                request_body(context, inside, &pair);
            }
        }
        (None, Some(body)) => {
            let is_required = context.head.resolve(body.clone()).flag("required");
            let id = match is_required {
                true => ChangeId::RequiredRequestBodyAdded,
                false => ChangeId::RequestBodyAdded,
            };
            let added = Difference::added(id, &operations.base, &body);
            context.record(vertex, added.of(title));
        }
        (Some(body), None) => {
            let removed =
                Difference::removed(ChangeId::RequestBodyRemoved, &body, &operations.head);
            context.record(vertex, removed.of(title));
        }
        (None, None) => {}
    }
}

fn request_body<'a>(context: &mut Context<'a>, vertex: VertexId, pair: &Pair<'a>) {
    annotations(context, vertex, pair, &["description"], SUBJECT);
    let required = pair.flag_change("required").map(|change| match change {
        FlagChange::Set => ChangeId::RequestBodyBecameRequired,
        FlagChange::Cleared => ChangeId::RequestBodyBecameOptional,
    });
    if let Some(id) = required {
        let changed = Difference::of_keyword(id, pair, "required");
        context.record(vertex, changed.of(SUBJECT));
    }
    media_type::compare(context, vertex, pair, SUBJECT);
}
