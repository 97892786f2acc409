//! The result of a proof.

use serde_json::Value;

/// The result of an attempt to prove something about all values of schemas.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Proof {
    /// It holds for every value.
    Proved,
    /// This value shows that it does not hold.
    Refuted(Value),
    /// Neither a proof nor a counterexample was found.
    Unknown {
        /// The name of the schema at which the proof was given up.
        schema: String,
    },
}

impl Proof {
    /// Returns `true` if there is a proof.
    pub(crate) fn is_proved(&self) -> bool {
        *self == Self::Proved
    }
}
