//! Security requirements of operations, and security schemes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::annotations::extensions;
use crate::change_id::ChangeId;
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::graph::ElementKind;
use crate::revision::ElementTree;

/// A security requirement: schemes, all of which are required, each with its scopes.
type Requirement<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Compares the security requirements of two operations.
pub(super) fn of_operation<'a>(context: &mut Context<'a>, operation: &Compared<'a>) {
    const KEYWORD: &str = "security";
    let parent = |document: &ElementTree<'a>, operation: &Element<'a>| match operation.has(KEYWORD)
    {
        true => operation.clone(),
        false => document.root(),
    };
    let pair = Pair::new(
        parent(&context.base, &operation.pair.base),
        parent(&context.head, &operation.pair.head),
    );
    let under_names = |requirements: Vec<Requirement<'a>>,
                       name_of: fn(&Context<'a>, &'a str) -> &'a str|
     -> Vec<Requirement<'a>> {
        let renamed = requirements.into_iter().map(|schemes| {
            let schemes = schemes.into_iter();
            schemes
                .map(|(name, scopes)| (name_of(context, name), scopes))
                .collect()
        });
        renamed.collect()
    };
    let written = requirements(&pair.base);
    let own_names: BTreeSet<&str> = written.iter().flat_map(BTreeMap::keys).copied().collect();
    let older = under_names(written, new_name);
    let newer = under_names(requirements(&pair.head), kept_name);
    let ineffective = without_scopes(context, operation, &older, &newer);
    let older = effective(older, &ineffective);
    let newer = effective(newer, &ineffective);
    // Credentials satisfy each requirement that demands nothing beyond them.
    let accepts = |requirements: &[Requirement<'a>], credentials: &Requirement<'a>| {
        requirements.iter().any(|requirement| {
            requirement.iter().all(|(scheme, scopes)| {
                let granted = credentials.get(scheme);
                granted.is_some_and(|granted| granted.is_superset(scopes))
            })
        })
    };
    let all_in = |accepted: &[Requirement<'a>], all: &[Requirement<'a>]| {
        all.iter().all(|credentials| accepts(accepted, credentials))
    };
    let id = match (all_in(&newer, &older), all_in(&older, &newer)) {
        (false, _) => Some(ChangeId::SecurityTightened),
        (true, false) => Some(ChangeId::SecurityRelaxed),
        (true, true) if older != newer => Some(ChangeId::SecurityRewritten),
        (true, true) => None,
    };
    if let Some(id) = id {
        let changed = Difference::of_keyword(id, &pair, KEYWORD);
        let changed = changed.values(Some(to_json(&older)), Some(to_json(&newer)));
        let credentials = Compared::new(operation.vertex, pair, "the required credentials");
        context.record(&credentials, changed);
    }
    for name in own_names {
        // A scheme under another name is the same one.
        let is_renamed = new_name(context, name) != name;
        if !is_renamed && newer.iter().any(|schemes| schemes.contains_key(name)) {
            scheme(context, operation, name);
        }
    }
}

/// Returns the schemes of some requirements that have no scopes. Records which of them are listed with
/// other ones now.
///
/// Only `oauth2` and `openIdConnect` have scopes. OpenAPI 3.0 forbids a list for any other scheme, so
/// that it means nothing. OpenAPI 3.1 allows to list roles there, "which are required for the
/// execution". Roles count if both revisions can have them.
fn without_scopes<'a>(
    context: &mut Context<'a>,
    operation: &Compared<'a>,
    older: &[Requirement<'a>],
    newer: &[Requirement<'a>],
) -> BTreeSet<&'a str> {
    if !(context.base.is_openapi_3_0() || context.head.is_openapi_3_0()) {
        return BTreeSet::new();
    }
    let has_none = |document: &ElementTree<'a>, name: &str| {
        let scheme = document.security_scheme(name);
        let scheme = scheme.map(|scheme| document.resolve(scheme));
        let kind = scheme.and_then(|scheme| scheme.str_at("type"));
        kind.is_some_and(|kind| !matches!(kind, "oauth2" | "openIdConnect"))
    };
    let names: BTreeSet<&'a str> = older
        .iter()
        .chain(newer)
        .flat_map(|schemes| schemes.keys().copied())
        .filter(|name| has_none(&context.head, name))
        .collect();
    for name in &names {
        let listed = |requirements: &[Requirement<'a>]| -> BTreeSet<&'a str> {
            let scopes = requirements.iter().filter_map(|schemes| schemes.get(name));
            scopes.flatten().copied().collect()
        };
        let place = |document: &ElementTree<'a>| document.security_scheme(name);
        let places = (place(&context.base), place(&context.head));
        if let (Some(base), Some(head)) = places
            && listed(older) != listed(newer)
        {
            let id = ChangeId::ScopesIneffective;
            let changed = Difference::changed(id, &base, &head);
            let title = format!("the security scheme `{name}`");
            context.graph.record(operation.vertex, changed.of(&title));
        }
    }
    names
}

/// Returns requirements without the scopes of some schemes, each requirement once.
fn effective<'a>(
    requirements: Vec<Requirement<'a>>,
    without_scopes: &BTreeSet<&'a str>,
) -> Vec<Requirement<'a>> {
    let mut effective: Vec<Requirement<'a>> = Vec::new();
    for mut schemes in requirements {
        for (name, scopes) in &mut schemes {
            if without_scopes.contains(name) {
                scopes.clear();
            }
        }
        if !effective.contains(&schemes) {
            effective.push(schemes);
        }
    }
    effective
}

