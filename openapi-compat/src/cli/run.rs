//! A run of the command line, from its arguments to its exit code.

use std::process::ExitCode;

use openapi_compat::{Extent, Options, Report, Revision, compare, parse_version};
use openapi_tree::{Style, Value};

use super::arguments::Arguments;
use super::expectation::verdict;
use super::load::load;
use super::output::{print, show};
use crate::input::Loaded;

/// The exit code for a report that `--fail-on` rejects.
const REJECTED: u8 = 1;
/// The exit code if there is no report.
const NO_REPORT: u8 = 2;

/// Compares the documents, prints the report and returns the exit code.
pub(crate) fn run(arguments: Arguments) -> ExitCode {
    let (format, extent) = (arguments.format, arguments.extent());
    if extent == Extent::Summary && !format.has_summary() {
        show("error: --summary needs --format text, markdown or json\n");
        return ExitCode::from(NO_REPORT);
    }
    let load = |revision, path| load(revision, path, arguments.strict, arguments.warnings);
    let base = load("base", &arguments.base);
    let head = load("head", &arguments.head);
    let (Some(base), Some(head)) = (base, head) else {
        show("error: nothing was compared\n");
        return ExitCode::from(NO_REPORT);
    };
    let options = Options {
        behavioural_extensions: arguments.behavioural_extension,
        contract_extensions: arguments.contract_extension,
    };
    let changes = compare(&base.document, &head.document, &options);
    let report = Report::new(revision(base), revision(head), changes, None);
    if let Err(error) = print(&report.render(format, extent, Style::Ansi)) {
        show(&format!("error: cannot write the report: {error}\n"));
        return ExitCode::from(NO_REPORT);
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

fn revision(loaded: Loaded) -> Revision {
    let version = loaded.document.root.descend(["info", "version"]);
    let declared = version.and_then(|version| match &version.value {
        Value::String(text) => Some(text.clone()),
        // Without quotes, `2.0` is a number.
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    Revision {
        name: loaded.name,
        version: declared.as_deref().and_then(parse_version),
        declared,
        link: None,
    }
}
