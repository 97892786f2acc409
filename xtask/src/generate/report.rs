//! What is shown of generating once.

use std::fmt;

use opentact_gen::{Findings, Style};
use serde_json::{Value, json};
use similar::TextDiff;

use super::{Attempt, File, Format, State};
use crate::files::SPEC;

/// How many lines of a diff `--check` shows, of each file.
const DIFF_LINES: usize = 40;

/// Shows the findings or what became of the files.
pub(super) fn show(attempt: &Attempt, format: Format) {
    match (attempt, format) {
        (_, Format::Json) => anstream::println!("{}", json(attempt)),
        (Attempt::Refused(findings), Format::Text) => show_findings(findings),
        (Attempt::Generated { files, .. }, Format::Text) => {
            anstream::println!("{}", summary(attempt));
            files.iter().for_each(show_file);
        }
    }
}

/// What was generated, in one line.
pub(super) fn summary(attempt: &Attempt) -> String {
    let Attempt::Generated {
        sources,
        generated,
        took,
        ..
    } = attempt
    else {
        return String::new();
    };
    let files = match sources {
        1 => "1 file".to_owned(),
        _ => format!("{sources} files"),
    };
    format!(
        "{SPEC}: {files}, {} operations, {} types, generated in {} ms",
        generated.operations,
        generated.types,
        took.as_millis()
    )
}

/// Shows every finding, and how many there are.
pub(super) fn show_findings(findings: &Findings) {
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
        Attempt::Generated {
            generated, files, ..
        } => json!({
            "findings": [],
            "operations": generated.operations,
            "types": generated.types,
            "files": files.iter().map(|file| json!({
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
