//! The operations that a shell offers.

use std::ffi::OsStr;

use clap_complete::CompletionCandidate;

use super::spec::Spec;
use crate::completions::matching::matching;

/// Returns the operations that start with what was typed.
pub(crate) fn operations(typed: &OsStr) -> Vec<CompletionCandidate> {
    let spec = Spec::embedded().ok();
    let operations = spec.iter().flat_map(Spec::operations);
    let named =
        operations.map(|operation| (operation.name().to_owned(), operation.summary().to_owned()));
    matching(typed, named)
}
