//! The reports that fail a check.

use clap::ValueEnum;

use super::value::Report;
use crate::semver::Verdict;

/// The reports that fail a check.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum FailOn {
    /// A change is breaking, even if the version declares it.
    Breaking,
    /// The actual bump is less than the required one.
    Undeclared,
    /// Something changed.
    Any,
    /// No report fails.
    Never,
}

impl FailOn {
    /// Returns the reason why a report fails, or `None` if it passes.
    pub fn objection(self, report: &Report) -> Option<&'static str> {
        let (fails, objection) = match self {
            Self::Breaking => (
                report.is_breaking(),
                "a change is breaking (--fail-on breaking)",
            ),
            Self::Undeclared => (
                report.verdict == Verdict::Undeclared,
                "the version bump is less than the changes require (--fail-on undeclared)",
            ),
            Self::Any => (
                report.verdict != Verdict::Unchanged,
                "something changed (--fail-on any)",
            ),
            Self::Never => (false, ""),
        };
        fails.then_some(objection)
    }
}
