//! Items and additional properties.

use super::flattened::Additional;
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::context::Context;

/// Compares the items and the additional properties of two schemas.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    items(context, schemas);
    additional_properties(context, schemas);
}

fn items<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let (id, compatibility) = match (&schemas.base.items, &schemas.head.items) {
        (Some(base), Some(head)) => {
            schemas.enter(context, base, head, schemas.path.item());
            return;
        }
        (None, Some(_)) => (ChangeId::ItemsConstrained, Compatibility::NARROWER),
        (Some(_), None) => (ChangeId::ItemsUnconstrained, Compatibility::WIDER),
        (None, None) => return,
    };
    let changed = schemas.difference(id, compatibility, "items");
    context.record(schemas.vertex, changed);
}

fn additional_properties<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    use Additional::{Any, Constrained, Forbidden};
    const NARROWER: Compatibility = Compatibility::NARROWER;
    const WIDER: Compatibility = Compatibility::WIDER;
    let (id, compatibility) = match (&schemas.base.additional, &schemas.head.additional) {
        (Constrained(base), Constrained(head)) => {
            schemas.enter(context, base, head, schemas.path.additional());
            return;
        }
        (Any, Any) | (Forbidden, Forbidden) => return,
        (Any | Constrained(_), Forbidden) => (ChangeId::AdditionalPropertiesForbidden, NARROWER),
        (Any, Constrained(_)) => (ChangeId::AdditionalPropertiesConstrained, NARROWER),
        (Forbidden, Any | Constrained(_)) => (ChangeId::AdditionalPropertiesAllowed, WIDER),
        (Constrained(_), Any) => (ChangeId::AdditionalPropertiesUnconstrained, WIDER),
    };
    let changed = schemas.difference(id, compatibility, "additionalProperties");
    context.record(schemas.vertex, changed);
}
