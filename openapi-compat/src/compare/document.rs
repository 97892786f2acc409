//! What is said of the API as a whole, and which operations belong together.

use std::collections::{HashMap, HashSet};

use crate::context::{Context, Named, Pair};
use crate::compatibility::Effect;
use crate::graph::UnitId;
use super::operation::{self, Receiver};
use crate::revision::{At, Side};

/// The methods that a path item can have.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// An operation, with the path item around it.
#[derive(Clone)]
pub(crate) struct Operation<'a> {
    pub(crate) at: At<'a>,
    pub(crate) path_item: At<'a>,
    pub(crate) path: &'a str,
    pub(crate) method: &'a str,
}

impl<'a> Operation<'a> {
    /// Every operation of a path item.
    pub(crate) fn of_path_item(path: &'a str, path_item: &At<'a>) -> Vec<Self> {
        let operations = path_item.entries().filter(|(key, _)| METHODS.contains(key));
        operations
            .map(|(method, at)| Self {
                at,
                path_item: path_item.clone(),
                path,
                method,
            })
            .collect()
    }

    /// Every operation of a spec.
    fn all(side: &Side<'a>) -> Vec<Self> {
        let paths = side.root().named("paths").into_iter();
        paths
            .flat_map(|(path, item)| Self::of_path_item(path, &side.resolve(item)))
            .collect()
    }

    /// How people call it: `GET /app/group`.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// What tells it from all others on the wire: the names of path parameters do not.
    fn identity(&self) -> (&'a str, String) {
        let mut path = String::new();
        let mut depth = 0_usize;
        for character in self.path.chars() {
            match character {
                '{' => {
                    depth += 1;
                    path.push('{');
                }
                '}' => depth = depth.saturating_sub(1),
                _ if depth == 0 => path.push(character),
                _ => {}
            }
        }
        (self.method, path)
    }

    /// The names of the path parameters, in the order in which they stand in the path.
    pub(crate) fn path_parameters(&self) -> Vec<&'a str> {
        let parts = self.path.split('{').skip(1);
        parts.filter_map(|part| part.split('}').next()).collect()
    }
}

/// Compares what is said of the API as a whole, and all operations.
pub(crate) fn compare(context: &mut Context<'_>) {
    let roots = Pair {
        base: context.base.root(),
        head: context.head.root(),
    };
    let whole = context.graph.whole();
    context.texts(whole, &roots, &["openapi", "externalDocs"], "the document");
    if let Some(info) = roots.get("info") {
        let keys = [
            "title",
            "description",
            "termsOfService",
            "contact",
            "license",
            "version",
        ];
        context.texts(whole, &info, &keys, "the API");
    }
    tags(context, whole, &roots);
    servers(context, whole, &roots, "the API");
    operations(context);
}

fn tags(context: &mut Context<'_>, whole: UnitId, roots: &Pair<'_>) {
    let all = |at: &At<'_>| -> Vec<String> {
        let tags = at.items("tags");
        tags.iter()
            .filter_map(|tag| tag.str_at("name").map(str::to_owned))
            .collect()
    };
    let (base, head) = (all(&roots.base), all(&roots.head));
    if roots.differs("tags").is_some() {
        let what = match base == head {
            true => "what is said of the tags is another".to_owned(),
            false => format!("the tags were {} and are {}", list(&base), list(&head)),
        };
        context.note(whole, Effect::DOCUMENTATION, roots, "tags", what);
    }
}

/// Names in a sentence.
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => "none".to_owned(),
        names => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            names.join(", ")
        }
    }
}

