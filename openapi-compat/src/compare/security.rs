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
    let newer = requirements(&pair.head);
    let older = requirements(&pair.base).into_iter();
    let older: Vec<Requirement<'a>> = older
        .map(|schemes| {
            let schemes = schemes.into_iter();
            let renamed = schemes.map(|(name, scopes)| (renamed(context, name), scopes));
            renamed.collect()
        })
        .collect();
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
    for name in older.iter().flat_map(BTreeMap::keys) {
        if newer.iter().any(|schemes| schemes.contains_key(name)) {
            scheme(context, operation, name);
        }
    }
}

/// Returns the name of a security scheme in the head revision, because requests do not contain it.
fn renamed<'a>(context: &Context<'a>, name: &'a str) -> &'a str {
    if context.head.security_scheme(name).is_some() {
        return name;
    }
    let Some(older) = context.base.security_scheme(name) else {
        return name;
    };
    let components = context.head.root().get("components");
    let schemes = components.map(|components| components.named("securitySchemes"));
    let mut schemes = schemes.into_iter().flatten();
    let same = schemes.find(|(_, newer)| older.node.same(newer.node));
    same.map_or(name, |(name, _)| name)
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
    flows(context, &scheme);
    for keyword in ["type", "in", "name", "scheme", "openIdConnectUrl"] {
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
    use ChangeId::{OauthFlowAdded, OauthFlowRemoved, OauthUrlChanged};
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
            context.keyword(&flow, OauthUrlChanged, keyword);
        }
    }
}
