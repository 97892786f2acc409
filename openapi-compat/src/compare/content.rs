//! Request bodies, responses and their media types.

use crate::context::{Context, Named, Pair};
use crate::compatibility::{Effect, Way};
use crate::graph::{Kind, UnitId};
use super::parameters;
use crate::schema::Label;
use crate::revision::At;

/// Compares the request bodies of two operations.
pub(crate) fn body<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    operations: &Pair<'a>,
    title: &str,
) {
    const KEY: &str = "requestBody";
    let Some(pair) = operations.get(KEY) else {
        if let Some(body) = operations.head.get(KEY) {
            let (effect, and) = match context.head.resolve(body.clone()).flag("required") {
                true => (
                    Effect::OTHER,
                    "has to have one: clients that send none are refused",
                ),
                false => (Effect::ADDED, "may have one"),
            };
            let what = format!("{title} had no request body and {and}");
            context.note_added(unit, effect, &operations.base, &body, what);
        }
        if let Some(body) = operations.base.get(KEY) {
            let what =
                format!("{title} has no request body any more: what clients send is not read");
            context.note_gone(unit, Effect::OTHER, &body, &operations.head, what);
        }
        return;
    };
    let pair = context.resolve(pair);
    let Some(inside) = context.inside(unit, Kind::Body, &pair, Way::Request) else {
        return;
    };
    context.texts(inside, &pair, &["description"], "the request body");
    match (pair.base.flag("required"), pair.head.flag("required")) {
        (false, true) => {
            let what =
                "the request body is required, and was not: clients that send none are refused";
            context.note(inside, Effect::NARROWER, &pair, "required", what);
        }
        (true, false) => {
            let what = "the request body is not required any more";
            context.note(inside, Effect::WIDER, &pair, "required", what);
        }
        _ => {}
    }
    media_types(context, inside, &pair, "the request body");
}

/// Compares the responses of two operations.
pub(crate) fn responses<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    operations: &Pair<'a>,
    title: &str,
) {
    let Some(pair) = operations.get("responses") else {
        return;
    };
    let inside = context.graph.unit();
    context.graph.lead(unit, inside, Way::Response);
    let statuses = context.named(operations, "responses");
    for (status, response) in statuses.both {
        response_pair(context, inside, status, &response);
    }
    let older = |status: &str| covering(&pair.base, status);
    let newer = |status: &str| covering(&pair.head, status);
    for (status, response) in statuses.added {
        match older(status) {
            Some(base) => {
                let base = context.base.resolve(base);
                let head = response;
                response_pair(context, inside, status, &Pair { base, head });
            }
            None if status.starts_with('2') || status.starts_with('3') => {
                let what = format!(
                    "{title} may answer with {status}: clients that know other successes only do \
                         not know what comes"
                );
                context.note_added(inside, Effect::WIDER, &pair.base, &response, what);
            }
            // By RFC 9110, section 15, a status that is not known is one of its class.
            None => {
                let what = format!("what {title} answers with {status} is described now");
                context.note_added(inside, Effect::ADDED, &pair.base, &response, what);
            }
        }
    }
    for (status, response) in statuses.gone {
        match newer(status) {
            Some(head) => {
                let head = context.head.resolve(head);
                let base = response;
                response_pair(context, inside, status, &Pair { base, head });
            }
            None => {
                let what = format!(
                    "{title} is not said to answer with {status} any more: clients that read such \
                         answers cannot rely on them"
                );
                context.note_gone(inside, Effect::OTHER, &response, &pair.head, what);
            }
        }
    }
}

/// The response that describes a status which has no response of its own: that of its class, or
/// that of all others.
fn covering<'a>(responses: &At<'a>, status: &str) -> Option<At<'a>> {
    let class = status.get(..1).map(|first| format!("{first}XX"));
    let class = class.filter(|class| class != status && status != "default");
    let of_class = class.and_then(|class| responses.get(&class));
    // Who gets a success does not look at what is said of everything else.
    let is_error = matches!(status.as_bytes().first(), Some(b'4' | b'5'));
    of_class.or_else(|| responses.get("default").filter(|_| is_error))
}

fn response_pair<'a>(context: &mut Context<'a>, unit: UnitId, status: &str, pair: &Pair<'a>) {
    if let Some(inside) = context.inside(unit, Kind::Response, pair, Way::Request) {
        let title = format!("the answer {status}");
        context.texts(inside, pair, &["description"], &title);
        context.named_texts(inside, pair, "links", &title);
        parameters::headers(context, inside, pair, &title);
        media_types(context, inside, pair, &title);
    }
}

/// Compares the media types of a body, response or parameter.
pub(crate) fn media_types<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    pair: &Pair<'a>,
    of: &str,
) {
    let Named { both, gone, added } = context.named(pair, "content");
    for (name, media) in gone {
        let what = format!("{of} is no longer `{name}`: clients that know nothing else fail");
        context.note_gone(unit, Effect::OTHER, &media, &pair.head, what);
    }
    for (name, media) in added {
        // Of several answers, a client gets the one that it asks for with `Accept`.
        let too = if both.is_empty() { "" } else { ", too" };
        let what = format!("{of} may be `{name}`{too}");
        context.note_added(unit, Effect::ADDED, &pair.base, &media, what);
    }
    for (name, media) in both {
        if let Some(inside) = context.inside(unit, Kind::Media, &media, Way::Request) {
            media_type(context, inside, &media, &format!("{of} as `{name}`"), of);
        }
    }
}

fn media_type<'a>(
    context: &mut Context<'a>,
    unit: UnitId,
    pair: &Pair<'a>,
    title: &str,
    of: &str,
) {
    context.texts(unit, pair, &["example"], title);
    context.named_texts(unit, pair, "examples", title);
    if let Some(differs) = pair.differs("encoding") {
        let what = format!("`encoding` of {title} {differs}: it is written in another way");
        context.note(unit, Effect::OTHER, pair, "encoding", what);
    }
    match (pair.base.get("schema"), pair.head.get("schema")) {
        (Some(base), Some(head)) => {
            let label = Label::of(of);
            context.schema(unit, Pair { base, head }, label);
        }
        (None, Some(_)) => {
            let what = format!("what {title} may be was open and is said now");
            context.note(unit, Effect::NARROWER, pair, "schema", what);
        }
        (Some(_), None) => {
            let what = format!("what {title} may be is not said any more");
            context.note(unit, Effect::WIDER, pair, "schema", what);
        }
        (None, None) => {}
    }
}
