//! The result of a proof, and the evidence that a report can show.

use serde_json::Value;

use crate::compatibility::{Impact, Judgement};

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

/// The impact of values that replace others. `Proved` means that no value is lost.
impl From<&Proof> for Impact {
    fn from(proof: &Proof) -> Self {
        match proof {
            Proof::Proved => Self::Additive,
            Proof::Refuted(_) => Self::Breaking,
            Proof::Unknown { .. } => Self::Unproven,
        }
    }
}

/// The evidence for a breaking impact.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Evidence {
    /// A value that is not valid any more, or that clients do not know.
    Example(Value),
    /// The schema at which a proof was given up.
    GaveUpAt(String),
}

/// The evidence of a comparison, by number.
#[derive(Debug, Default)]
pub(crate) struct EvidenceList(Vec<Evidence>);

/// The number of a piece of evidence.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct EvidenceId(usize);

impl EvidenceList {
    /// Stores the evidence of a proof, and returns the impact with it.
    pub(crate) fn judge(&mut self, proof: Proof) -> Judgement {
        let impact = Impact::from(&proof);
        let evidence = match proof {
            Proof::Proved => None,
            Proof::Refuted(value) => Some(Evidence::Example(value)),
            Proof::Unknown { schema } => Some(Evidence::GaveUpAt(schema)),
        };
        let evidence = evidence.map(|evidence| {
            self.0.push(evidence);
            EvidenceId(self.0.len() - 1)
        });
        Judgement { impact, evidence }
    }

    /// Returns a piece of evidence.
    pub(crate) fn get(&self, id: EvidenceId) -> Option<&Evidence> {
        self.0.get(id.0)
    }
}
