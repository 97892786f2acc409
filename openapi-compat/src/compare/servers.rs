//! Servers of the API, of a path item or of an operation.

use super::annotations::annotations;
use crate::change_id::ChangeId;
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::server_url::{ServerUrls, Variable};

/// A server: its URL as it is written, and the URLs that it stands for.
struct Server<'a> {
    url: &'a str,
    urls: ServerUrls,
    element: Element<'a>,
}

/// Compares servers by the URLs that they stand for. Names of variables are not transmitted.
pub(super) fn servers<'a>(context: &mut Context<'a>, subject: &Compared<'a>) {
    let Pair { base, head } = &subject.pair;
    let (older, newer) = (described(base), described(head));
    let urls = |servers: &[Server<'a>]| -> Vec<ServerUrls> {
        servers.iter().map(|server| server.urls.clone()).collect()
    };
    let (old_urls, new_urls) = (urls(&older), urls(&newer));
    let (Some(old_default), Some(new_default)) = (older.first(), newer.first()) else {
        return;
    };
    let is_other_default = !old_default.urls.has_default_of(&new_default.urls);
    let defaults = [old_default, new_default].map(|server| server.urls.default.clone());
    let (mut is_replaced, mut is_changed) = (false, is_other_default);
    for server in &older {
        let lost = server.urls.beyond(&new_urls);
        if lost.is_empty() {
            continue;
        }
        is_changed = true;
        let mut newer = new_urls.iter();
        let is_removed = !newer.any(|newer| newer.has_part_of(&server.urls));
        let replaced = is_removed && is_other_default && server.url == old_default.url;
        is_replaced |= replaced;
        let id = match (is_removed, replaced) {
            (_, true) => ChangeId::ServerReplaced,
            (true, false) => ChangeId::ServerRemoved,
            (false, false) => ChangeId::ServerUrlsRemoved,
        };
        let removed = Difference::removed(id, &server.element, head).named(server.url);
        let removed = match id {
            ChangeId::ServerUrlsRemoved => removed.values(Some(lost), None::<&str>),
            _ => removed.values(Some(server.url), replaced.then_some(new_default.url)),
        };
        context.record(subject, removed);
    }
    for server in &newer {
        let gained = server.urls.beyond(&old_urls);
        if gained.is_empty() {
            continue;
        }
        is_changed = true;
        let mut older = old_urls.iter();
        let (id, new) = match older.any(|older| older.has_part_of(&server.urls)) {
            true => (ChangeId::ServerUrlsAdded, Some(gained)),
            false => (ChangeId::ServerAdded, None),
        };
        let added = Difference::added(id, base, &server.element).named(server.url);
        context.record(subject, added.values(None::<&str>, new));
    }
    for (base, head) in pairs(older, newer) {
        counterparts(context, subject, &base, &head, is_changed);
    }
    if is_other_default && !is_replaced {
        let id = ChangeId::DefaultServerChanged;
        let changed = Difference::of_keyword(id, &subject.pair, "servers");
        let [old, new] = defaults;
        context.record(subject, changed.values(Some(old), Some(new)));
    }
}

/// Compares two servers that correspond to each other. If `is_changed`, a change of the URLs is
/// recorded already.
fn counterparts<'a>(
    context: &mut Context<'a>,
    subject: &Compared<'a>,
    base: &Server<'a>,
    head: &Server<'a>,
    is_changed: bool,
) {
    let title = format!("the server `{}`", head.url);
    let pair = Pair::new(base.element.clone(), head.element.clone());
    let server = Compared::new(subject.vertex, pair, title);
    annotations(context, &server, &["description"]);
    let is_same = base.urls == head.urls;
    if base.url != head.url && (is_same || !is_changed) {
        let id = ChangeId::ServerRewritten;
        let rewritten = Difference::changed(id, &base.element, &head.element);
        context.record(subject, rewritten.values(Some(base.url), Some(head.url)));
    } else if is_same {
        context.keyword(&server, ChangeId::AnnotationChanged, "variables");
    } else if !is_changed {
        // The same URLs with another default.
        context.keyword(&server, ChangeId::ServerVariablesChanged, "variables");
    }
}

/// Returns the servers of an element. If there are none, the server is `/` (OpenAPI 3.0.3).
fn described<'a>(element: &Element<'a>) -> Vec<Server<'a>> {
    let server = |element: Element<'a>| {
        let url = element.str_at("url")?;
        let urls = ServerUrls::new(url, &variables(&element));
        Some(Server { url, urls, element })
    };
    let servers = element.items("servers").into_iter();
    let mut servers: Vec<Server<'a>> = servers.filter_map(server).collect();
    if servers.is_empty() {
        servers.push(Server {
            url: "/",
            urls: ServerUrls::new("/", &[]),
            element: element.clone(),
        });
    }
    servers
}

fn variables<'a>(server: &Element<'a>) -> Vec<Variable<'a>> {
    let variables = server.named("variables").into_iter();
    let variables = variables.map(|(name, variable)| {
        let values = variable.items("enum").into_iter();
        Variable {
            name,
            default: variable.str_at("default").unwrap_or_default(),
            values: values.filter_map(|value| value.node.as_str()).collect(),
        }
    });
    variables.collect()
}

/// Returns the servers that correspond to each other: by the URL as it is written, or else by the
/// URLs that they stand for, or else by the default.
fn pairs<'a>(older: Vec<Server<'a>>, newer: Vec<Server<'a>>) -> Vec<(Server<'a>, Server<'a>)> {
    let keys: [fn(&Server<'a>, &Server<'a>) -> bool; 3] = [
        |base, head| base.url == head.url,
        |base, head| base.urls == head.urls,
        |base, head| base.urls.has_default_of(&head.urls),
    ];
    let (mut older, mut newer) = (older, newer);
    let mut pairs = Vec::new();
    for key in keys {
        let mut rest = Vec::new();
        for base in older {
            match newer.iter().position(|head| key(&base, head)) {
                Some(same) => pairs.push((base, newer.remove(same))),
                None => rest.push(base),
            }
        }
        older = rest;
    }
    pairs
}
