//! Request bodies.

use super::annotations::annotations;
use super::content;
use crate::change_id::{ChangeId, FlagIds};
use crate::context::{Compared, Context};
use crate::difference::Difference;
use crate::element::Pair;
use crate::graph::ElementKind;

/// The ids for `required`.
const REQUIRED: FlagIds = (
    ChangeId::RequestBodyBecameRequired,
    ChangeId::RequestBodyBecameOptional,
);

/// Compares the request bodies of two operations.
pub(super) fn compare<'a>(context: &mut Context<'a>, operation: &Compared<'a>) {
    const KEYWORD: &str = "requestBody";
    const TITLE: &str = "the request body";
    let Pair { base, head } = &operation.pair;
    match (base.get(KEYWORD), head.get(KEYWORD)) {
        (Some(base), Some(head)) => {
            let pair = context.resolve(Pair { base, head });
            if let Some(body) = context.enter(operation, ElementKind::RequestBody, pair, TITLE) {
                annotations(context, &body, &["description"]);
                context.flag(&body, REQUIRED, "required");
                content::compare(context, &body);
            }
        }
        (None, Some(body)) => {
            let id = match context.head.resolve(body.clone()).flag("required") {
                true => ChangeId::RequiredRequestBodyAdded,
                false => ChangeId::RequestBodyAdded,
            };
            context.record(operation, Difference::added(id, base, &body));
        }
        (Some(body), None) => {
            let removed = Difference::removed(ChangeId::RequestBodyRemoved, &body, head);
            context.record(operation, removed);
        }
        (None, None) => {}
    }
}
