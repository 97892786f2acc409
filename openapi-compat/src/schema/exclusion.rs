//! The values that `not` excludes.

use serde_json::Value;

use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::{Element, Pair};
use crate::level::{ChangeKind, Direction};

/// Compares `not`. The fewer values it excludes, the more the whole schema allows.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let (id, kind, of_part) = match (&schemas.base.not, &schemas.head.not) {
        (None, None) => return,
        (Some(_), None) => (
            ChangeId::NotRemoved,
            ChangeKind::Removed,
            Compatibility::WIDER,
        ),
        (None, Some(_)) => (
            ChangeId::NotAdded,
            ChangeKind::Added,
            Compatibility::NARROWER,
        ),
        (Some(base), Some(head)) => {
            if context.are_same(base, head) {
                return;
            }
            // The fewer values are excluded, the more are valid.
            let (base, head) = ((&context.base, base), (&context.head, head));
            let request = context.excludes_no_more(base, head, Direction::Request);
            let response = context.excludes_no_more(head, base, Direction::Response);
            let (request, response) = (context.judge(request), context.judge(response));
            let of_part = Compatibility::of_values(request, response);
            (ChangeId::NotChanged, ChangeKind::Changed, of_part)
        }
    };
    let compatibility = schemas.of_whole(context, of_part);
    if compatibility == Compatibility::DOCUMENTATION {
        return;
    }
    let base = schemas.base.not.as_ref().unwrap_or(&schemas.pair.base);
    let head = schemas.head.not.as_ref().unwrap_or(&schemas.pair.head);
    let changed = Difference::between(id, kind, &base.pointer, &head.pointer).with(compatibility);
    let changed = match of_booleans(context, schemas.pair) {
        Some(replaced) => replaced.with(compatibility),
        None => changed,
    };
    schemas.record(context, changed);
}

/// Returns the change of schemas of which the author wrote one as `false`.
fn of_booleans<'a>(context: &Context<'a>, pair: &Pair<'a>) -> Option<Difference> {
    let Pair { base, head } = pair;
    let written = (
        context.base.written_boolean(base),
        context.head.written_boolean(head),
    );
    if written.0 != Some(false) && written.1 != Some(false) {
        return None;
    }
    let value = |written: Option<bool>, schema: &Element<'a>| {
        written.map_or_else(|| schema.node.to_json(), Value::Bool)
    };
    let (old, new) = (value(written.0, base), value(written.1, head));
    let replaced = Difference::changed(ChangeId::SchemaReplaced, base, head);
    Some(replaced.values(Some(old), Some(new)))
}
