//! The media types of a request body, response, parameter or header, and their contents.

use super::annotations::{annotations, examples};
use super::encoding;
use crate::change_id::ChangeId;
use crate::compatibility::{Compatibility, Impact};
use crate::context::{Compared, Context};
use crate::dialect::is_binary;
use crate::difference::Difference;
use crate::element::{Element, Matched, Pair};
use crate::graph::ElementKind;
use crate::inclusion::proof::Proof;
use crate::media_type::MediaType;
use crate::schema::schema_path::SchemaPath;
use crate::schema::text::TextKind;
use crate::schema_task::Form;

/// A key of `content`, as it is written and as it is meant, with its value.
#[derive(Clone)]
struct Content<'a> {
    name: &'a str,
    media_type: MediaType,
    element: Element<'a>,
}

/// A media type that remains in a response while another key describes the rest of its range.
const NO_LONGER_PROMISED: Compatibility = Compatibility::new(Impact::None, Impact::Breaking);
const NEWLY_PROMISED: Compatibility = Compatibility::new(Impact::None, Impact::Additive);

/// Compares the media types of `content`.
///
/// Two keys correspond if they mean the same media type. A key that only one revision has is
/// compared with the key that covers it: `application/json` with `application/*`. More media types
/// in a request are additive, fewer are breaking. In a response it is the other way around, except
/// that a further key is additive: clients choose a media type with `Accept`.
pub(super) fn compare<'a>(context: &mut Context<'a>, value: &Compared<'a>) {
    let (older, newer) = (contents(&value.pair.base), contents(&value.pair.head));
    let by_name = |contents: &[Content<'a>]| {
        let contents = contents.iter().cloned();
        contents.map(|content| (content.name, content)).collect()
    };
    let written = Matched::new(by_name(&older), by_name(&newer));
    let by_meaning = |rest: Vec<(&'a str, Content<'a>)>| {
        let rest = rest.into_iter().map(|(_, content)| content);
        let keyed = rest.map(|content| (content.media_type.clone(), content));
        keyed.collect()
    };
    let meant = Matched::new(by_meaning(written.removed), by_meaning(written.added));
    for (_, base, head) in written.both {
        inside(context, value, &base, &head);
    }
    for (_, base, head) in meant.both {
        let id = ChangeId::MediaTypeRewritten;
        let rewritten = Difference::changed(id, &base.element, &head.element);
        context.record(value, rewritten.values(Some(base.name), Some(head.name)));
        inside(context, value, &base, &head);
    }
    let removed: Vec<Content<'a>> = meant.removed.into_iter().map(|(_, base)| base).collect();
    let added: Vec<Content<'a>> = meant.added.into_iter().map(|(_, head)| head).collect();
    for base in &removed {
        match covering(&newer, base) {
            Some(head) => {
                let is_new = covering(&older, head).is_none();
                widened(context, value, base, head, is_new);
                inside(context, value, base, head);
            }
            None => narrowed_or_removed(context, value, base, &newer),
        }
    }
    for head in &added {
        let described = covering(&older, head);
        let added = Difference::added(ChangeId::MediaTypeAdded, &value.pair.base, &head.element);
        let added = added.named(head.name);
        match described {
            Some(base) if is_in(&removed, base) || base.media_type == head.media_type => {}
            Some(range) => {
                let added = added.values(Some(range.name), None::<&str>);
                context.record(value, added.with(NEWLY_PROMISED));
            }
            None if removed.iter().any(|base| covers(head, base)) => {}
            None => context.record(value, added),
        }
        if let Some(base) = described {
            inside(context, value, base, head);
        }
    }
}

fn contents<'a>(element: &Element<'a>) -> Vec<Content<'a>> {
    let contents = element.named("content").into_iter();
    let contents = contents.map(|(name, element)| Content {
        name,
        media_type: MediaType::new(name),
        element,
    });
    contents.collect()
}

fn covers(wide: &Content<'_>, narrow: &Content<'_>) -> bool {
    wide.media_type.covers(&narrow.media_type)
}

