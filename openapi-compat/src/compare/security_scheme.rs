//! Security schemes.

use super::annotations::annotations;
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::Element;
use crate::graph::{ElementKind, VertexId};
use crate::pair::Pair;

/// Compares the security schemes with this name, which an operation requires.
pub(super) fn compare(context: &mut Context<'_>, vertex: VertexId, name: &str) {
    let (Some(base), Some(head)) = (
        context.base.security_scheme(name),
        context.head.security_scheme(name),
    ) else {
        return;
    };
    let pair = context.resolve(Pair { base, head });
    let Some(inside) = context.enter(vertex, ElementKind::SecurityScheme, &pair) else {
        return;
    };
    let title = format!("the security scheme `{name}`");
    let keywords = ["description", "bearerFormat"];
    annotations(context, inside, &pair, &keywords, &title);
    flows(context, inside, &pair, &title);
    for keyword in ["type", "in", "name", "scheme", "openIdConnectUrl"] {
        let ignores_case = matches!(keyword, "name" | "scheme");
        if pair.differs(keyword) && !(ignores_case && differs_in_case_only(&pair, keyword)) {
            let changed = Difference::of_keyword(ChangeId::SecuritySchemeChanged, &pair, keyword);
            context.record(inside, changed.of(&title).keyword(&pair, keyword));
        }
    }
}

/// Returns `true` if the names of two headers or HTTP schemes are the same if case is ignored.
fn differs_in_case_only(pair: &Pair<'_>, keyword: &str) -> bool {
    let is_header = |scheme: &Element<'_>| matches!(scheme.str_at("in"), None | Some("header"));
    match (pair.base.str_at(keyword), pair.head.str_at(keyword)) {
        (Some(base), Some(head)) => is_header(&pair.head) && base.eq_ignore_ascii_case(head),
        _ => false,
    }
}

/// Compares the flows of OAuth 2.
fn flows<'a>(context: &mut Context<'a>, vertex: VertexId, pair: &Pair<'a>, title: &str) {
    let flows = context.matched(pair, "flows");
    for (name, flow) in flows.removed {
        let removed = Difference::removed(ChangeId::OauthFlowRemoved, &flow, &pair.head);
        context.record(vertex, removed.of(title).named(name));
    }
    for (name, flow) in flows.added {
        let added = Difference::added(ChangeId::OauthFlowAdded, &pair.base, &flow);
        context.record(vertex, added.of(title).named(name));
    }
    for (name, flow) in flows.both {
        for keyword in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
            if flow.differs(keyword) {
                let changed = Difference::of_keyword(ChangeId::OauthUrlChanged, &flow, keyword);
                let changed = changed.of(format!("the flow `{name}` of {title}"));
                context.record(vertex, changed.keyword(&flow, keyword));
            }
        }
        scopes(context, vertex, &flow, title);
    }
}

fn scopes<'a>(context: &mut Context<'a>, vertex: VertexId, flow: &Pair<'a>, title: &str) {
    let scopes = context.matched(flow, "scopes");
    for (name, scope) in scopes.removed {
        let removed = Difference::removed(ChangeId::OauthScopeRemoved, &scope, &flow.head);
        context.record(vertex, removed.of(title).named(name));
    }
    for (name, scope) in scopes.added {
        let added = Difference::added(ChangeId::OauthScopeAdded, &flow.base, &scope);
        context.record(vertex, added.of(title).named(name));
    }
    for (name, Pair { base, head }) in scopes.both {
        if !base.node.same(head.node) {
            let changed = Difference::changed(ChangeId::OauthScopeDescriptionChanged, &base, &head);
            context.record(vertex, changed.of(title).named(name));
        }
    }
}
