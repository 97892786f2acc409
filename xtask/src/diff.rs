//! `cargo xtask diff`: the composition of both comparisons, on the wire and in Rust.

use std::collections::HashSet;

use anyhow::Result;
use clap::Args;
use openapi_compat::{
    ChangeKind, ClientChange, ClientComparison, ClientOutcome, FailOn, Format, Options, Report,
    Verdict, compare_owned,
};
use openapi_tree::{Document, Style, load_valid};
use opentact_gen::public_api::{RustChange, RustChangeKind};
use opentact_gen::{Pages, generate_public_api};

use crate::exit::Exit;
use crate::pluralize::pluralize;
use crate::print::print;
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

    /// Print one screen: the verdict, the number of changes, and the operations with the most
    /// changes. For the formats text, markdown and json.
    #[arg(long, conflicts_with = "all")]
    summary: bool,

    /// Print all changes with all their operations. Otherwise a long list is cut.
    #[arg(long)]
    all: bool,

    /// The reports to reject, with exit code 1.
    #[arg(long, value_enum, default_value_t = FailOn::Undeclared)]
    fail_on: FailOn,
}

/// Loads both revisions, compares them and prints the report.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit> {
    let extent = arguments.format.extent(arguments.summary, arguments.all)?;
    let base = revisions::base(arguments.base.as_deref())?;
    let head = revisions::head(arguments.head.as_deref())?;
    // Both are loaded first, so that the findings of both are shown.
    let (Some(base_document), Some(head_document)) = (load(&base), load(&head)) else {
        return Ok(Exit::Failure);
    };
    let options = Options {
        behavioural_extensions: vec!["x-idempotent".to_owned(), "x-sign-in".to_owned()],
        contract_extensions: vec!["x-paging".to_owned()],
    };
    let outcome = match base.sources == head.sources {
        true => ClientOutcome::Compared(Vec::new()),
        false => compare_clients(&base_document, &head_document),
    };
    let client = ClientComparison {
        language: "Rust".to_owned(),
        outcome,
    };
    let (base, head) = (
        base.for_report(&base_document),
        head.for_report(&head_document),
    );
    let changes = compare_owned(base_document, head_document, &options);
    let report = Report::new(base, head, changes, Some(client));
    print(&report.render(arguments.format, extent, Style::Ansi))?;
    // The version of the crate must be known.
    let unknown = arguments.fail_on == FailOn::Undeclared && report.verdict == Verdict::Unknown;
    let unknown = unknown.then_some("the version of a revision is unknown (--fail-on undeclared)");
    match arguments.fail_on.objection(&report).or(unknown) {
        None => Ok(Exit::Success),
        Some(objection) => {
            anstream::eprintln!("error: {objection}");
            Ok(Exit::CheckFailed)
        }
    }
}

/// Loads the document of a revision. Prints the findings and returns `None` if there are any.
fn load(revision: &Revision) -> Option<Document> {
    let findings = match load_valid(revision.sources.clone()) {
        Ok(document) => return Some(document),
        Err(findings) => findings,
    };
    let errors = pluralize(findings.len(), "error");
    anstream::eprint!("{}", findings.render(Style::Ansi));
    // Both revisions may have the same paths.
    anstream::eprintln!("{}: {errors}, nothing was compared", revision.name);
    None
}

/// Generates the clients of both revisions, and compares their public APIs.
fn compare_clients(base: &Document, head: &Document) -> ClientOutcome {
    let pages = pages(base, head);
    let generated = |document| generate_public_api(document, pages).ok();
    match (generated(base), generated(head)) {
        (Some(base), Some(head)) => ClientOutcome::Compared(client_changes(base.changes(&head))),
        (None, Some(_)) => not_compared("the base"),
        (Some(_), None) => not_compared("the head"),
        (None, None) => not_compared("either document"),
    }
}

/// Returns the reason in a few words. The conventions of this project are no subject of a report on
/// another document, and `cargo xtask generate` reports them in full.
fn not_compared(documents: &str) -> ClientOutcome {
    ClientOutcome::NotCompared(format!("no client can be generated from {documents}"))
}

/// Returns the modules to compare. Those of a single document are not those of a spec in other files.
fn pages(base: &Document, head: &Document) -> Pages {
    let names = |document: &Document| -> HashSet<String> {
        let files = document.sources.iter();
        files.map(|file| file.name().to_owned()).collect()
    };
    match names(base).is_disjoint(&names(head)) {
        true => Pages::United,
        false => Pages::OfFiles,
    }
}

/// Returns the changes as a report takes them. Those of a builder follow from those of its type.
fn client_changes(changes: Vec<RustChange>) -> Vec<ClientChange> {
    let items: HashSet<String> = changes.iter().map(|change| change.item.clone()).collect();
    let is_derived = |item: &str| {
        let built = item.contains("::builder::");
        built && items.contains(&item.replacen("::builder::", "::", 1))
    };
    let changes = changes.into_iter().map(|change| ClientChange {
        kind: match change.kind {
            RustChangeKind::Added => ChangeKind::Added,
            RustChangeKind::Removed => ChangeKind::Removed,
            RustChangeKind::Changed => ChangeKind::Changed,
        },
        derived: is_derived(&change.item),
        item: change.item,
        breaking: change.breaking,
        message: change.message,
    });
    changes.collect()
}
