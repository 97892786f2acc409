//! Numbers that are equal as programs read them although their texts differ.

use std::cmp::Ordering;

use openapi_tree::{Node, Value as NodeValue};
use serde_json::{Number, Value, json};

use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::Context;
use crate::revision::ElementTree;
use crate::written_number::is_inexact;

/// The upper limits. A greater one allows more values.
const UPPER: [&str; 5] = [
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
];
/// The lower limits. A greater one allows fewer values.
const LOWER: [&str; 5] = [
    "minimum",
    "exclusiveMinimum",
    "minLength",
    "minItems",
    "minProperties",
];

/// Records the keywords whose texts differ although their values are read as equal.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let others = ["multipleOf", "default", "enum"];
    for keyword in UPPER.into_iter().chain(LOWER).chain(others) {
        let values = schemas.base.value(keyword).zip(schemas.head.value(keyword));
        let Some((base, head)) = values else {
            continue;
        };
        if keyword == "enum" {
            listed(context, schemas, (base, head));
        // Others are compared as they are read.
        } else if base.same(head) && !context.base.writes_alike(base, (&context.head, head)) {
            let (id, compatibility) = match keyword {
                "default" => {
                    let id = ChangeId::DefaultChanged;
                    (id, id.compatibility())
                }
                // The greater step is less than twice the other one, so that neither is a multiple.
                "multipleOf" => (ChangeId::LimitChanged, Compatibility::BREAKING),
                limit => {
                    let order = compared(context, (base, head));
                    let is_wider = match UPPER.contains(&limit) {
                        true => order == Some(Ordering::Less),
                        false => order == Some(Ordering::Greater),
                    };
                    let compatibility = match is_wider {
                        true => Compatibility::WIDER,
                        false => Compatibility::NARROWER,
                    };
                    (ChangeId::LimitChanged, compatibility)
                }
            };
            let (old, new) = (written(&context.base, base), written(&context.head, head));
            let (old, new) = match id {
                ChangeId::DefaultChanged => (old, new),
                _ => (json!({ keyword: old }), json!({ keyword: new })),
            };
            let changed = schemas.difference(id, keyword).named(keyword);
            let changed = changed.values(Some(old), Some(new));
            schemas.record(context, changed.with(compatibility));
        }
    }
}

fn compared(context: &Context<'_>, (base, head): (&Node, &Node)) -> Option<Ordering> {
    let base = context.base.written_number(base)?;
    Some(base.compare(&context.head.written_number(head)?))
}

/// Records the listed values that only one revision has, although the other one has a value that is
/// read as equal.
fn listed<'a>(
    context: &mut Context<'a>,
    schemas: &SchemaPair<'_, 'a>,
    (base, head): (&'a Node, &'a Node),
) {
    let only = |(document, list): (&ElementTree<'a>, &Node), others: (&ElementTree<'a>, &Node)| {
        let is_only_read = |value: &&Node| {
            let others_listed = others.1.items().iter();
            let equal = others_listed.filter(|other| other.same(value));
            let alike = equal.map(|other| document.writes_alike(value, (others.0, other)));
            let alike: Vec<bool> = alike.collect();
            !alike.is_empty() && !alike.contains(&true)
        };
        let values = list.items().iter().filter(|value| has_fraction(value));
        let values = values.filter(is_only_read);
        values
            .map(|value| written(document, value))
            .collect::<Vec<_>>()
    };
    let (older, newer) = ((&context.base, base), (&context.head, head));
    let (lost, new) = (only(older, newer), only(newer, older));
    let compatibility = match (lost.is_empty(), new.is_empty()) {
        (true, true) => return,
        (true, false) => Compatibility::WIDER,
        (false, true) => Compatibility::NARROWER,
        (false, false) => Compatibility::BREAKING,
    };
    let changed = schemas.difference(ChangeId::EnumChanged, "enum");
    let changed = changed
        .named("enum")
        .values(Some(json!(lost)), Some(json!(new)));
    schemas.record(context, changed.with(compatibility));
}

/// Returns `true` if a value has a number that is read as a fraction, perhaps because it is great.
fn has_fraction(node: &Node) -> bool {
    node.as_number().is_some_and(Number::is_f64)
        || node.items().iter().any(has_fraction)
        || node.entries().iter().any(|entry| has_fraction(&entry.node))
}

/// Returns a value with such numbers as texts, because JSON's numbers have not so many digits.
fn written(document: &ElementTree<'_>, node: &Node) -> Value {
    let inner = |node: &Node| written(document, node);
    match &node.value {
        NodeValue::Number(_) => match document.written_number(node).map(|number| number.text()) {
            Some(text) if is_inexact(&text) => text.into(),
            _ => node.to_json(),
        },
        NodeValue::Sequence(items) => items.iter().map(inner).collect(),
        NodeValue::Mapping(_) => {
            let entries = node.entries().iter();
            entries
                .map(|entry| (entry.key.clone(), inner(&entry.node)))
                .collect()
        }
        _ => node.to_json(),
    }
}
