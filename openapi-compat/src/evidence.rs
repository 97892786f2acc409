//! The evidence of a comparison, which a report can show.

use serde_json::Value;

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
    /// Stores a piece of evidence.
    pub(crate) fn add(&mut self, evidence: Evidence) -> EvidenceId {
        self.0.push(evidence);
        EvidenceId(self.0.len() - 1)
    }

    /// Returns a piece of evidence.
    pub(crate) fn get(&self, id: EvidenceId) -> Option<&Evidence> {
        self.0.get(id.0)
    }
}
