//! Who may call an operation: security requirements and the schemes in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::context::{Context, Pair};
use super::document::Operation;
use crate::compatibility::{Effect, Way};
use crate::graph::{Kind, UnitId};
use crate::revision::{At, Side};

/// One of the ways to be let in: schemes, each with scopes, all of which are asked for.
type Requirement<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Compares what operations ask for.
pub(crate) fn of_operation<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    base: &Operation<'a>,
    head: &Operation<'a>,
) {
    let pair = Pair {
        base: place(&context.base, base),
        head: place(&context.head, head),
    };
    let mut older = requirements(&pair.base);
    let newer = requirements(&pair.head);
    for requirement in &mut older {
        let schemes = std::mem::take(requirement).into_iter();
        *requirement = schemes
            .map(|(name, scopes)| (renamed(context, name), scopes))
            .collect();
    }
    // Whoever fulfils a requirement is let in by one that asks for nothing beyond it.
    let lets_in = |asked: &[Requirement<'a>], brings: &Requirement<'a>| {
        asked.iter().any(|requirement| {
            requirement.iter().all(|(scheme, scopes)| {
                brings
                    .get(scheme)
                    .is_some_and(|brought| brought.is_superset(scopes))
            })
        })
    };
    let refused = older.iter().any(|brings| !lets_in(&newer, brings));
    let welcome = newer.iter().any(|brings| !lets_in(&older, brings));
    let (was, is) = (shown(&older), shown(&newer));
    let effect = match (refused, welcome) {
        (true, _) => Some((
            Effect::OTHER,
            "clients that bring what was asked for are refused",
        )),
        (false, true) => Some((Effect::ADDED, "whoever was let in still is")),
        (false, false) if was != is => Some((Effect::DOCUMENTATION, "which lets in the same")),
        (false, false) => None,
    };
    if let Some((effect, notices)) = effect {
        let what = format!("clients had to bring {was} and have to bring {is}: {notices}");
        context.note(unit, effect, &pair, "security", what);
    }
    for name in older.iter().flat_map(BTreeMap::keys) {
        if newer
            .iter()
            .any(|requirement| requirement.contains_key(name))
        {
            scheme(context, unit, name);
        }
    }
}

/// The name that the newer side has for a security scheme: names are on no wire.
fn renamed<'a>(context: &Context<'a>, name: &'a str) -> &'a str {
    if of_name(&context.head, name).is_some() {
        return name;
    }
    let Some(older) = of_name(&context.base, name) else {
        return name;
    };
    let newer = context
        .head
        .root()
        .get("components")
        .map(|at| at.named("securitySchemes"));
    let alike = newer
        .into_iter()
        .flatten()
        .find(|(_, newer)| older.node.same(newer.node));
    alike.map_or(name, |(name, _)| name)
}

/// What holds the requirements of an operation: itself, or the document.
fn place<'a>(side: &Side<'a>, operation: &Operation<'a>) -> At<'a> {
    match operation.at.node.get("security") {
        Some(_) => operation.at.clone(),
        None => side.root(),
    }
}

/// The ways to be let in; where nothing is asked for, one that asks for nothing.
fn requirements<'a>(at: &At<'a>) -> Vec<Requirement<'a>> {
    let items = at.items("security");
    let mut requirements: Vec<Requirement<'a>> = items
        .iter()
        .map(|item| {
            let schemes = item.node.entries().iter();
            schemes
                .map(|entry| {
                    let scopes = entry.node.items().iter();
                    (
                        entry.key.as_str(),
                        scopes.filter_map(|scope| scope.as_str()).collect(),
                    )
                })
                .collect()
        })
        .collect();
    if requirements.is_empty() {
        requirements.push(Requirement::new());
    }
    requirements
}

