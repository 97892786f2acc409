//! Servers of the API, of a path item or of an operation.

use super::annotations::annotations;
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::Element;
use crate::graph::VertexId;
use crate::pair::{Matched, Pair};

/// Compares servers.
pub(super) fn servers<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    pair: &Pair<'a>,
    subject: &str,
) {
    let (base, head) = (by_url(&pair.base), by_url(&pair.head));
    let default = |servers: &[(&'a str, Element<'a>)]| servers.first().map(|(url, _)| *url);
    let (old_default, new_default) = (default(&base), default(&head));
    let is_other_default = old_default != new_default;
    let matched = Matched::new(base, head);
    for (url, server) in &matched.removed {
        let replaced = is_other_default && Some(*url) == old_default;
        let id = match replaced {
            true => ChangeId::ServerReplaced,
            false => ChangeId::ServerRemoved,
        };
        let removed = Difference::removed(id, server, &pair.head);
        let removed = removed.of(subject).named(*url);
        let new = new_default.filter(|_| replaced);
        context.record(vertex, removed.values(Some(*url), new));
    }
    for (url, server) in &matched.added {
        let added = Difference::added(ChangeId::ServerAdded, &pair.base, server);
        context.record(vertex, added.of(subject).named(*url));
    }
    for (url, server) in &matched.both {
        let title = format!("the server `{url}`");
        annotations(context, vertex, server, &["description"], &title);
        if server.differs("variables") {
            let changed =
                Difference::of_keyword(ChangeId::ServerVariablesChanged, server, "variables");
            let changed = changed.of(title).keyword(server, "variables");
            context.record(vertex, changed);
        }
    }
    if is_other_default && matched.removed.is_empty() {
        let changed = Difference::of_keyword(ChangeId::DefaultServerChanged, pair, "servers");
        context.record(vertex, changed.of(subject).values(old_default, new_default));
    }
}

/// Returns the servers by URL. If there are none, the server is `/` (OpenAPI 3.0.3).
fn by_url<'a>(element: &Element<'a>) -> Vec<(&'a str, Element<'a>)> {
    let servers = element.items("servers").into_iter();
    let servers = servers.filter_map(|server| Some((server.str_at("url")?, server)));
    let mut servers: Vec<(&str, Element<'a>)> = servers.collect();
    if servers.is_empty() {
        servers.push(("/", element.clone()));
    }
    servers
}
