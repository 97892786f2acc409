//! The output of one run of the generator.

use anyhow::Result;
use clap::ValueEnum;
use openapi_tree::{Findings, Style};
use serde_json::{Value, json};
use similar::TextDiff;

use super::files::{File, State};
use super::generation::Generation;
use crate::pluralize::pluralize;
use crate::print::print;
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
pub(super) fn show(result: &Result<Generation, Findings>, format: Format) -> Result<()> {
    match (result, format) {
        (_, Format::Json) => print(&format!("{}\n", json(result))),
        (Err(findings), Format::Text) => {
            show_findings(findings);
            Ok(())
        }
        (Ok(generation), Format::Text) => {
            print(&(summary(generation) + "\n" + &files(&generation.files)))?;
            if generation.is_stale() {
                anstream::eprintln!("run `cargo xtask generate` and commit the result");
            }
            Ok(())
        }
    }
}

/// Prints one line for a run of `--watch`, or all findings.
pub(super) fn show_briefly(result: &Result<Generation, Findings>, format: Format) -> Result<()> {
    match (result, format) {
        (Ok(generation), Format::Text) => {
            let state = match generation.has_written() {
                true => State::Updated,
                false => State::Fresh,
            };
            print(&format!("{}: {state}\n", summary(generation)))
        }
        _ => show(result, format),
    }
}

fn summary(generation: &Generation) -> String {
    format!(
        "{SPEC}: {}, {}, {}, generated in {} ms",
        pluralize(generation.sources, "file"),
        pluralize(generation.operations, "operation"),
        pluralize(generation.types, "type"),
        generation.elapsed.as_millis()
    )
}

fn show_findings(findings: &Findings) {
    anstream::eprint!("{}", findings.render(Style::Ansi));
    let errors = pluralize(findings.len(), "error");
    anstream::eprintln!("{SPEC}: {errors}, nothing was written");
}

/// Returns a line for each file, and the differences in stale files.
fn files(files: &[File]) -> String {
    let mut shown = String::new();
    let mut room = DIFF_LINES;
    for file in files {
        shown += &format!("{}: {}\n", file.path, file.state);
        if file.state == State::Stale {
            shown += &diff(file, &mut room);
        }
    }
    shown
}

/// Returns the start of a difference, at most `room` lines.
fn diff(file: &File, room: &mut usize) -> String {
    let diff = TextDiff::from_lines(&file.former, &file.new);
    let text = diff
        .unified_diff()
        .context_radius(1)
        .header("checked in", "generated")
        .to_string();
    let lines: Vec<&str> = text.lines().collect();
    let (start, rest) = lines.split_at(lines.len().min(*room));
    *room -= start.len();
    let mut shown: String = start.iter().map(|line| format!("{line}\n")).collect();
    if !rest.is_empty() {
        shown += &format!("… and {} more lines\n", rest.len());
    }
    shown
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
