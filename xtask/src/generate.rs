//! `cargo xtask generate`.

use std::process::ExitCode;
use std::time::Instant;

use opentact_gen::{Source, Style, generate};
use similar::TextDiff;

use crate::files::{FileError, GENERATED, SPEC, Workspace};

/// How many lines of a diff `--check` shows.
const DIFF_LINES: usize = 40;

/// How the command ends where nothing is wrong with the files as such.
pub(crate) enum Outcome {
    /// The generated file is what the spec yields.
    Done,
    /// The generated file is not what the spec yields, and was not to be written.
    Stale,
    /// The spec cannot be used.
    Refused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Stale => Self::from(1),
            Outcome::Refused => Self::from(2),
        }
    }
}

/// Generates, or with `check` compares only.
pub(crate) fn run(check: bool) -> Result<Outcome, FileError> {
    let start = Instant::now();
    let workspace = Workspace::find()?;
    let source = Source::new(SPEC, &workspace.read(SPEC)?);
    let generated = match generate(source) {
        Ok(generated) => generated,
        Err(findings) => {
            anstream::eprint!("{}", findings.render(Style::Ansi));
            anstream::eprintln!(
                "{SPEC}: {} wrong, nothing was written",
                things(findings.len())
            );
            return Ok(Outcome::Refused);
        }
    };
    let generating = start.elapsed();
    let former = workspace.read_if_present(GENERATED)?;
    let fresh = former == generated.code;
    if !fresh && !check {
        workspace.replace(GENERATED, &generated.code)?;
    }
    let state = match (fresh, check) {
        (true, _) => "fresh",
        (false, true) => "stale",
        (false, false) => "updated",
    };
    anstream::println!(
        "{SPEC}: {} operations, {} types, generated in {} ms",
        generated.operations,
        generated.types,
        generating.as_millis(),
    );
    anstream::println!("{GENERATED}: {state}");
    if fresh || !check {
        return Ok(Outcome::Done);
    }
    show_diff(&former, &generated.code);
    anstream::eprintln!("run `cargo xtask generate` and commit the result");
    Ok(Outcome::Stale)
}

/// How many things are wrong, in words.
pub(crate) fn things(count: usize) -> String {
    match count {
        1 => "1 thing is".to_owned(),
        _ => format!("{count} things are"),
    }
}

/// Shows the start of what would change.
fn show_diff(former: &str, new: &str) {
    let diff = TextDiff::from_lines(former, new);
    let text = diff
        .unified_diff()
        .context_radius(1)
        .header("checked in", "what the spec yields")
        .to_string();
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().take(DIFF_LINES) {
        anstream::println!("{line}");
    }
    if let Some(more @ 1..) = lines.len().checked_sub(DIFF_LINES) {
        anstream::println!("… and {more} more lines");
    }
}
