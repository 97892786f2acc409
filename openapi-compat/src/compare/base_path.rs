//! A beginning of all URLs that moved from the servers to the paths, or back.

use super::annotations::annotations;
use super::endpoint::Endpoint;
use crate::change_id::ChangeId;
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::revision::ElementTree;

/// The beginnings that make the paths of both revisions comparable.
#[derive(Clone, Debug, Default)]
pub(super) struct BasePaths {
    pub(super) base: String,
    pub(super) head: String,
}

/// Returns the beginnings of the paths if one moved. It is a part of all servers in one revision, and
/// of at least one path in the other revision.
pub(super) fn moved(context: &Context<'_>) -> Option<BasePaths> {
    let (older, newer) = (urls(&context.base)?, urls(&context.head)?);
    let path = |longer: &[&str], shorter: &[&str]| -> Option<String> {
        let path = longer.first()?.strip_prefix(shorter.first()?)?;
        let is_path = path.starts_with('/') && !path.contains('{');
        let mut servers = longer.iter().zip(shorter);
        let is_common = longer.len() == shorter.len()
            && servers.all(|(longer, shorter)| longer.strip_prefix(shorter) == Some(path));
        (is_path && is_common).then(|| path.to_owned())
    };
    let paths = match (path(&older, &newer), path(&newer, &older)) {
        (Some(base), _) => BasePaths {
            base,
            ..BasePaths::default()
        },
        (_, Some(head)) => BasePaths {
            head,
            ..BasePaths::default()
        },
        (None, None) => return None,
    };
    let addresses = |document: &ElementTree<'_>, base_path: &str| -> Vec<String> {
        let endpoints = Endpoint::all(document, base_path).into_iter();
        endpoints.map(|endpoint| endpoint.address()).collect()
    };
    let older = addresses(&context.base, &paths.base);
    let newer = addresses(&context.head, &paths.head);
    newer
        .iter()
        .any(|address| older.contains(address))
        .then_some(paths)
}

/// Records a beginning that moved, and compares the servers without it.
pub(super) fn compare<'a>(context: &mut Context<'a>, api: &Compared<'a>, paths: &BasePaths) {
    const KEYWORD: &str = "servers";
    let (name, places) = match paths.base.is_empty() {
        false => (&paths.base, [KEYWORD, "paths"]),
        true => (&paths.head, ["paths", KEYWORD]),
    };
    let moved = Difference::of_keyword(ChangeId::BasePathMoved, &api.pair, KEYWORD);
    let [old, new] = places;
    context.record(api, moved.named(name).values(Some(old), Some(new)));
    let servers = [&api.pair.base, &api.pair.head].map(|root| root.items(KEYWORD));
    let [older, newer] = servers;
    for (base, head) in older.into_iter().zip(newer) {
        let title = format!("the server `{}`", head.str_at("url").unwrap_or("/"));
        let server = Compared::new(api.vertex, Pair::new(base, head), title);
        annotations(context, &server, &["description"]);
    }
}

/// Returns the URLs of all servers without a slash at their end. Returns `None` if they are not the same
/// for all operations, or have variables.
fn urls<'a>(document: &ElementTree<'a>) -> Option<Vec<&'a str>> {
    const KEYWORD: &str = "servers";
    let has_own = |element: &Element<'a>| element.has(KEYWORD);
    let mut endpoints = Endpoint::all(document, "").into_iter();
    if endpoints.any(|endpoint| has_own(&endpoint.operation) || has_own(&endpoint.path_item)) {
        return None;
    }
    let servers = document.root().items(KEYWORD);
    if servers.is_empty() {
        return Some(vec![""]);
    }
    let url = |server: &Element<'a>| {
        let url = server.str_at("url")?.trim_end_matches('/');
        (!url.contains('{')).then_some(url)
    };
    servers.iter().map(url).collect()
}