fn shown(requirements: &[Requirement<'_>]) -> String {
    let one = |requirement: &Requirement<'_>| {
        let schemes = requirement
            .iter()
            .map(|(scheme, scopes)| match scopes.is_empty() {
                true => format!("`{scheme}`"),
                false => {
                    let scopes: Vec<&str> = scopes.iter().copied().collect();
                    format!("`{scheme}` ({})", scopes.join(", "))
                }
            });
        let schemes: Vec<String> = schemes.collect();
        match schemes.is_empty() {
            true => "nothing".to_owned(),
            false => schemes.join(" and "),
        }
    };
    let all: Vec<String> = requirements.iter().map(one).collect();
    all.join(" or ")
}

/// Compares a security scheme that an operation asks for.
fn scheme(context: &mut Context<'_>, unit: UnitId, name: &str) {
    let (Some(base), Some(head)) = (
        of_name(&context.base, name),
        of_name(&context.head, name),
    ) else {
        return;
    };
    let pair = Pair {
        base: context.base.resolve(base),
        head: context.head.resolve(head),
    };
    let Some(inside) = context.inside(unit, Kind::SecurityScheme, &pair, Way::Request) else {
        return;
    };
    let title = format!("the security scheme `{name}`");
    context.texts(inside, &pair, &["description", "bearerFormat"], &title);
    flows(context, inside, &pair, &title);
    for key in ["type", "in", "name", "scheme", "openIdConnectUrl"] {
        let differs = match key {
            // Both are read without regard to case.
            "name" | "scheme" if same_text(&pair, key) => None,
            _ => pair.differs(key),
        };
        if let Some(differs) = differs {
            let what = format!(
                "`{key}` of {title} {differs}: clients that bring what was asked for are refused"
            );
            context.note(inside, Effect::OTHER, &pair, key, what);
        }
    }
}

/// Compares the ways to get a token of OAuth 2, and the scopes that it may have.
fn flows<'a>(context: &mut Context<'a>, unit: UnitId, pair: &Pair<'a>, title: &str) {
    let flows = context.named(pair, "flows");
    for (name, flow) in flows.gone {
        let what =
            format!("{title} has no flow `{name}` any more: clients that use it get no token");
        context.note_gone(unit, Effect::OTHER, &flow, &pair.head, what);
    }
    for (name, flow) in flows.added {
        let what = format!("{title} has a new flow: `{name}`");
        context.note_added(unit, Effect::ADDED, &pair.base, &flow, what);
    }
    for (name, flow) in flows.both {
        for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
            if let Some(differs) = flow.differs(key) {
                let what = format!(
                    "`{key}` of the flow `{name}` of {title} {differs}: clients that are not told \
                         ask elsewhere"
                );
                context.note(unit, Effect::OTHER, &flow, key, what);
            }
        }
        let scopes = context.named(&flow, "scopes");
        for (scope, at) in scopes.gone {
            let what =
                format!("{title} has no scope `{scope}` any more: clients that ask for it fail");
            context.note_gone(unit, Effect::OTHER, &at, &flow.head, what);
        }
        for (scope, at) in scopes.added {
            let what = format!("{title} has a new scope: `{scope}`");
            context.note_added(unit, Effect::ADDED, &flow.base, &at, what);
        }
        for (scope, at) in scopes
            .both
            .iter()
            .filter(|(_, at)| !at.base.node.same(at.head.node))
        {
            let what = format!("what is said of the scope `{scope}` of {title} is another");
            context.note_added(unit, Effect::DOCUMENTATION, &at.base, &at.head, what);
        }
    }
}

fn of_name<'a>(side: &Side<'a>, name: &str) -> Option<At<'a>> {
    side.root()
        .get("components")?
        .get("securitySchemes")?
        .get(name)
}

/// Whether a header or an HTTP scheme is the same but for upper and lower case.
fn same_text(pair: &Pair<'_>, key: &str) -> bool {
    let in_header = |at: &At<'_>| matches!(at.str_at("in"), None | Some("header"));
    match (pair.base.str_at(key), pair.head.str_at(key)) {
        (Some(base), Some(head)) => in_header(&pair.head) && base.eq_ignore_ascii_case(head),
        _ => false,
    }
}
