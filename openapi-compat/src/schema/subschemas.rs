//! Items and additional properties.

use super::flattened::Additional;
use super::schema_pair::SchemaPair;
use crate::change_id::ChangeId;
use crate::context::Context;

/// Compares the items and the additional properties of two schemas.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    items(context, schemas);
    additional_properties(context, schemas);
}

fn items<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    let id = match (&schemas.base.items, &schemas.head.items) {
        (Some(base), Some(head)) => {
            schemas.enter(context, base, head, schemas.path.item());
            return;
        }
        (None, Some(_)) => ChangeId::ItemsConstrained,
        (Some(_), None) => ChangeId::ItemsUnconstrained,
        (None, None) => return,
    };
    let changed = schemas.difference(id, "items");
    context.record(schemas.vertex, changed);
}

fn additional_properties<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    use Additional::{Any, Constrained, Forbidden};
    let id = match (&schemas.base.additional, &schemas.head.additional) {
        (Constrained(base), Constrained(head)) => {
            schemas.enter(context, base, head, schemas.path.additional());
            return;
        }
        (Any, Any) | (Forbidden, Forbidden) => return,
        (Any | Constrained(_), Forbidden) => ChangeId::AdditionalPropertiesForbidden,
        (Any, Constrained(_)) => ChangeId::AdditionalPropertiesConstrained,
        (Forbidden, Any | Constrained(_)) => ChangeId::AdditionalPropertiesAllowed,
        (Constrained(_), Any) => ChangeId::AdditionalPropertiesUnconstrained,
    };
    let changed = schemas.difference(id, "additionalProperties");
    context.record(schemas.vertex, changed);
}
