//! Security requirements of operations.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::security_scheme;
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::Element;
use crate::graph::VertexId;
use crate::pair::Pair;
use crate::revision::IndexedDocument;

/// A security requirement: schemes, all of which are required, each with its scopes.
type Requirement<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Compares the security requirements of two operations.
pub(super) fn of_operation<'a>(context: &mut Context<'a>, vertex: VertexId, operations: &Pair<'a>) {
    const KEYWORD: &str = "security";
    let parent =
        |document: &IndexedDocument<'a>, operation: &Element<'a>| match operation.has(KEYWORD) {
            true => operation.clone(),
            false => document.root(),
        };
    let pair = Pair {
        base: parent(&context.base, &operations.base),
        head: parent(&context.head, &operations.head),
    };
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
    let rejects_old = older
        .iter()
        .any(|credentials| !accepts(&newer, credentials));
    let accepts_new = newer
        .iter()
        .any(|credentials| !accepts(&older, credentials));
    let change = match (rejects_old, accepts_new) {
        (true, _) => Some(ChangeId::SecurityTightened),
        (false, true) => Some(ChangeId::SecurityRelaxed),
        (false, false) if older != newer => Some(ChangeId::SecurityRewritten),
        (false, false) => None,
    };
    if let Some(id) = change {
        let changed = Difference::of_keyword(id, &pair, KEYWORD);
        let changed = changed.of("the required credentials");
        context.record(
            vertex,
            changed.values(Some(to_json(&older)), Some(to_json(&newer))),
        );
    }
    for name in older.iter().flat_map(BTreeMap::keys) {
        if newer.iter().any(|schemes| schemes.contains_key(name)) {
            security_scheme::compare(context, vertex, name);
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
