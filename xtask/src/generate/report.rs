//! What is shown of generating once.

use std::fmt;

use opentact_gen::{Findings, Style};
use serde_json::{Value, json};
use similar::TextDiff;

use super::{Attempt, File, Format, State, Success};
use crate::files::SPEC;

/// How many lines of a diff `--check` shows, of each file.
const DIFF_LINES: usize = 40;

/// Shows the findings or what became of the files.
pub(super) fn show(attempt: &Attempt, format: Format) {
    match (attempt, format) {
        (_, Format::Json) => anstream::println!("{}", json(attempt)),
        (Attempt::Refused(findings), Format::Text) => show_findings(findings),
        (Attempt::Success(success), Format::Text) => {
            anstream::println!("{}", summary(success));
            success.files.iter().for_each(show_file);
        }
    }
}

/// What was generated, in one line.
pub(super) fn summary(success: &Success) -> String {
    let files = match success.sources {
        1 => "1 file".to_owned(),
        sources => format!("{sources} files"),
    };
    format!(
        "{SPEC}: {files}, {} operations, {} types, generated in {} ms",
        success.generated.operations,
        success.generated.types,
        success.took.as_millis()
    )
}

/// Shows every finding, and how many there are.
fn show_findings(findings: &Findings) {
    anstream::eprint!("{}", findings.render(Style::Ansi));
    anstream::eprintln!(
        "{SPEC}: {} wrong, nothing was written",
        things(findings.len())
    );
}

fn show_file(file: &File) {
    anstream::println!("{}: {}", file.path, file.state);
    if file.state == State::Stale {
        show_diff(&file.former, &file.new);
        anstream::eprintln!("run `cargo xtask generate` and commit the result");
    }
}

fn json(attempt: &Attempt) -> Value {
    match attempt {
        Attempt::Refused(findings) => json!({ "findings": findings.to_json() }),
        Attempt::Success(success) => json!({
            "findings": [],
            "operations": success.generated.operations,
            "types": success.generated.types,
            "files": success.files.iter().map(|file| json!({
                "path": file.path,
                "state": file.state.to_string(),
            })).collect::<Value>(),
        }),
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fresh => "fresh",
            Self::Stale => "stale",
            Self::Updated => "updated",
        })
    }
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
