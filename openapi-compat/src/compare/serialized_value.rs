//! Values with a serialization: parameters and headers.

use super::annotations::{annotations, deprecation, examples};
use super::serialization::Serialization;
use super::{content, serialization};
use crate::change_id::{ChangeId, FlagIds};
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::Element;
use crate::schema::schema_path::SchemaPath;
use crate::schema::text::TextKind;

const EMPTY_VALUE: FlagIds = (ChangeId::EmptyValueAllowed, ChangeId::EmptyValueForbidden);

/// Compares the common part of two parameters or headers.
pub(super) fn compare<'a>(context: &mut Context<'a>, value: &Compared<'a>, required: FlagIds) {
    annotations(context, value, &["description"]);
    examples(context, value);
    deprecation(context, value);
    // A path parameter is always required, even if a document forgets to say so.
    if value.pair.head.str_at("in") != Some("path") {
        context.flag(value, required, "required");
    }
    context.flag(value, EMPTY_VALUE, "allowEmptyValue");
    serialization::of_parameter(context, value);
    match (value.pair.get("schema"), value.pair.get("content")) {
        (Some(schema), _) => {
            let text = match is_repeated(value) {
                true => TextKind::Repeated,
                false => TextKind::Parameter,
            };
            context.text_schema(
                value.vertex,
                schema,
                SchemaPath::of(&value.title),
                None,
                text,
            );
        }
        (None, Some(_)) => content::compare(context, value),
        (None, None) => schema_or_content(context, value),
    }
}

/// Returns `true` if the items of a list are query parameters of the same name.
fn is_repeated(value: &Compared<'_>) -> bool {
    let pair = &value.pair;
    let mut parameters = [&pair.base, &pair.head].into_iter();
    parameters.all(|parameter| {
        let serialization = Serialization::of_parameter(parameter);
        let is_query = parameter.str_at("in") == Some("query");
        is_query && serialization.style == "form" && serialization.explode
    })
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
