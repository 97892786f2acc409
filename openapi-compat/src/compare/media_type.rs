//! Media types of request bodies, responses, parameters and headers.

use super::annotations::{annotations, examples};
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::graph::{ElementKind, VertexId};
use crate::pair::{Matched, Pair};
use crate::schema::schema_path::SchemaPath;

/// Compares the media types of `content`.
pub(super) fn compare<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    pair: &Pair<'a>,
    subject: &str,
) {
    let Matched {
        both,
        removed,
        added,
    } = context.matched(pair, "content");
    for (name, media_type) in removed {
        let removed = Difference::removed(ChangeId::MediaTypeRemoved, &media_type, &pair.head);
        context.record(vertex, removed.of(subject).named(name));
    }
    for (name, media_type) in added {
        // Clients choose a media type with `Accept`, so that a further one does not surprise them.
        let added = Difference::added(ChangeId::MediaTypeAdded, &pair.base, &media_type);
        context.record(vertex, added.of(subject).named(name));
    }
    for (name, pair) in both {
        if let Some(inside) = context.enter(vertex, ElementKind::MediaType, &pair) {
            media_type(context, inside, &pair, name, subject);
        }
    }
}

fn media_type<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    pair: &Pair<'a>,
    name: &str,
    subject: &str,
) {
    let title = format!("{subject} as `{name}`");
    annotations(context, vertex, pair, &["example"], &title);
    examples(context, vertex, pair, &title);
    if pair.differs("encoding") {
        let changed = Difference::of_keyword(ChangeId::EncodingChanged, pair, "encoding");
        context.record(vertex, changed.of(&title).keyword(pair, "encoding"));
    }
    let id = match (pair.base.get("schema"), pair.head.get("schema")) {
        (Some(base), Some(head)) => {
            context.schema(vertex, Pair { base, head }, SchemaPath::of(subject));
            return;
        }
        (None, Some(_)) => ChangeId::ContentSchemaAdded,
        (Some(_), None) => ChangeId::ContentSchemaRemoved,
        (None, None) => return,
    };
    let changed = Difference::of_keyword(id, pair, "schema");
    context.record(vertex, changed.of(title));
}
