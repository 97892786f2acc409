//! What is said of an operation.

use crate::context::{Context, IDEMPOTENT, Named, Pair};
use super::document::{Operation, list, reached, servers};
use crate::compatibility::{Effect, Way};
use crate::graph::{Kind, UnitId};
use crate::revision::{At, Side};
use super::{content, parameters, security};

/// Who receives the requests of an operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Receiver {
    /// The service, at its servers, which says whom it lets in.
    Service,
    /// A client that is called back, where and as it asked for.
    Client,
}

/// Compares two operations that belong together.
pub(crate) fn compare<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    base: &Operation<'a>,
    head: &Operation<'a>,
    receiver: Receiver,
) {
    let pair = Pair {
        base: base.at.clone(),
        head: head.at.clone(),
    };
    let title = format!("`{}`", head.title());
    reached(context, unit, base, head);
    let texts = ["operationId", "summary", "description", "externalDocs"];
    context.texts(unit, &pair, &texts, &title);
    let path_items = Pair {
        base: base.path_item.clone(),
        head: head.path_item.clone(),
    };
    context.texts(unit, &path_items, &["summary", "description"], "the path");
    behaviour(context, unit, &pair, &title);
    if receiver == Receiver::Service {
        own_servers(context, unit, base, head, &title);
        security::of_operation(context, unit, base, head);
    }
    parameters::of_operation(context, unit, base, head);
    content::body(context, unit, &pair, &title);
    content::responses(context, unit, &pair, &title);
    callbacks(context, unit, &pair, &title);
}

/// Tags, deprecation, and whether it may be repeated.
fn behaviour(context: &mut Context<'_>, unit: UnitId, pair: &Pair<'_>, title: &str) {
    let tags = |at: &At<'_>| -> Vec<String> {
        let tags = at.items("tags");
        tags.iter()
            .filter_map(|tag| tag.node.as_str().map(str::to_owned))
            .collect()
    };
    let (base, head) = (tags(&pair.base), tags(&pair.head));
    if base != head {
        let what = format!(
            "the tags of {title} were {} and are {}",
            list(&base),
            list(&head)
        );
        context.note(unit, Effect::DOCUMENTATION, pair, "tags", what);
    }
    deprecation(context, unit, pair, title);
    if let Some(differs) = pair.differs(IDEMPOTENT) {
        let what = format!(
            "`{IDEMPOTENT}` of {title} {differs}: it decides whether clients repeat a call whose \
                 answer is lost"
        );
        context.note(unit, Effect::ADDED, pair, IDEMPOTENT, what);
    }
}

/// Notes that something is deprecated, or is not any more.
pub(crate) fn deprecation(
    context: &mut Context<'_>,
    unit: UnitId,
    pair: &Pair<'_>,
    what: &str,
) {
    let now = match (pair.base.flag("deprecated"), pair.head.flag("deprecated")) {
        (false, true) => "is deprecated: those who use it are to look for something else",
        (true, false) => "is not deprecated any more",
        _ => return,
    };
    let what = format!("{what} {now}");
    context.note(unit, Effect::DOCUMENTATION, pair, "deprecated", what);
}

/// Compares servers that an operation or path item has instead of those of the API.
fn own_servers<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    base: &Operation<'a>,
    head: &Operation<'a>,
    title: &str,
) {
    let own = |operation: &Operation<'a>| {
        let places = [&operation.at, &operation.path_item];
        let own = places
            .into_iter()
            .find(|at| at.node.get("servers").is_some());
        own.cloned()
    };
    let (own_base, own_head) = (own(base), own(head));
    if own_base.is_some() || own_head.is_some() {
        let pair = Pair {
            base: own_base.unwrap_or_else(|| context.base.root()),
            head: own_head.unwrap_or_else(|| context.head.root()),
        };
        servers(context, unit, &pair, title);
    }
}

/// Compares the requests that the service sends: to clients they are what they receive.
fn callbacks<'a>(context: &mut Context<'a>, unit: UnitId, pair: &Pair<'a>, title: &str) {
    let Named { both, gone, added } = context.named(pair, "callbacks");
    for (name, callback) in gone {
        let what = format!(
            "{title} calls back no more as `{name}`: clients that wait for it wait for nothing"
        );
        context.note_gone(unit, Effect::OTHER, &callback, &pair.head, what);
    }
    for (name, callback) in added {
        let what = format!("{title} calls back as `{name}`, too: clients need not offer it");
        context.note_added(unit, Effect::ADDED, &pair.base, &callback, what);
    }
    for (_, callback) in both {
        if let Some(inside) = context.inside(unit, Kind::Callback, &callback, Way::Response) {
            path_items(context, inside, &callback, title);
        }
    }
}

fn path_items<'a>(context: &mut Context<'a>, unit: UnitId, callback: &Pair<'a>, title: &str) {
    let operations = |side: &Side<'a>, at: &At<'a>| -> Vec<Operation<'a>> {
        let items = at.entries().filter(|(name, _)| !name.starts_with("x-"));
        items
            .flat_map(|(path, item)| Operation::of_path_item(path, &side.resolve(item)))
            .collect()
    };
    let base = operations(&context.base, &callback.base);
    let head = operations(&context.head, &callback.head);
    let is = |a: &Operation<'_>, b: &Operation<'_>| a.title() == b.title();
    for newer in &head {
        match base.iter().find(|older| is(older, newer)) {
            Some(older) => compare(context, unit, older, newer, Receiver::Client),
            None => {
                let what = format!(
                    "{title} calls back with `{}`, too: clients need not offer it",
                    newer.title()
                );
                context.note_added(unit, Effect::ADDED, &callback.base, &newer.at, what);
            }
        }
    }
    for older in base
        .iter()
        .filter(|older| !head.iter().any(|newer| is(older, newer)))
    {
        let what = format!(
            "{title} calls back with `{}` no more: clients that wait for it wait for nothing",
            older.title()
        );
        context.note_gone(unit, Effect::OTHER, &older.at, &callback.head, what);
    }
}
