//! A run of the command line, from its arguments to its exit code.

use std::io;
use std::process::ExitCode;

use openapi_compat::{Options, Report, Revision, compare_owned, parse_version};
use openapi_tree::{Style, Value};

use super::arguments::{Arguments, Command, Comparison};
use super::expectation::verdict;
use super::explain::explain;
use super::load::load;
use super::output::{print, show};
use super::policy::{policy, today};
use crate::input::Loaded;

/// The exit code for a report that `--fail-on` rejects.
const REJECTED: u8 = 1;
/// The exit code if there is no report.
const NO_REPORT: u8 = 2;

/// Runs the command, and returns its exit code.
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    match (arguments.command, arguments.comparison) {
        (Some(Command::Explain { id }), _) => match explain(id.as_deref()) {
            Ok(text) => written(print(&text)).err().unwrap_or(ExitCode::SUCCESS),
            Err(error) => {
                show(&format!(
                    "error: {error}\n`openapi-compat explain` lists all ids\n"
                ));
                ExitCode::from(NO_REPORT)
            }
        },
        (None, Some(comparison)) => compare_documents(comparison),
        (None, None) => {
            show("error: name the documents to compare (--help lists the arguments)\n");
            ExitCode::from(NO_REPORT)
        }
    }
}

/// Compares the documents, prints the report and returns the exit code.
fn compare_documents(arguments: Comparison) -> ExitCode {
    let format = arguments.format;
    let extent = match format.extent(arguments.summary, arguments.all) {
        Ok(extent) => extent,
        Err(error) => {
            show(&format!("error: {error}\n"));
            return ExitCode::from(NO_REPORT);
        }
    };
    let load = |revision, path| load(revision, path, arguments.strict, arguments.warnings);
    let base = load("base", &arguments.base);
    let head = load("head", &arguments.head);
    let policy = policy(arguments.level, &arguments.ignore);
    let (Some(base), Some(head), Some(policy)) = (base, head, policy) else {
        show("error: nothing was compared\n");
        return ExitCode::from(NO_REPORT);
    };
    let options = Options {
        behavioural_extensions: arguments.behavioural_extension,
        contract_extensions: arguments.contract_extension,
    };
    let revisions = (revision(&base), revision(&head));
    let changes = compare_owned(base.document, head.document, &options);
    let judged = policy.apply(changes, today());
    for warnings in judged.warnings {
        show(&warnings.render(Style::Ansi));
    }
    let report = Report::new(revisions.0, revisions.1, judged.changes, None);
    let report = report.with_ignored(judged.ignored);
    if let Err(code) = written(print(&report.render(format, extent, Style::Ansi))) {
        return code;
    }
    match verdict(&report, arguments.fail_on, arguments.expect) {
        Ok(notes) => {
            notes
                .iter()
                .for_each(|note| show(&format!("note: {note}\n")));
            ExitCode::SUCCESS
        }
        Err(objection) => {
            show(&format!("error: {objection}\n"));
            ExitCode::from(REJECTED)
        }
    }
}

/// Returns the exit code for output that could not be written.
fn written(result: io::Result<()>) -> Result<(), ExitCode> {
    result.map_err(|error| {
        show(&format!("error: cannot write the report: {error}\n"));
        ExitCode::from(NO_REPORT)
    })
}

fn revision(loaded: &Loaded) -> Revision {
    let version = loaded.document.root.descend(["info", "version"]);
    let declared = version.and_then(|version| match &version.value {
        Value::String(text) => Some(text.to_string()),
        // Without quotes, `2.0` is a number.
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    Revision {
        warnings: loaded.warnings.len(),
        left_out: loaded.left_out(),
        name: loaded.name.clone(),
        version: declared.as_deref().and_then(parse_version),
        declared,
        link: None,
    }
}
