//! Headers of responses.

use super::serialized_value::{self, REQUIRED_HEADER};
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::graph::{ElementKind, VertexId};
use crate::pair::{Matched, Pair};

/// Compares the headers of a response.
pub(super) fn compare<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    pair: &Pair<'a>,
    subject: &str,
) {
    let Matched {
        mut both,
        mut removed,
        mut added,
    } = context.matched(pair, "headers");
    // Names of headers are case-insensitive.
    removed.retain(|(older, base)| {
        let same_name = |(newer, _): &(&str, _)| newer.eq_ignore_ascii_case(older);
        let Some(index) = added.iter().position(same_name) else {
            return true;
        };
        let (newer, head) = added.remove(index);
        let renamed = Difference::changed(ChangeId::HeaderRenamed, base, &head);
        let renamed = renamed.of(subject).named(newer);
        context.record(vertex, renamed.values(Some(*older), Some(newer)));
        let base = base.clone();
        both.push((newer, Pair { base, head }));
        false
    });
    // The media types describe this header.
    let is_compared = |name: &str| !name.eq_ignore_ascii_case("content-type");
    for (name, header) in removed.into_iter().filter(|(name, _)| is_compared(name)) {
        let removed = Difference::removed(ChangeId::HeaderRemoved, &header, &pair.head);
        context.record(vertex, removed.of(subject).named(name));
    }
    for (name, header) in added.into_iter().filter(|(name, _)| is_compared(name)) {
        let added = Difference::added(ChangeId::HeaderAdded, &pair.base, &header);
        context.record(vertex, added.of(subject).named(name));
    }
    for (name, header) in both {
        if let Some(inside) = context.enter(vertex, ElementKind::Header, &header) {
            let title = format!("the header `{name}`");
            serialized_value::compare(context, inside, &header, &title, REQUIRED_HEADER);
        }
    }
}
