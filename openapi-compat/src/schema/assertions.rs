//! What a schema says of a value as such: type, format, listed values, limits.

use serde_json::{Map, Value};

use super::flattened::View;
use super::{Schemas, dialect};
use crate::inclusion;
use crate::context::Context;
use crate::compatibility::{Effect, Outcome};
use openapi_tree::Node;

/// Keywords that together say one thing, and the keywords without which it cannot be judged.
struct Facet {
    keywords: &'static [&'static str],
    with: &'static [&'static str],
}

const TYPED: &[&str] = &["type", "nullable"];
const LISTED: &[&str] = &["type", "nullable", "enum"];

#[rustfmt::skip] // a table
const FACETS: &[Facet] = &[
    Facet { keywords: TYPED, with: &["enum"] },
    Facet { keywords: &["format"], with: TYPED },
    Facet { keywords: &["enum"], with: TYPED },
    Facet { keywords: &["pattern"], with: LISTED },
    Facet { keywords: &["minLength"], with: LISTED },
    Facet { keywords: &["maxLength"], with: LISTED },
    Facet { keywords: &["minimum", "exclusiveMinimum"], with: LISTED },
    Facet { keywords: &["maximum", "exclusiveMaximum"], with: LISTED },
    Facet { keywords: &["multipleOf"], with: LISTED },
    Facet { keywords: &["minItems"], with: LISTED },
    Facet { keywords: &["maxItems"], with: LISTED },
    Facet { keywords: &["uniqueItems"], with: LISTED },
    Facet { keywords: &["minProperties"], with: LISTED },
    Facet { keywords: &["maxProperties"], with: LISTED },
];

/// Compares the facets of two schemas, each on its own: what it says is one of the conditions
/// that a value has to meet, so that where no condition became stricter no value is lost.
pub(crate) fn compare<'a>(context: &mut Context<'a>, schemas: &Schemas<'_, 'a>) {
    let (base, head) = (&schemas.base, &schemas.head);
    for facet in FACETS {
        let changed = |keyword: &&&'static str| schemas.differs(keyword).is_some();
        let Some(first) = facet.keywords.iter().find(changed) else {
            continue;
        };
        let request = inclusion::includes(&said(base, head, facet), &said(base, base, facet));
        let response = inclusion::includes(&said(head, base, facet), &said(head, head, facet));
        let mut effect = effect(request.outcome(), response.outcome());
        if base.is_composed() || head.is_composed() {
            effect = whole(context, schemas, effect);
        }
        let changes: Vec<String> = facet
            .keywords
            .iter()
            .filter_map(|keyword| {
                let differs = match *keyword {
                    "enum" => listed(base.value("enum"), head.value("enum")),
                    _ => schemas.differs(keyword),
                };
                Some(format!("`{keyword}` of {} {}", schemas.label, differs?))
            })
            .collect();
        if changes.is_empty() {
            continue; // the same values in another order
        }
        let what = changes.join(", and ");
        schemas.note(context, effect, first, what);
    }
}

/// Where nothing is lost either way, nothing changed but the words.
pub(crate) fn effect(request: Outcome, response: Outcome) -> Effect {
    match (request, response) {
        (Outcome::Additive, Outcome::Additive) => Effect::DOCUMENTATION,
        (request, response) => Effect::of(request, response),
    }
}

/// What a facet of one view says, with what is needed to judge it taken from another.
fn said(with: &View<'_>, facet_of: &View<'_>, facet: &Facet) -> Value {
    let mut said = Map::new();
    let mut take = |view: &View<'_>, keywords: &[&str]| {
        for keyword in keywords {
            if let Some(value) = view.value(keyword) {
                said.insert((*keyword).to_owned(), value.to_json());
            }
        }
    };
    take(with, facet.with);
    take(facet_of, facet.keywords);
    Value::Object(dialect::facets(&said))
}

/// What a change does where a schema also has alternatives, which may allow less than the facet.
pub(crate) fn whole(
    context: &Context<'_>,
    schemas: &Schemas<'_, '_>,
    effect: Effect,
) -> Effect {
    let base = (&context.base, &schemas.pair.base);
    let head = (&context.head, &schemas.pair.head);
    let is_lost = |outcome| matches!(outcome, Outcome::Breaking | Outcome::Unproven);
    let request = match is_lost(effect.request) {
        true => inclusion::whole_includes(head, base).outcome(),
        false => effect.request,
    };
    let response = match is_lost(effect.response) {
        true => inclusion::whole_includes(base, head).outcome(),
        false => effect.response,
    };
    self::effect(request, response)
}

/// Which listed values are new and which are gone; nothing where only their order differs.
fn listed(base: Option<&Node>, head: Option<&Node>) -> Option<String> {
    let (base, head) = match (base, head) {
        (Some(base), Some(head)) => (base.items(), head.items()),
        (None, Some(head)) => return Some(format!("leaves only {}", values(head.items().iter()))),
        (Some(base), None) => {
            return Some(format!(
                "was {} and is not there",
                values(base.items().iter())
            ));
        }
        (None, None) => return None,
    };
    let lacks = |list: &[Node], value: &Node| !list.iter().any(|other| other.same(value));
    let added: Vec<&Node> = head.iter().filter(|value| lacks(base, value)).collect();
    let gone: Vec<&Node> = base.iter().filter(|value| lacks(head, value)).collect();
    let said = [(gone, "no longer has"), (added, "has a new value:")].into_iter();
    let said: Vec<String> = said
        .filter(|(list, _)| !list.is_empty())
        .map(|(list, verb)| format!("{verb} {}", values(list.into_iter())))
        .collect();
    (!said.is_empty()).then(|| said.join(" and "))
}

/// The first of some values.
fn values<'n>(nodes: impl ExactSizeIterator<Item = &'n Node>) -> String {
    const MOST: usize = 8;
    let more = nodes.len().saturating_sub(MOST);
    let shown: Vec<String> = nodes
        .take(MOST)
        .map(|node| crate::revision::shown(Some(node)))
        .collect();
    match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
