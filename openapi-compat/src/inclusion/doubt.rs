//! Failed proofs: values that may show that there is no proof, and the schema where it failed.

use serde_json::Value;

/// The greatest number of values that are kept.
const MOST: usize = 12;

/// The reason why a proof was not found.
#[derive(Clone, Debug, Default)]
pub(super) struct Doubt<'a> {
    /// Values that are probably valid against the narrow schema only. They are not evaluated yet.
    pub(super) values: Vec<Value>,
    /// The component in which the proof failed.
    pub(super) schema: Option<&'a str>,
}

impl<'a> Doubt<'a> {
    /// Returns this doubt together with another one.
    pub(super) fn or(mut self, other: Self) -> Self {
        self.values.extend(other.values);
        self.values.truncate(MOST);
        self.schema = self.schema.or(other.schema);
        self
    }

    /// Returns this doubt with each value put into others.
    pub(super) fn inside(self, wrap: impl FnMut(Value) -> Option<Value>) -> Self {
        let values = self
            .values
            .into_iter()
            .filter_map(wrap)
            .take(MOST)
            .collect();
        Self { values, ..self }
    }
}

/// A proof, or the reason why it was not found.
pub(super) type Attempt<'a> = Result<(), Doubt<'a>>;
