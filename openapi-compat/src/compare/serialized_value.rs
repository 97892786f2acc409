//! Values that are serialized outside of a body: the common part of parameters and headers.

use super::annotations::{annotations, deprecation, examples};
use super::media_type;
use crate::change_id::ChangeId;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::Element;
use crate::graph::VertexId;
use crate::pair::{FlagChange, Pair};
use crate::schema::schema_path::SchemaPath;

/// The ids for a keyword that became `true`, and for a keyword that is no longer `true`.
pub(super) type FlagIds = (ChangeId, ChangeId);

/// The ids for `required` of a parameter.
pub(super) const REQUIRED_PARAMETER: FlagIds = (
    ChangeId::ParameterBecameRequired,
    ChangeId::ParameterBecameOptional,
);
/// The ids for `required` of a header.
pub(super) const REQUIRED_HEADER: FlagIds = (
    ChangeId::HeaderBecameRequired,
    ChangeId::HeaderBecameOptional,
);
const EMPTY_VALUE: FlagIds = (ChangeId::EmptyValueAllowed, ChangeId::EmptyValueForbidden);

/// Compares the common part of two parameters or headers.
pub(super) fn compare<'a>(
    context: &mut Context<'a>,
    vertex: VertexId,
    pair: &Pair<'a>,
    title: &str,
    required: FlagIds,
) {
    annotations(context, vertex, pair, &["description", "example"], title);
    examples(context, vertex, pair, title);
    deprecation(context, vertex, pair, title);
    for (keyword, (set, cleared)) in [("required", required), ("allowEmptyValue", EMPTY_VALUE)] {
        let id = match pair.flag_change(keyword) {
            Some(FlagChange::Set) => set,
            Some(FlagChange::Cleared) => cleared,
            None => continue,
        };
        let changed = Difference::of_keyword(id, pair, keyword);
        context.record(vertex, changed.of(title));
    }
    serialization(context, vertex, pair, title);
    match (pair.get("schema"), pair.get("content")) {
        (Some(schema), _) => context.schema(vertex, schema, SchemaPath::of(title)),
        (None, Some(_)) => media_type::compare(context, vertex, pair, title),
        (None, None) => schema_or_content(context, vertex, pair, title),
    }
}

/// Compares `style`, `explode` and `allowReserved` with their defaults.
fn serialization(context: &mut Context<'_>, vertex: VertexId, pair: &Pair<'_>, title: &str) {
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
    for ((keyword, old), (_, new)) in values(&pair.base).into_iter().zip(values(&pair.head)) {
        if old != new {
            let changed = Difference::of_keyword(ChangeId::SerializationChanged, pair, keyword);
            let changed = changed.of(title).named(keyword);
            context.record(vertex, changed.values(Some(old), Some(new)));
        }
    }
}

/// Compares the keyword that describes the value.
fn schema_or_content(context: &mut Context<'_>, vertex: VertexId, pair: &Pair<'_>, title: &str) {
    let keyword = |element: &Element<'_>| match element.has("content") {
        true => "content",
        false => "schema",
    };
    let (old, new) = (keyword(&pair.base), keyword(&pair.head));
    if old != new {
        let changed = Difference::of_keyword(ChangeId::ContentKeywordChanged, pair, new);
        context.record(vertex, changed.of(title).values(Some(old), Some(new)));
    }
}
