//! Servers of the API, of a path item or of an operation.

use super::annotations::annotations;
use crate::change_id::ChangeId;
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Matched, Pair};

/// Compares servers.
pub(super) fn servers<'a>(context: &mut Context<'a>, subject: &Compared<'a>) {
    let Pair { base, head } = &subject.pair;
    let (older, newer) = (by_url(base), by_url(head));
    let default = |servers: &[(&'a str, Element<'a>)]| servers.first().map(|(url, _)| *url);
    let (old_default, new_default) = (default(&older), default(&newer));
    let is_other_default = old_default != new_default;
    let matched = Matched::new(older, newer);
    for (url, server) in &matched.removed {
        let replaced = is_other_default && Some(*url) == old_default;
        let id = match replaced {
            true => ChangeId::ServerReplaced,
            false => ChangeId::ServerRemoved,
        };
        let removed = Difference::removed(id, server, head).named(*url);
        let new = new_default.filter(|_| replaced);
        context.record(subject, removed.values(Some(*url), new));
    }
    for (url, server) in matched.added {
        let added = Difference::added(ChangeId::ServerAdded, base, &server);
        context.record(subject, added.named(url));
    }
    for (url, base, head) in matched.both {
        let title = format!("the server `{url}`");
        let server = Compared::new(subject.vertex, Pair { base, head }, title);
        annotations(context, &server, &["description"]);
        context.keyword(&server, ChangeId::ServerVariablesChanged, "variables");
    }
    if is_other_default && matched.removed.is_empty() {
        let id = ChangeId::DefaultServerChanged;
        let changed = Difference::of_keyword(id, &subject.pair, "servers");
        context.record(subject, changed.values(old_default, new_default));
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
