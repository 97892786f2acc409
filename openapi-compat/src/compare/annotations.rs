//! Texts, examples, links, extensions and deprecation.

use std::collections::BTreeSet;

use openapi_tree::is_extension;

use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::graph::VertexId;
use crate::pair::{FlagChange, Pair};

/// Compares annotations: some keywords, and all extensions.
pub(super) fn annotations(
    context: &mut Context<'_>,
    vertex: VertexId,
    pair: &Pair<'_>,
    keywords: &[&str],
    subject: &str,
) {
    for keyword in keywords {
        annotation(context, vertex, pair, keyword, subject);
    }
    for extension in extensions(pair) {
        annotation(context, vertex, pair, extension, subject);
    }
}

/// Compares an annotation.
pub(super) fn annotation(
    context: &mut Context<'_>,
    vertex: VertexId,
    pair: &Pair<'_>,
    keyword: &str,
    subject: &str,
) {
    if pair.differs(keyword) {
        let changed = Difference::of_keyword(ChangeId::AnnotationChanged, pair, keyword);
        context.record(vertex, changed.of(subject).keyword(pair, keyword));
    }
}

/// Returns the names of all extensions.
pub(super) fn extensions<'a>(pair: &Pair<'a>) -> BTreeSet<&'a str> {
    let entries = pair.base.entries().chain(pair.head.entries());
    let names = entries.map(|(name, _)| name);
    names.filter(|name| is_extension(name)).collect()
}

/// Compares examples.
pub(super) fn examples<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    pair: &Pair<'a>,
    subject: &str,
) {
    let ids = [
        ChangeId::ExampleRemoved,
        ChangeId::ExampleAdded,
        ChangeId::ExampleChanged,
    ];
    named_annotations(context, vertex, pair, "examples", ids, subject);
}

/// Compares links.
pub(super) fn links<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    pair: &Pair<'a>,
    subject: &str,
) {
    let ids = [
        ChangeId::LinkRemoved,
        ChangeId::LinkAdded,
        ChangeId::LinkChanged,
    ];
    named_annotations(context, vertex, pair, "links", ids, subject);
}

fn named_annotations<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    pair: &Pair<'a>,
    keyword: &str,
    [removed_id, added_id, changed_id]: [ChangeId; 3],
    subject: &str,
) {
    let matched = context.matched(pair, keyword);
    for (name, removed) in matched.removed {
        let removed = Difference::removed(removed_id, &removed, &pair.head);
        context.record(vertex, removed.of(subject).named(name));
    }
    for (name, added) in matched.added {
        let added = Difference::added(added_id, &pair.base, &added);
        context.record(vertex, added.of(subject).named(name));
    }
    for (name, Pair { base, head }) in matched.both {
        if !base.node.same(head.node) {
            let changed = Difference::changed(changed_id, &base, &head);
            context.record(vertex, changed.of(subject).named(name));
        }
    }
}

/// Compares the deprecation of an element.
pub(super) fn deprecation(
    context: &mut Context<'_>,
    vertex: VertexId,
    pair: &Pair<'_>,
    subject: &str,
) {
    const KEYWORD: &str = "deprecated";
    let id = match pair.flag_change(KEYWORD) {
        Some(FlagChange::Set) => ChangeId::Deprecated,
        Some(FlagChange::Cleared) => ChangeId::NoLongerDeprecated,
        None => return,
    };
    let changed = Difference::of_keyword(id, pair, KEYWORD);
    context.record(vertex, changed.of(subject));
}
