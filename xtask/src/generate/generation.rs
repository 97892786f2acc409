//! One run of the generator: from the spec to files.

use std::time::{Duration, Instant};

use anyhow::Result;
use openapi_tree::{Findings, Sources};

use super::files::{self, File, State};
use crate::workspace::Workspace;

/// The result for a spec without errors.
pub(super) struct Generation {
    /// The number of spec files.
    pub(super) sources: usize,
    /// The number of operations of the client.
    pub(super) operations: usize,
    /// The number of generated types.
    pub(super) types: usize,
    /// The wall-clock time of the generator.
    pub(super) elapsed: Duration,
    /// The generated files, and those to remove.
    pub(super) files: Vec<File>,
}

impl Generation {
    /// Returns `true` if a file differs from what the spec yields.
    pub(super) fn is_stale(&self) -> bool {
        self.files.iter().any(|file| file.state.is_pending())
    }

    /// Returns `true` if a file was written or removed.
    pub(super) fn has_written(&self) -> bool {
        let written = |file: &File| matches!(file.state, State::Updated | State::Removed);
        self.files.iter().any(written)
    }
}

/// Generates from `sources`, and writes the files unless `check` is set.
pub(super) fn generate(
    workspace: &Workspace,
    sources: Sources,
    check: bool,
) -> Result<Result<Generation, Findings>> {
    let start = Instant::now();
    let count = sources.iter().count();
    let generated = match opentact_gen::generate(sources) {
        Ok(generated) => generated,
        Err(findings) => return Ok(Err(findings)),
    };
    let elapsed = start.elapsed();
    let (operations, types) = (generated.operations, generated.types);
    let mut files = files::compare(workspace, generated)?;
    if !check {
        files::write(workspace, &mut files)?;
    }
    Ok(Ok(Generation {
        sources: count,
        operations,
        types,
        elapsed,
        files,
    }))
}
