//! The sentences about changes: the fact first, and then the clients that are affected.

mod audience;
mod fact;
mod shown;

use crate::change::Change;

impl Change {
    /// Returns one sentence without a full stop: the fact first, and then the clients that are
    /// affected.
    pub fn message(&self) -> String {
        let fact = fact::fact(self);
        match audience::audience(self) {
            Some(audience) => format!("{fact}: {audience}"),
            None => fact,
        }
    }
}
