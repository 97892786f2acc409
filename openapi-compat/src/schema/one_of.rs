//! Alternatives of `oneOf`. Exactly one must match.

use serde_json::Value;

use crate::change_id::ChangeId;
use crate::compatibility::{Compatibility, Impact};
use crate::context::{Context, Located, SchemaTask};
use crate::difference::Difference;
use crate::inclusion::provable;
use crate::inclusion::prover::Inclusion;
use crate::level::ChangeKind;

/// Compares `oneOf` as a whole after a change inside an alternative. A wider alternative can match
/// values of another one, which makes them invalid. Skips alternatives that provably exclude each
/// other.
pub(crate) fn compare(context: &mut Context<'_>, task: &SchemaTask<'_>) {
    let SchemaTask { vertex, pair, path } = task;
    let base = (&context.base, &pair.base);
    let head = (&context.head, &pair.head);
    if are_exclusive(context, base) && are_exclusive(context, head) {
        return;
    }
    let loss = |inclusion: Inclusion| match Impact::from(inclusion) {
        impact if impact.is_loss() => impact,
        _ => Impact::None,
    };
    let compatibility = Compatibility::new(
        loss(context.includes(head, base)),
        loss(context.includes(base, head)),
    );
    if compatibility == Compatibility::DOCUMENTATION {
        return;
    }
    let changed = Difference::between(
        ChangeId::AlternativesOverlap,
        ChangeKind::Changed,
        pair.base.pointer.child("oneOf"),
        pair.head.pointer.child("oneOf"),
    );
    context.record(*vertex, changed.of(path).with(compatibility));
}

/// Returns `true` if there is a proof that no value matches two alternatives.
fn are_exclusive<'a>(context: &Context<'a>, (document, schema): Located<'_, 'a>) -> bool {
    let schema = provable::schema(document.root().node, schema.node);
    let Some(Value::Object(one_of)) = schema else {
        return false;
    };
    let mut any_of = one_of.clone();
    if let Some(alternatives) = any_of.remove("oneOf") {
        any_of.insert("anyOf".to_owned(), alternatives);
    }
    let (one_of, any_of) = (Value::Object(one_of), Value::Object(any_of));
    context.prover().includes(&one_of, &any_of) == Inclusion::Proved
}
