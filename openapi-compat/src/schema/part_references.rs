//! Keywords beside the references in `allOf`.

use openapi_tree::reference;

use super::schema_pair::SchemaPair;
use crate::context::Context;
use crate::element::Pair;
use crate::reference_siblings;

/// Compares the keywords beside the references of merged parts. Those of other parts are compared with
/// their schemas.
pub(super) fn compare<'a>(context: &mut Context<'a>, schemas: &SchemaPair<'_, 'a>) {
    for head in &schemas.head.references {
        let mut older = schemas.base.references.iter();
        let same = older.find(|base| reference(base.node) == reference(head.node));
        let Some(base) = same else {
            continue;
        };
        let pair = Pair::new(base.clone(), head.clone());
        for difference in reference_siblings::of_schemas((&context.base, &context.head), &pair) {
            schemas.record(context, difference);
        }
    }
}
