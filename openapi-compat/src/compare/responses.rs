//! Responses of operations.

use openapi_tree::is_extension;

use super::annotations::annotations;
use super::{content, headers, serialized_value};
use crate::change_id::ChangeId;
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::graph::ElementKind;

/// Compares the responses of two operations.
pub(super) fn compare<'a>(context: &mut Context<'a>, operation: &Compared<'a>) {
    const KEYWORD: &str = "responses";
    // A document that is read leniently can lack the keyword. Its place is then the operation, which
    // has no keyword that is a status.
    let place = |operation: &Element<'a>| operation.get(KEYWORD).unwrap_or(operation.clone());
    let pair = Pair::new(place(&operation.pair.base), place(&operation.pair.head));
    let matched = context.matched(&operation.pair, KEYWORD);
    let vertex = context.graph.reversed(operation.vertex);
    let received = Compared::new(vertex, pair, &operation.title);
    let Pair { base, head } = &received.pair;
    for (status, base, head) in matched.both {
        response(context, &received, status, Pair { base, head });
    }
    for (status, newer) in matched.added {
        if let Some(older) = covering(base, status) {
            let base = context.base.resolve(older);
            response(context, &received, status, Pair { base, head: newer });
            continue;
        }
        // A client handles an unknown status like the other ones of its class (RFC 9110, section
        // 15).
        let id = match is_success(status) {
            true => ChangeId::SuccessResponseAdded,
            false => ChangeId::OtherResponseAdded,
        };
        let added = Difference::added(id, base, &newer);
        context.record(&received, added.named(status));
    }
    for (status, older) in matched.removed {
        if let Some(newer) = covering(head, status) {
            let head = context.head.resolve(newer);
            response(context, &received, status, Pair { base: older, head });
            continue;
        }
        let within = members(base, head, status);
        if !within.is_empty() {
            let id = ChangeId::ResponseNarrowed;
            let narrowed = Difference::removed(id, &older, head).named(status);
            context.record(&received, narrowed.values(None::<&str>, Some(within)));
            continue;
        }
        let removed = Difference::removed(ChangeId::ResponseRemoved, &older, head);
        context.record(&received, removed.named(status));
    }
}

/// Returns the response that describes a status without a response of its own: that of its class,
/// or the default.
fn covering<'a>(responses: &Element<'a>, status: &str) -> Option<Element<'a>> {
    let class = status.get(..1).map(|first| format!("{first}XX"));
    let class = class.filter(|class| class != status && status != "default");
    let of_class = class.and_then(|class| responses.get(&class));
    // Clients do not decode a success as the default response, unless no other one is described.
    let is_error = matches!(status.as_bytes().first(), Some(b'4' | b'5'));
    let is_default = is_error || is_success(status) && !describes_success(responses);
    of_class.or_else(|| responses.get("default").filter(|_| is_default))
}

fn is_success(status: &str) -> bool {
    status.starts_with('2') || status.starts_with('3')
}

fn describes_success(responses: &Element<'_>) -> bool {
    responses.entries().any(|(status, _)| is_success(status))
}

/// Returns the responses that together describe a range of statuses without a response of its own.
///
/// A class, such as `4XX`, is narrowed to its members: `404`. The default response is narrowed to
/// both classes of errors. If it was the only description of a success, it is narrowed to the responses
/// that it described.
fn members<'a>(older: &Element<'a>, responses: &Element<'a>, range: &str) -> Vec<&'a str> {
    let statuses = responses.entries().map(|(status, _)| status);
    match range.strip_suffix("XX") {
        Some(class) => statuses
            .filter(|status| status.starts_with(class))
            .collect(),
        None if range == "default" && !describes_success(older) => statuses
            .filter(|status| !is_extension(status) && !older.has(status))
            .collect(),
        None if range == "default" && describes_success(responses) => {
            let errors: Vec<&str> = statuses
                .filter(|status| matches!(*status, "4XX" | "5XX"))
                .collect();
            match errors.len() {
                2 => errors,
                _ => Vec::new(),
            }
        }
        None => Vec::new(),
    }
}

fn response<'a>(context: &mut Context<'a>, outer: &Compared<'a>, status: &str, pair: Pair<'a>) {
    use ChangeId::{LinkAdded, LinkChanged, LinkRemoved};
    const KIND: &str = "responses";
    let title = match (pair.base.component(KIND), pair.head.component(KIND)) {
        // Other operations may use it for another status.
        (Some(_), Some(name)) => format!("the response `{name}`"),
        _ => format!("the response {status}"),
    };
    if let Some(response) = context.enter(outer, ElementKind::Response, pair, title) {
        annotations(context, &response, &["description"]);
        context.named_values(&response, (LinkAdded, LinkRemoved, LinkChanged), "links");
        headers::compare(context, &response, serialized_value::compare);
        content::compare(context, &response);
    }
}
