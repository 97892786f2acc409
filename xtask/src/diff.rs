//! `cargo xtask diff`.

use std::io::{self, Write};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use opentact_gen::diff::{Level, Report, Side as Revision, Verdict, review};
use opentact_gen::{Findings, Style};

use crate::exit::Exit;
use crate::pluralize::pluralize;
use crate::revisions;

/// The arguments of `cargo xtask diff`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The older revision: a commit, or a path to an OpenAPI 3.0 document [default: the merge base
    /// of HEAD and the default branch].
    base: Option<String>,

    /// The newer revision: a commit, or a path to an OpenAPI 3.0 document [default: the working
    /// tree].
    head: Option<String>,

    /// The format of the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// The reports that lead to exit code 1.
    #[arg(long, value_enum, default_value_t = FailOn::Undeclared)]
    fail_on: FailOn,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// For a pull request.
    Markdown,
    /// For programs.
    Json,
    /// For a GitHub workflow: an annotation for each change, at file and line.
    Github,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    /// A change is breaking, whatever the version is.
    Breaking,
    /// The version is raised by less than the changes require.
    Undeclared,
    /// There is a change.
    Any,
    /// No report.
    Never,
}

/// A revision that cannot be compared, and the reasons.
struct Rejected<'a> {
    revision: &'a Revision,
    findings: Findings,
}

/// Loads both revisions, compares them and prints the report.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit> {
    let base = revisions::base(arguments.base.as_deref())?;
    let head = revisions::head(arguments.head.as_deref())?;
    let report = match compare(&base, &head) {
        Ok(report) => report,
        Err(rejected) => {
            show_findings(&rejected);
            return Ok(Exit::Failure);
        }
    };
    print(&report, arguments.format).context("cannot write the report")?;
    match arguments.fail_on.objection(&report) {
        None => Ok(Exit::Success),
        Some(objection) => {
            anstream::eprintln!("error: {objection}");
            Ok(Exit::CheckFailed)
        }
    }
}

fn compare<'a>(base: &'a Revision, head: &'a Revision) -> Result<Report, Rejected<'a>> {
    review(base.clone(), head.clone()).map_err(|findings| Rejected {
        revision: rejected(base, head),
        findings,
    })
}

/// Returns the revision that `review` rejected: the base if it is not even comparable with itself.
fn rejected<'a>(base: &'a Revision, head: &'a Revision) -> &'a Revision {
    match review(base.clone(), base.clone()) {
        Ok(_) => head,
        Err(_) => base,
    }
}

impl FailOn {
    /// Returns the reason for exit code 1, if there is one.
    fn objection(self, report: &Report) -> Option<&'static str> {
        let (fails, objection) = match self {
            Self::Breaking => (
                is_breaking(report),
                "a change is breaking (--fail-on breaking)",
            ),
            Self::Undeclared => (
                report.verdict == Verdict::Undeclared,
                "the version is raised by less than the changes require (--fail-on undeclared)",
            ),
            Self::Any => (
                report.verdict != Verdict::Unchanged,
                "there is a change (--fail-on any)",
            ),
            Self::Never => (false, ""),
        };
        fails.then_some(objection)
    }
}

fn is_breaking(report: &Report) -> bool {
    let on_the_wire = report
        .wire
        .iter()
        .any(|change| change.level == Level::Breaking);
    let in_rust = report.rust.changes().iter().any(|change| change.breaking);
    on_the_wire || in_rust
}

/// Writes the report, and nothing else, to standard output.
fn print(report: &Report, format: Format) -> io::Result<()> {
    let text = match format {
        Format::Text => report.to_text(Style::Ansi),
        Format::Markdown => report.to_markdown(),
        Format::Json => report.to_json(),
        Format::Github => report.to_github(),
    };
    let mut out = anstream::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        // The reader, such as `head`, needs no more.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints the findings with the name of the revision, because both may have the same paths.
fn show_findings(rejected: &Rejected<'_>) {
    anstream::eprint!("{}", rejected.findings.render(Style::Ansi));
    let errors = pluralize(rejected.findings.len(), "error");
    anstream::eprintln!("{}: {errors}, nothing was compared", rejected.revision.name);
}