/// Compares the servers of the API, a path item or an operation.
pub(crate) fn servers<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    pair: &Pair<'a>,
    of: &str,
) {
    let all = |at: &At<'a>| -> Vec<(&'a str, At<'a>)> {
        let servers = at.items("servers").into_iter();
        let servers = servers.filter_map(|server| Some((server.str_at("url")?, server)));
        let mut servers: Vec<(&str, At<'a>)> = servers.collect();
        if servers.is_empty() {
            servers.push(("/", at.clone())); // what OpenAPI says where nothing is said
        }
        servers
    };
    let (base, head) = (all(&pair.base), all(&pair.head));
    let first = |servers: &[(&'a str, At<'a>)]| servers.first().map(|(url, _)| *url);
    let moved = first(&base) != first(&head);
    let (first_base, first_head) = (first(&base), first(&head));
    let named = Named::of(base, head);
    for (url, server) in &named.gone {
        let what = match first_head {
            Some(to) if moved && Some(*url) == first_base => format!(
                "the server of {of} was `{url}` and is `{to}`: clients that are not told still \
                     send there"
            ),
            _ => format!(
                "{of} has no server `{url}` any more: clients that send there are not served"
            ),
        };
        context.note_gone(unit, Effect::OTHER, server, &pair.head, what);
    }
    for (url, server) in &named.added {
        let what = format!("{of} has a new server: `{url}`");
        context.note_added(unit, Effect::ADDED, &pair.base, server, what);
    }
    for (url, pair) in &named.both {
        context.texts(unit, pair, &["description"], &format!("the server `{url}`"));
        if let Some(differs) = pair.differs("variables") {
            let what = format!(
                "`variables` of the server `{url}` {differs}: clients that fill them in may send \
                     elsewhere"
            );
            context.note(unit, Effect::OTHER, pair, "variables", what);
        }
    }
    if moved && named.gone.is_empty() {
        let what = format!(
            "the first server of {of} was {} and is {}: clients that are not told otherwise send \
                 there",
            shown_url(first_base),
            shown_url(first_head)
        );
        context.note(unit, Effect::OTHER, pair, "servers", what);
    }
}

fn shown_url(url: Option<&str>) -> String {
    url.map_or_else(|| "not said".to_owned(), |url| format!("`{url}`"))
}

/// Finds which operations belong together: those with the same method and path, and of all
/// others those with the same `operationId`.
fn operations<'a>(context: &mut Context<'a>) {
    let base = Operation::all(&context.base);
    let head = Operation::all(&context.head);
    let by_identity: HashMap<_, &Operation<'a>> = base
        .iter()
        .map(|operation| (operation.identity(), operation))
        .collect();
    let kept: HashSet<_> = head.iter().map(Operation::identity).collect();
    let moved_from: HashMap<&str, &Operation<'a>> = base
        .iter()
        .filter(|operation| !kept.contains(&operation.identity()))
        .filter_map(|operation| Some((operation.at.str_at("operationId")?, operation)))
        .collect();
    let mut found: HashSet<(&str, &str)> = HashSet::new();
    for newer in &head {
        let unit = context.graph.operation(newer.title());
        let older = by_identity.get(&newer.identity()).or_else(|| {
            let id = newer.at.str_at("operationId")?;
            moved_from.get(id)
        });
        match older {
            Some(older) => {
                found.insert((older.path, older.method));
                operation::compare(context, unit, older, newer, Receiver::Service);
            }
            None => {
                let what = format!("`{}` is new", newer.title());
                let to = paths(&context.base);
                context.note_added(unit, Effect::ADDED, &to, &newer.at, what);
            }
        }
    }
    for older in base
        .iter()
        .filter(|older| !found.contains(&(older.path, older.method)))
    {
        let unit = context.graph.operation(older.title());
        let deprecated = match older.at.flag("deprecated") {
            true => ", which was deprecated,",
            false => "",
        };
        let what = format!(
            "`{}`{deprecated} is gone: clients that call it fail",
            older.title()
        );
        let from = paths(&context.head);
        context.note_gone(unit, Effect::OTHER, &older.at, &from, what);
    }
}

/// Where operations stand.
fn paths<'a>(side: &Side<'a>) -> At<'a> {
    side.root().get("paths").unwrap_or_else(|| side.root())
}

/// Notes that an operation is reached in another way.
pub(crate) fn reached(
    context: &mut Context<'_>,
    unit: UnitId,
    base: &Operation<'_>,
    head: &Operation<'_>,
) {
    if base.identity() != head.identity() {
        let what = format!(
            "`{}` is `{}` now: clients that call it as it was fail",
            base.title(),
            head.title()
        );
        context.note_added(unit, Effect::OTHER, &base.at, &head.at, what);
    } else if base.path != head.path {
        let what = format!(
            "the path `{}` is written `{}`: the same on the wire, other names in code",
            base.path, head.path
        );
        let (from, to) = (&base.path_item, &head.path_item);
        context.note_added(unit, Effect::DOCUMENTATION, from, to, what);
    }
}