/// Returns the key that describes a media type without a key of its own.
fn covering<'c, 'a>(contents: &'c [Content<'a>], narrow: &Content<'a>) -> Option<&'c Content<'a>> {
    let covering = contents.iter().filter(|wide| covers(wide, narrow));
    covering.max_by_key(|wide| wide.media_type.specificity())
}

fn is_in(contents: &[Content<'_>], content: &Content<'_>) -> bool {
    contents.iter().any(|known| known.name == content.name)
}

fn widened(
    context: &mut Context<'_>,
    value: &Compared<'_>,
    base: &Content<'_>,
    head: &Content<'_>,
    is_new: bool,
) {
    if base.media_type == head.media_type {
        return; // written twice in the base
    }
    let id = ChangeId::MediaTypeWidened;
    let widened = Difference::changed(id, &base.element, &head.element);
    let widened = widened.values(Some(base.name), Some(head.name));
    context.record(
        value,
        match is_new {
            true => widened,
            false => widened.named(base.name).with(NO_LONGER_PROMISED),
        },
    );
}

/// Records that a media type has no key any more, unless there are keys for a part of it.
fn narrowed_or_removed(
    context: &mut Context<'_>,
    value: &Compared<'_>,
    base: &Content<'_>,
    newer: &[Content<'_>],
) {
    let within: Vec<&str> = newer
        .iter()
        .filter(|head| covers(base, head))
        .map(|head| head.name)
        .collect();
    let id = match within.is_empty() {
        true => ChangeId::MediaTypeRemoved,
        false => ChangeId::MediaTypeNarrowed,
    };
    let new = (!within.is_empty()).then_some(within);
    let removed = Difference::removed(id, &base.element, &value.pair.head);
    let removed = removed.named(base.name);
    context.record(value, removed.values(None::<&str>, new));
}

/// Compares the contents of two media types.
fn inside<'a>(
    context: &mut Context<'a>,
    value: &Compared<'a>,
    base: &Content<'a>,
    head: &Content<'a>,
) {
    let pair = context.resolve(Pair::new(base.element.clone(), head.element.clone()));
    let title = format!("{} as `{}`", value.title, head.name);
    let Some(inside) = context.enter(value, ElementKind::MediaType, pair, title) else {
        return;
    };
    annotations(context, &inside, &[]);
    examples(context, &inside);
    encoding::compare(context, &inside, [&base.media_type, &head.media_type]);
    let can_be_xml = [base, head]
        .iter()
        .any(|content| content.media_type.can_be_xml());
    if can_be_xml || encoding::can_be_xml(&inside.pair) {
        context.graph.mark_xml(inside.vertex);
    }
    let both_are = |is: fn(&MediaType) -> bool| is(&base.media_type) && is(&head.media_type);
    let is_plain = both_are(MediaType::is_plain_text);
    let is_form = both_are(MediaType::has_text_properties) && !encoding::has_types(&inside.pair);
    let is_text = base.media_type.is_text() || head.media_type.is_text();
    let Pair { base, head } = &inside.pair;
    let (id, schema) = match (base.get("schema"), head.get("schema")) {
        // A media type that is not text is binary without a schema, too.
        (None, Some(schema)) | (Some(schema), None) if !is_text && is_binary(schema.node) => return,
        (Some(base), Some(head)) => {
            let path = SchemaPath::of(&value.title);
            let (vertex, pair) = (inside.vertex, Pair { base, head });
            match (is_plain, is_form) {
                (true, _) => context.text_schema(vertex, pair, path, None, TextKind::Single),
                (_, true) => {
                    let setting = Form::TextProperties.into();
                    context.schema_in(vertex, pair, path, None, setting);
                }
                _ => context.schema(vertex, pair, path, None),
            }
            return;
        }
        (None, Some(head)) => (ChangeId::ContentSchemaAdded, (&context.head, head)),
        (Some(base), None) => (ChangeId::ContentSchemaRemoved, (&context.base, base)),
        (None, None) => return,
    };
    let changed = Difference::of_keyword(id, &inside.pair, "schema");
    let changed = match context.allows_any_value((schema.0, &schema.1)) {
        Proof::Proved => changed.with(Compatibility::DOCUMENTATION),
        _ => changed,
    };
    context.record(&inside, changed);
}
