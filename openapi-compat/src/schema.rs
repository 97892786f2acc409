//! Comparison of schemas by the values that they allow.
//!
//! A schema is a conjunction of assertions, such as `maxLength`, and of schemas inside it. Two
//! schemas are compared part by part. If each part of the head schema allows all values that the
//! part of the base schema allowed, so does the whole. Assertions are compared by proofs (see
//! [`crate::inclusion`]). If the parts do not correspond to each other, such as alternatives, the
//! schemas are proved as a whole.

mod alignment;
mod alternative;
mod annotations;
mod applicators;
mod assertions;
mod closing;
pub(crate) mod composition;
pub(crate) mod compound;
mod conjunction;
mod described;
mod discriminator;
mod exclusion;
mod flattened;
mod great_numbers;
mod ineffective;
mod inheritance;
mod moved;
mod part_references;
mod properties;
mod replacement;
mod schema_pair;
pub(crate) mod schema_path;
pub(crate) mod text;
mod types;
mod wrapper;

use crate::context::Context;
use crate::schema_task::{Form, SchemaTask};

use self::schema_pair::SchemaPair;

/// Compares two schemas. The schemas inside them are scheduled.
pub(crate) fn compare<'a>(context: &mut Context<'a>, task: &SchemaTask<'a>) {
    let mut schemas = SchemaPair::new(context, task);
    if let Form::Text(compatibility) = task.setting.form {
        annotations::compare(context, &schemas);
        assertions::compare_texts(context, &schemas, compatibility);
        return;
    }
    ineffective::compare(context, &schemas);
    if !ineffective::nullable_changes_effect(&schemas)
        && let Some(annotated) = wrapper::annotated((&context.base, &context.head), &task.pair)
    {
        annotations::compare(context, &schemas);
        let (path, setting) = (task.path.clone(), task.setting.clone());
        context.schema_in(task.vertex, annotated, path, None, setting);
        return;
    }
    part_references::compare(context, &schemas);
    if schemas.changes_type() {
        annotations::compare(context, &schemas);
        assertions::compare(context, &schemas);
        return;
    }
    if composition::compare_around(context, &schemas) {
        return;
    }
    if replacement::is_replaced(&schemas) {
        replacement::compare(context, &schemas);
        return;
    }
    schemas.rename();
    annotations::compare(context, &schemas);
    assertions::compare(context, &schemas);
    great_numbers::compare(context, &schemas);
    schemas.setting.settled = moved::settle(context, &schemas);
    properties::compare(context, &schemas);
    properties::items(context, &schemas);
    properties::additional_properties(context, &schemas);
    applicators::compare(context, &schemas);
    composition::compare(context, &schemas);
}