/// Returns the name of a security scheme of the base revision in the head revision. Requests do not
/// contain it, so that a scheme that is defined under another name is the same one.
fn new_name<'a>(context: &Context<'a>, name: &'a str) -> &'a str {
    let Some(older) = context.base.security_scheme(name) else {
        return name;
    };
    let is_same = |newer: &Element<'a>| older.node.same(newer.node);
    if context
        .head
        .security_scheme(name)
        .as_ref()
        .is_some_and(is_same)
    {
        return name;
    }
    let mut schemes = schemes(&context.head).into_iter();
    let same = schemes.find(|(_, newer)| is_same(newer));
    same.map_or(name, |(name, _)| name)
}

/// Returns the name of a security scheme of the head revision, or that of a scheme that both revisions
/// have, and that it only repeats.
fn kept_name<'a>(context: &Context<'a>, name: &'a str) -> &'a str {
    let Some(newer) = context.head.security_scheme(name) else {
        return name;
    };
    let was_same = |name: &str| {
        let older = context.base.security_scheme(name);
        older.is_some_and(|older| older.node.same(newer.node))
    };
    if was_same(name) {
        return name;
    }
    let mut schemes = schemes(&context.head).into_iter();
    let kept = schemes.find(|(name, kept)| kept.node.same(newer.node) && was_same(name));
    kept.map_or(name, |(name, _)| name)
}

/// Returns the security schemes of a document.
fn schemes<'a>(document: &ElementTree<'a>) -> Vec<(&'a str, Element<'a>)> {
    let components = document.root().get("components");
    components.map_or_else(Vec::new, |components| components.named("securitySchemes"))
}

/// Returns the alternative requirements. If there are none, it is one without schemes.
fn requirements<'a>(element: &Element<'a>) -> Vec<Requirement<'a>> {
    let requirement = |item: &Element<'a>| -> Requirement<'a> {
        let schemes = item.node.entries().iter();
        let schemes = schemes.map(|entry| {
            let scopes = entry.node.items().iter();
            let scopes = scopes.filter_map(|scope| scope.as_str());
            (entry.key.as_str(), scopes.collect())
        });
        schemes.collect()
    };
    let items = element.items("security");
    match items.is_empty() {
        true => vec![Requirement::new()],
        false => items.iter().map(requirement).collect(),
    }
}

fn to_json(requirements: &[Requirement<'_>]) -> Value {
    requirements.iter().map(|schemes| json!(schemes)).collect()
}

/// Compares the security schemes of a name, which an operation requires.
fn scheme<'a>(context: &mut Context<'a>, operation: &Compared<'a>, name: &str) {
    let (base, head) = (&context.base, &context.head);
    let (Some(base), Some(head)) = (base.security_scheme(name), head.security_scheme(name)) else {
        return;
    };
    let pair = context.resolve(Pair { base, head });
    let title = format!("the security scheme `{name}`");
    let Some(scheme) = context.enter(operation, ElementKind::SecurityScheme, pair, title) else {
        return;
    };
    for keyword in ["description", "bearerFormat"] {
        context.keyword(&scheme, ChangeId::AnnotationChanged, keyword);
    }
    extensions(context, &scheme);
    let Pair { base, head } = &scheme.pair;
    if base.str_at("type") != head.str_at("type") {
        // The other keywords belong to the type.
        context.keyword(&scheme, ChangeId::SecuritySchemeChanged, "type");
        return;
    }
    flows(context, &scheme);
    for keyword in ["in", "name", "scheme", "openIdConnectUrl"] {
        let ignores_case = matches!(keyword, "name" | "scheme");
        if !(ignores_case && differs_in_case_only(&scheme.pair, keyword)) {
            context.keyword(&scheme, ChangeId::SecuritySchemeChanged, keyword);
        }
    }
}

/// Returns `true` if the names of two headers or HTTP schemes are the same without regard to case.
fn differs_in_case_only(pair: &Pair<'_>, keyword: &str) -> bool {
    let is_header = |scheme: &Element<'_>| matches!(scheme.str_at("in"), None | Some("header"));
    match (pair.base.str_at(keyword), pair.head.str_at(keyword)) {
        (Some(base), Some(head)) => is_header(&pair.head) && base.eq_ignore_ascii_case(head),
        _ => false,
    }
}

/// Compares the flows of OAuth 2.
fn flows<'a>(context: &mut Context<'a>, scheme: &Compared<'a>) {
    use ChangeId::{OauthFlowAdded, OauthFlowRemoved, OauthUrlAdded, OauthUrlChanged};
    use ChangeId::{OauthScopeAdded, OauthScopeDescriptionChanged, OauthScopeRemoved};
    let scopes = (
        OauthScopeAdded,
        OauthScopeRemoved,
        OauthScopeDescriptionChanged,
    );
    for (name, pair) in context.named(scheme, (OauthFlowAdded, OauthFlowRemoved), "flows") {
        let with_scopes = Compared::new(scheme.vertex, pair.clone(), &scheme.title);
        context.named_values(&with_scopes, scopes, "scopes");
        let title = format!("the flow `{name}` of {}", scheme.title);
        let flow = Compared::new(scheme.vertex, pair, title);
        for keyword in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
            let id = match flow.pair.base.has(keyword) {
                true => OauthUrlChanged,
                false => OauthUrlAdded,
            };
            context.keyword(&flow, id, keyword);
        }
    }
}
