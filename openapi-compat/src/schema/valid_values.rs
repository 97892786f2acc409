//! The effect of a difference on the values that a whole schema allows.

use super::schema_pair::SchemaPair;
use crate::compatibility::{Compatibility, Impact};
use crate::context::Context;

/// Returns the compatibility of a difference in a part of two schemas. If the part loses values, a
/// proof about the whole schemas can show that these were not valid anyway.
pub(super) fn of_whole(
    context: &Context<'_>,
    schemas: &SchemaPair<'_, '_>,
    of_part: Compatibility,
) -> Compatibility {
    let request = match of_part.request.is_loss() {
        true => context.head_includes_base(schemas.pair).into(),
        false => of_part.request,
    };
    let response: Impact = match of_part.response.is_loss() {
        true => context.base_includes_head(schemas.pair).into(),
        false => of_part.response,
    };
    Compatibility::of_values(request, response)
}
