//! Counting instructions and allocations with Valgrind.

use std::path::Path;
use std::process::Command;

use super::BenchError;
use super::process::run;

/// Whether it is installed.
///
/// # Errors
/// Where it is not.
pub(super) fn required() -> Result<(), BenchError> {
    match run(Command::new("valgrind").arg("--version")) {
        Ok(_) => Ok(()),
        Err(_) => Err(BenchError::NotInstalled("valgrind")),
    }
}

/// How many instructions a program executes.
pub(super) fn instructions(program: &Path, arguments: &[&str]) -> Result<f64, BenchError> {
    let options = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    figure(&options, program, arguments, "Collected : ")
}

/// How many blocks of memory a program allocates.
pub(super) fn allocations(program: &Path, arguments: &[&str]) -> Result<f64, BenchError> {
    let options = ["--tool=dhat", "--dhat-out-file=/dev/null"];
    figure(&options, program, arguments, " bytes in ")
}

/// The first number behind some words.
fn figure(
    options: &[&str],
    program: &Path,
    arguments: &[&str],
    words: &str,
) -> Result<f64, BenchError> {
    let mut command = Command::new("valgrind");
    let run = run(command.args(options).arg(program).args(arguments))?;
    let figure = || {
        let (_, rest) = run.stderr.split_once(words)?;
        rest.split_whitespace()
            .next()?
            .replace(',', "")
            .parse()
            .ok()
    };
    figure().ok_or_else(|| BenchError::Unexpected {
        program: "valgrind".to_owned(),
        said: run.stderr.clone(),
    })
}
