//! `cargo xtask diff`: the composition of both comparisons, on the wire and in Rust.

use std::io::{self, Write};

use anyhow::{Context, Result};
use clap::Args;
use openapi_compat::{
    ChangeKind, ClientChange, ClientComparison, ClientOutcome, FailOn, Format, Options, Report,
    compare,
};
use openapi_tree::{Document, Findings, Style, load_valid};
use opentact_gen::generate_public_api;
use opentact_gen::public_api::{RustChange, RustChangeKind};

use crate::exit::Exit;
use crate::pluralize::pluralize;
use crate::revisions::{self, Revision};

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

/// Loads both revisions, compares them and prints the report.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit> {
    let base = revisions::base(arguments.base.as_deref())?;
    let head = revisions::head(arguments.head.as_deref())?;
    let (Some(base_document), Some(head_document)) = (document(&base), document(&head)) else {
        return Ok(Exit::Failure);
    };
    let options = Options {
        behavioural_extensions: vec!["x-idempotent".to_owned()],
    };
    let changes = compare(&base_document, &head_document, &options);
    let client = ClientComparison {
        language: "Rust".to_owned(),
        outcome: match base.sources == head.sources {
            true => ClientOutcome::Compared(Vec::new()),
            false => clients((&base.name, &base_document), (&head.name, &head_document)),
        },
    };
    let report = Report::new(base.named(), head.named(), changes, Some(client));
    print(&report.render(arguments.format, Style::Ansi)).context("cannot write the report")?;
    match arguments.fail_on.objection(&report) {
        None => Ok(Exit::Success),
        Some(objection) => {
            anstream::eprintln!("error: {objection}");
            Ok(Exit::CheckFailed)
        }
    }
}

/// Loads the document of a revision. Prints the findings and returns `None` if there are any.
fn document(revision: &Revision) -> Option<Document> {
    load_valid(revision.sources.clone())
        .map_err(|findings| show_findings(&findings, &revision.name))
        .ok()
}

/// Prints findings with the name of the revision, because both may have the same paths.
fn show_findings(findings: &Findings, revision: &str) {
    anstream::eprint!("{}", findings.render(Style::Ansi));
    let errors = pluralize(findings.len(), "error");
    anstream::eprintln!("{revision}: {errors}, nothing was compared");
}

/// Generates the clients of both revisions, given with their names, and compares their public APIs.
fn clients(base: (&str, &Document), head: (&str, &Document)) -> ClientOutcome {
    let generate = |age: &str, (name, document): (&str, &Document)| {
        generate_public_api(document).map_err(|findings| {
            let summary = findings.summary();
            format!("the {age} ({name}) cannot be generated: {summary}")
        })
    };
    match (generate("base", base), generate("head", head)) {
        (Ok(base), Ok(head)) => ClientOutcome::Compared(client_changes(base.changes(&head))),
        (Err(base), Err(head)) => ClientOutcome::NotCompared(format!("{base}; {head}")),
        (Err(reason), Ok(_)) | (Ok(_), Err(reason)) => ClientOutcome::NotCompared(reason),
    }
}

/// Marks the changes of builders that follow from the changes of their types.
fn client_changes(changes: Vec<RustChange>) -> Vec<ClientChange> {
    let is_changed = |item: &str| changes.iter().any(|change| change.item == item);
    let derived: Vec<bool> = changes
        .iter()
        .map(|change| {
            let of_type = change.item.strip_prefix("types::builder::");
            of_type.is_some_and(|item| is_changed(&format!("types::{item}")))
        })
        .collect();
    let changes = changes.into_iter().zip(derived);
    let changes = changes.map(|(change, derived)| ClientChange {
        kind: match change.kind {
            RustChangeKind::Added => ChangeKind::Added,
            RustChangeKind::Removed => ChangeKind::Removed,
            RustChangeKind::Changed => ChangeKind::Changed,
        },
        item: change.item,
        breaking: change.breaking,
        derived,
        message: change.message,
    });
    changes.collect()
}

/// Writes the report, and nothing else, to standard output.
fn print(report: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let written = out.write_all(report.as_bytes()).and_then(|()| out.flush());
    match written {
        // The reader, such as `head`, needs no more.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
