//! Request bodies and responses.

use super::annotations::annotations;
use super::serialized_value::{self, content};
use crate::change_id::{ChangeId, FlagIds};
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Matched, Pair};
use crate::graph::ElementKind;
use crate::revision::ElementTree;

/// The ids for `required` of a header.
const REQUIRED_HEADER: FlagIds = (
    ChangeId::HeaderBecameRequired,
    ChangeId::HeaderBecameOptional,
);
/// The ids for `required` of a request body.
const REQUIRED_BODY: FlagIds = (
    ChangeId::RequestBodyBecameRequired,
    ChangeId::RequestBodyBecameOptional,
);

/// Compares the request bodies of two operations.
pub(super) fn request_body<'a>(context: &mut Context<'a>, operation: &Compared<'a>) {
    const KEYWORD: &str = "requestBody";
    const TITLE: &str = "the request body";
    let Pair { base, head } = &operation.pair;
    match (base.get(KEYWORD), head.get(KEYWORD)) {
        (Some(base), Some(head)) => {
            let pair = context.resolve(Pair { base, head });
            if let Some(body) = context.enter(operation, ElementKind::RequestBody, pair, TITLE) {
                annotations(context, &body, &["description"]);
                context.flag(&body, REQUIRED_BODY, "required");
                content(context, &body);
            }
        }
        (None, Some(body)) => {
            let id = match context.head.resolve(body.clone()).flag("required") {
                true => ChangeId::RequiredRequestBodyAdded,
                false => ChangeId::RequestBodyAdded,
            };
            context.record(operation, Difference::added(id, base, &body));
        }
        (Some(body), None) => {
            let removed = Difference::removed(ChangeId::RequestBodyRemoved, &body, head);
            context.record(operation, removed);
        }
        (None, None) => {}
    }
}

/// Compares the responses of two operations.
pub(super) fn responses<'a>(context: &mut Context<'a>, operation: &Compared<'a>) {
    const KEYWORD: &str = "responses";
    let Some(pair) = operation.pair.get(KEYWORD) else {
        return;
    };
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
        let is_success = status.starts_with('2') || status.starts_with('3');
        let id = match is_success {
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
    // Clients do not decode a success as the default response.
    let is_error = matches!(status.as_bytes().first(), Some(b'4' | b'5'));
    of_class.or_else(|| responses.get("default").filter(|_| is_error))
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
        headers(context, &response);
        content(context, &response);
    }
}

/// Compares the headers of a response.
fn headers<'a>(context: &mut Context<'a>, response: &Compared<'a>) {
    // Names of headers are case-insensitive. The media types describe `Content-Type`.
    let named = |document: &ElementTree<'a>, response: &Element<'a>| {
        let headers = response.named("headers").into_iter();
        let headers =
            headers.map(|(name, header)| (name.to_lowercase(), (name, document.resolve(header))));
        headers.filter(|(name, _)| name != "content-type").collect()
    };
    let pair = &response.pair;
    let (base, head) = (
        named(&context.base, &pair.base),
        named(&context.head, &pair.head),
    );
    let matched = Matched::new(base, head);
    for (_, (name, header)) in matched.removed {
        let removed = Difference::removed(ChangeId::HeaderRemoved, &header, &pair.head);
        context.record(response, removed.named(name));
    }
    for (_, (name, header)) in matched.added {
        let added = Difference::added(ChangeId::HeaderAdded, &pair.base, &header);
        context.record(response, added.named(name));
    }
    for (_, (older, base), (newer, head)) in matched.both {
        if older != newer {
            let renamed = Difference::changed(ChangeId::HeaderRenamed, &base, &head).named(newer);
            context.record(response, renamed.values(Some(older), Some(newer)));
        }
        let (pair, title) = (Pair { base, head }, format!("the header `{newer}`"));
        if let Some(header) = context.enter(response, ElementKind::Header, pair, title) {
            serialized_value::compare(context, &header, REQUIRED_HEADER);
        }
    }
}
