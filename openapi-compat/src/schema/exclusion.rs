//! Values that `not` excludes.

use super::flattened::Flattened;
use super::schema_pair::SchemaPair;
use super::valid_values::of_whole;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::Context;
use crate::difference::Difference;
use crate::element::Element;
use crate::level::ChangeKind;
use crate::pair::Pair;

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
            let (base, head) = (base.clone(), head.clone());
            let excluded = Pair { base, head };
            let request = context.base_includes_head(&excluded);
            let response = context.head_includes_base(&excluded);
            let of_part = Compatibility::of_values(request, response);
            (ChangeId::NotChanged, ChangeKind::Changed, of_part)
        }
    };
    if of_part == Compatibility::DOCUMENTATION {
        return;
    }
    let compatibility = of_whole(context, schemas, of_part);
    if compatibility == Compatibility::DOCUMENTATION {
        return;
    }
    let place = |schema: &Flattened<'a>, parent: &Element<'a>| {
        let place = schema.not.as_ref().unwrap_or(parent);
        place.pointer.clone()
    };
    let base = place(&schemas.base, &schemas.pair.base);
    let head = place(&schemas.head, &schemas.pair.head);
    let changed = Difference::between(id, kind, base, head).with(compatibility);
    context.record(schemas.vertex, changed.of(schemas.path));
}
