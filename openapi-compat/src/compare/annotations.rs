//! Texts, examples, extensions and deprecation.

use std::collections::BTreeSet;

use openapi_tree::is_extension;

use crate::change_id::{ChangeId, FlagIds};
use crate::context::{Compared, Context};
use crate::element::Pair;

/// The ids for `deprecated`.
const DEPRECATED: FlagIds = (ChangeId::Deprecated, ChangeId::NoLongerDeprecated);

/// Compares annotations: some keywords, and all extensions.
pub(super) fn annotations(context: &mut Context<'_>, subject: &Compared<'_>, keywords: &[&str]) {
    let keywords = keywords.iter().copied();
    for keyword in keywords.chain(extensions(&subject.pair)) {
        context.keyword(subject, ChangeId::AnnotationChanged, keyword);
    }
}

/// Returns the names of all extensions.
pub(super) fn extensions<'a>(pair: &Pair<'a>) -> BTreeSet<&'a str> {
    let entries = pair.base.entries().chain(pair.head.entries());
    let names = entries.map(|(name, _)| name);
    names.filter(|name| is_extension(name)).collect()
}

/// Compares examples.
pub(super) fn examples<'a>(context: &mut Context<'a>, subject: &Compared<'a>) {
    use ChangeId::{ExampleAdded, ExampleChanged, ExampleRemoved};
    let ids = (ExampleAdded, ExampleRemoved, ExampleChanged);
    context.named_values(subject, ids, "examples");
}

/// Compares the deprecation of an element.
pub(super) fn deprecation(context: &mut Context<'_>, subject: &Compared<'_>) {
    context.flag(subject, DEPRECATED, "deprecated");
}
