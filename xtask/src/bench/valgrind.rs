//! Counts of instructions and allocations, by Valgrind.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use xshell::{Shell, cmd};

use super::process::run;

/// Fails if Valgrind is not installed.
pub(super) fn require(shell: &Shell) -> Result<()> {
    run(&mut cmd!(shell, "valgrind --version"))
        .map(|_| ())
        .map_err(|_| anyhow!("valgrind is not installed"))
}

/// Counts the instructions that a program executes.
pub(super) fn instructions(shell: &Shell, program: &Path, arguments: &[&str]) -> Result<f64> {
    let options = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    figure(shell, options, program, arguments, "Collected : ")
}

/// Counts the blocks of memory that a program allocates.
pub(super) fn allocations(shell: &Shell, program: &Path, arguments: &[&str]) -> Result<f64> {
    let options = ["--tool=dhat", "--dhat-out-file=/dev/null"];
    figure(shell, options, program, arguments, " bytes in ")
}

/// Returns the first number after `label` in the output.
fn figure(
    shell: &Shell,
    options: [&str; 2],
    program: &Path,
    arguments: &[&str],
    label: &str,
) -> Result<f64> {
    let run = run(&mut cmd!(
        shell,
        "valgrind {options...} {program} {arguments...}"
    ))?;
    let figure = || {
        let (_, rest) = run.stderr.split_once(label)?;
        let word = rest.split_whitespace().next()?;
        word.replace(',', "").parse().ok()
    };
    figure().with_context(|| format!("valgrind printed no figure:\n{}", run.stderr))
}
