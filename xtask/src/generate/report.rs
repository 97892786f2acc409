//! The output of one run of the generator.

use clap::ValueEnum;
use openapi_tree::{Findings, Style};
use serde_json::{Value, json};
use similar::TextDiff;

use super::files::{File, State};
use super::generation::Generation;
use crate::pluralize::pluralize;
use crate::workspace::SPEC;

/// The number of lines that `--check` shows of the differences in all files together.
const DIFF_LINES: usize = 40;

/// The format of the output.
#[derive(Clone, Copy, Eq, PartialEq, ValueEnum)]
pub(super) enum Format {
    /// For a terminal.
    Text,
    /// For programs, such as editors: a line with one JSON object for each run.
    Json,
}

/// Prints the files and their states, or all findings.
pub(super) fn show(result: &Result<Generation, Findings>, format: Format) {
    match (result, format) {
        (_, Format::Json) => anstream::println!("{}", json(result)),
        (Err(findings), Format::Text) => show_findings(findings),
        (Ok(generation), Format::Text) => {
            anstream::println!("{}", summary(generation));
            show_files(&generation.files);
        }
    }
}

/// Prints one line for a run of `--watch`, or all findings.
pub(super) fn show_briefly(result: &Result<Generation, Findings>, format: Format) {
    match (result, format) {
        (Ok(generation), Format::Text) => {
            let state = match generation.has_written() {
                true => State::Updated,
                false => State::Fresh,
            };
            anstream::println!("{}: {state}", summary(generation));
        }
        _ => show(result, format),
    }
}

fn summary(generation: &Generation) -> String {
    format!(
        "{SPEC}: {}, {} operations, {} types, generated in {} ms",
        pluralize(generation.sources, "file"),
        generation.operations,
        generation.types,
        generation.elapsed.as_millis()
    )
}

fn show_findings(findings: &Findings) {
    anstream::eprint!("{}", findings.render(Style::Ansi));
    let errors = pluralize(findings.len(), "error");
    anstream::eprintln!("{SPEC}: {errors}, nothing was written");
}

fn show_files(files: &[File]) {
    let mut room = DIFF_LINES;
    for file in files {
        anstream::println!("{}: {}", file.path, file.state);
        if file.state == State::Stale {
            show_diff(file, &mut room);
        }
    }
    if files.iter().any(|file| file.state.is_pending()) {
        anstream::eprintln!("run `cargo xtask generate` and commit the result");
    }
}

/// Prints the start of a difference, at most `room` lines.
fn show_diff(file: &File, room: &mut usize) {
    let diff = TextDiff::from_lines(&file.former, &file.new);
    let text = diff
        .unified_diff()
        .context_radius(1)
        .header("checked in", "generated")
        .to_string();
    let lines: Vec<&str> = text.lines().collect();
    let shown = lines.len().min(*room);
    for line in &lines[..shown] {
        anstream::println!("{line}");
    }
    if let more @ 1.. = lines.len() - shown {
        anstream::println!("… and {more} more lines");
    }
    *room -= shown;
}

fn json(result: &Result<Generation, Findings>) -> Value {
    match result {
        Err(findings) => json!({ "findings": findings.to_json() }),
        Ok(generation) => json!({
            "findings": [],
            "operations": generation.operations,
            "types": generation.types,
            "files": generation.files.iter().map(|file| json!({
                "path": file.path,
                "state": file.state.to_string(),
            })).collect::<Value>(),
        }),
    }
}
