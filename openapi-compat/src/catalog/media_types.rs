//! Keys of `content` within a range that another key describes.

use super::shown::code;
use crate::change::Change;

/// Returns the words about a new key. Its `old` value is the range that described it before.
pub(super) fn media_type_added(change: &Change) -> String {
    let name = change.name.as_deref().unwrap_or_default();
    match &change.old {
        Some(range) => format!("now describes `{name}` apart from {}", code(range)),
        None => format!("can now be `{name}`"),
    }
}

/// Returns the words about a key that gave way to a range. It has a name if the base had the range too.
pub(super) fn media_type_widened(change: &Change) -> String {
    let [old, new] = [&change.old, &change.new].map(|value| value.as_ref().map(code));
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    match change.name {
        Some(_) => format!("no longer describes {old} apart from {new}"),
        None => format!("can now be any {new} instead of only {old}"),
    }
}
