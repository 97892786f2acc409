//! `cargo xtask diff`.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use opentact_gen::diff::{Level, Report, Side, Verdict, review};
use opentact_gen::{Findings, Style};

use crate::generate::things;
use crate::sides::{self, SideError};

/// What is compared, and how it is shown.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The older spec: a git revision, or a path to an OpenAPI 3.0 document [default: the merge
    /// base of HEAD and the default branch].
    base: Option<String>,

    /// The newer spec, in the same way [default: the working tree].
    head: Option<String>,

    /// How the report is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Which report exits with 1.
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
    /// A change breaks somebody, whatever the version says.
    Breaking,
    /// The version is not raised by as much as the changes require.
    Undeclared,
    /// Something changed.
    Any,
    /// None.
    Never,
}

/// How the command ends where both sides were found.
pub(crate) enum Outcome {
    /// The report is as it may be.
    Accepted,
    /// `--fail-on` says no.
    Rejected,
    /// A side cannot be compared.
    Refused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accepted => Self::SUCCESS,
            Outcome::Rejected => Self::from(1),
            Outcome::Refused => Self::from(2),
        }
    }
}

/// There is no report, or nowhere to write it.
#[derive(Debug)]
pub(crate) enum DiffError {
    /// A side cannot be had.
    Side(SideError),
    /// The report cannot be written.
    Output(io::Error),
}

impl fmt::Display for DiffError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Side(error) => error.fmt(f),
            Self::Output(error) => write!(f, "cannot write the report: {error}"),
        }
    }
}

impl std::error::Error for DiffError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Side(error) => Some(error),
            Self::Output(error) => Some(error),
        }
    }
}

/// Compares the sides and prints what they differ in.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, DiffError> {
    let base = sides::base(arguments.base.as_deref()).map_err(DiffError::Side)?;
    let head = sides::head(arguments.head.as_deref()).map_err(DiffError::Side)?;
    let report = match review(base.clone(), head.clone()) {
        Ok(report) => report,
        Err(findings) => {
            show_findings(&findings, &base, &head);
            return Ok(Outcome::Refused);
        }
    };
    print(&report, arguments.format).map_err(DiffError::Output)?;
    match arguments.fail_on.objection(&report) {
        None => Ok(Outcome::Accepted),
        Some(objection) => {
            anstream::eprintln!("error: {objection}");
            Ok(Outcome::Rejected)
        }
    }
}

impl FailOn {
    /// Why the command fails, if it does.
    fn objection(self, report: &Report) -> Option<&'static str> {
        let (fails, objection) = match self {
            Self::Breaking => (
                is_breaking(report),
                "a change is breaking (--fail-on breaking)",
            ),
            Self::Undeclared => (
                report.verdict == Verdict::Undeclared,
                "the version is not raised as the changes require (--fail-on undeclared)",
            ),
            Self::Any => (
                report.verdict != Verdict::Unchanged,
                "something changed (--fail-on any)",
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
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Findings do not say which side they are of, and both may have the same path.
fn show_findings(findings: &Findings, base: &Side, head: &Side) {
    let refused = match review(base.clone(), base.clone()) {
        Ok(_) => head,
        Err(_) => base,
    };
    anstream::eprint!("{}", findings.render(Style::Ansi));
    anstream::eprintln!(
        "{}: {} wrong, nothing was compared",
        refused.name,
        things(findings.len())
    );
}
