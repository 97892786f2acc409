//! The form in which a value is transmitted: `style`, `explode` and `allowReserved`.

use serde_json::json;

use crate::change_id::{ChangeId, FlagIds, flag_change};
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::Element;
use crate::revision::ElementTree;

/// The ids for `allowReserved`. Values with percent-encoding are valid in any case.
const RESERVED: FlagIds = (
    ChangeId::ReservedCharactersAllowed,
    ChangeId::ReservedCharactersForbidden,
);

/// The kind of a value, on which its serialization depends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ValueKind {
    Primitive,
    Array,
    Object,
    /// Values of several kinds, or of any kind.
    Unknown,
}

impl ValueKind {
    /// Returns the kind of the values of a schema.
    pub(super) fn of<'a>(document: &ElementTree<'a>, schema: Option<&Element<'a>>) -> Self {
        let Some(schema) = schema else {
            return Self::Unknown;
        };
        let schema = document.resolve(schema.clone());
        let Some(types) = schema.get("type") else {
            return Self::Unknown;
        };
        let listed = types.node.items().iter().filter_map(|name| name.as_str());
        let kinds = types.node.as_str().into_iter().chain(listed);
        let kinds = kinds.filter(|name| *name != "null").map(|name| match name {
            "array" => Self::Array,
            "object" => Self::Object,
            _ => Self::Primitive,
        });
        let kinds: Vec<Self> = kinds.collect();
        match kinds.split_first() {
            Some((first, others)) if others.iter().all(|kind| kind == first) => *first,
            _ => Self::Unknown,
        }
    }
}

/// The serialization of a value, with the defaults of OpenAPI.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Serialization<'a> {
    pub(super) style: &'a str,
    pub(super) explode: bool,
    allow_reserved: bool,
}

impl<'a> Serialization<'a> {
    /// Returns the serialization of a parameter or header.
    pub(super) fn of_parameter(parameter: &Element<'a>) -> Self {
        let location = parameter.str_at("in");
        let default = match location {
            Some("query" | "cookie") => "form",
            _ => "simple",
        };
        let mut serialization = Self::new(Some(parameter), default);
        // It "only applies to parameters with an `in` value of `query`" (OpenAPI 3.0.3).
        serialization.allow_reserved &= location == Some("query");
        serialization
    }

    fn new(element: Option<&Element<'a>>, default: &'a str) -> Self {
        let style = element.and_then(|element| element.str_at("style"));
        let style = style.unwrap_or(default);
        let explode = element.filter(|element| element.has("explode"));
        Self {
            style,
            explode: explode.map_or(style == "form", |element| element.flag("explode")),
            allow_reserved: element.is_some_and(|element| element.flag("allowReserved")),
        }
    }

    /// Returns `explode` if it makes a difference. `None` if both of its values give the same text,
    /// or one of them has no meaning (OpenAPI, style examples).
    fn effective_explode(&self, kind: ValueKind) -> Option<bool> {
        let has_no_effect = match kind {
            ValueKind::Primitive => true,
            ValueKind::Array => self.style == "simple",
            ValueKind::Object => self.style == "deepObject",
            ValueKind::Unknown => false,
        };
        (!has_no_effect).then_some(self.explode)
    }
}

/// Compares the serialization of two parameters or headers.
pub(super) fn of_parameter(context: &mut Context<'_>, value: &Compared<'_>) {
    let pair = &value.pair;
    let base_kind = ValueKind::of(&context.base, pair.base.get("schema").as_ref());
    let head_kind = ValueKind::of(&context.head, pair.head.get("schema").as_ref());
    let base = Serialization::of_parameter(&pair.base);
    let head = Serialization::of_parameter(&pair.head);
    compare(context, value, [base, head], (base_kind, head_kind));
}

/// Compares the serialization of two properties of a form. An encoding that is `None` has the
/// defaults of a query parameter.
pub(super) fn of_property<'a>(
    context: &mut Context<'_>,
    property: &Compared<'_>,
    (base, head): (Option<&Element<'a>>, Option<&Element<'a>>),
    kinds: (ValueKind, ValueKind),
) {
    let of = |encoding| Serialization::new(encoding, "form");
    compare(context, property, [of(base), of(head)], kinds);
}

fn compare(
    context: &mut Context<'_>,
    value: &Compared<'_>,
    [base, head]: [Serialization<'_>; 2],
    (base_kind, head_kind): (ValueKind, ValueKind),
) {
    let kind = match base_kind == head_kind {
        true => base_kind,
        false => ValueKind::Unknown,
    };
    let changed = |keyword, id| Difference::of_keyword(id, &value.pair, keyword).named(keyword);
    if base.style != head.style {
        let changed = changed("style", ChangeId::SerializationChanged);
        context.record(value, changed.values(Some(base.style), Some(head.style)));
    } else if base.explode != head.explode {
        let difference = match base.effective_explode(kind) == head.effective_explode(kind) {
            true => {
                let shown = |explode: bool| match kind {
                    ValueKind::Primitive => json!({ "explode": explode }),
                    _ => json!({ "explode": explode, "style": head.style }),
                };
                let changed = changed("explode", ChangeId::KeywordIneffective);
                changed.values(Some(shown(base.explode)), Some(shown(head.explode)))
            }
            false => {
                let changed = changed("explode", ChangeId::SerializationChanged);
                changed.values(Some(base.explode), Some(head.explode))
            }
        };
        context.record(value, difference);
    }
    if let Some(id) = flag_change(base.allow_reserved, head.allow_reserved, RESERVED) {
        context.record(value, changed("allowReserved", id));
    }
}
