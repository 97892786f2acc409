//! Values with a serialization: parameters and headers, and the media types of any value.

use super::annotations::{annotations, deprecation, examples};
use crate::change_id::{ChangeId, FlagIds};
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::graph::ElementKind;
use crate::schema::schema_path::SchemaPath;

const EMPTY_VALUE: FlagIds = (ChangeId::EmptyValueAllowed, ChangeId::EmptyValueForbidden);
const MEDIA_TYPE: (ChangeId, ChangeId) = (ChangeId::MediaTypeAdded, ChangeId::MediaTypeRemoved);

/// Compares the common part of two parameters or headers.
pub(super) fn compare<'a>(context: &mut Context<'a>, value: &Compared<'a>, required: FlagIds) {
    annotations(context, value, &["description", "example"]);
    examples(context, value);
    deprecation(context, value);
    context.flag(value, required, "required");
    context.flag(value, EMPTY_VALUE, "allowEmptyValue");
    serialization(context, value);
    match (value.pair.get("schema"), value.pair.get("content")) {
        (Some(schema), _) => {
            context.schema(value.vertex, schema, SchemaPath::of(&value.title), None);
        }
        (None, Some(_)) => content(context, value),
        (None, None) => schema_or_content(context, value),
    }
}

/// Compares `style`, `explode` and `allowReserved` with their defaults.
fn serialization(context: &mut Context<'_>, value: &Compared<'_>) {
    let style = |element: &Element<'_>| {
        let default = match element.str_at("in") {
            Some("query" | "cookie") => "form",
            _ => "simple",
        };
        element.str_at("style").unwrap_or(default).to_owned()
    };
    let explode = |element: &Element<'_>| match element.has("explode") {
        true => element.flag("explode"),
        false => style(element) == "form",
    };
    let values = |element: &Element<'_>| {
        let reserved = element.flag("allowReserved");
        [
            ("style", style(element)),
            ("explode", explode(element).to_string()),
            ("allowReserved", reserved.to_string()),
        ]
    };
    let Pair { base, head } = &value.pair;
    for ((keyword, old), (_, new)) in values(base).into_iter().zip(values(head)) {
        if old != new {
            let id = ChangeId::SerializationChanged;
            let changed = Difference::of_keyword(id, &value.pair, keyword).named(keyword);
            context.record(value, changed.values(Some(old), Some(new)));
        }
    }
}

/// Compares the keyword that describes the value.
fn schema_or_content(context: &mut Context<'_>, value: &Compared<'_>) {
    let keyword = |element: &Element<'_>| match element.has("content") {
        true => "content",
        false => "schema",
    };
    let (old, new) = (keyword(&value.pair.base), keyword(&value.pair.head));
    if old != new {
        let changed = Difference::of_keyword(ChangeId::ContentKeywordChanged, &value.pair, new);
        context.record(value, changed.values(Some(old), Some(new)));
    }
}

/// Compares the media types of `content`.
pub(super) fn content<'a>(context: &mut Context<'a>, value: &Compared<'a>) {
    // Clients choose a media type with `Accept`, so that a further one does not surprise them.
    for (name, pair) in context.named(value, MEDIA_TYPE, "content") {
        let title = format!("{} as `{name}`", value.title);
        if let Some(inside) = context.enter(value, ElementKind::MediaType, pair, title) {
            media_type(context, &inside, SchemaPath::of(&value.title));
        }
    }
}

fn media_type<'a>(context: &mut Context<'a>, media_type: &Compared<'a>, path: SchemaPath) {
    annotations(context, media_type, &["example"]);
    examples(context, media_type);
    context.keyword(media_type, ChangeId::EncodingChanged, "encoding");
    let Pair { base, head } = &media_type.pair;
    let id = match (base.get("schema"), head.get("schema")) {
        (Some(base), Some(head)) => {
            context.schema(media_type.vertex, Pair { base, head }, path, None);
            return;
        }
        (None, Some(_)) => ChangeId::ContentSchemaAdded,
        (Some(_), None) => ChangeId::ContentSchemaRemoved,
        (None, None) => return,
    };
    let changed = Difference::of_keyword(id, &media_type.pair, "schema");
    context.record(media_type, changed);
}
