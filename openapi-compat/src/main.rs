//! `openapi-compat`: compares two OpenAPI documents and prints a report.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use openapi_compat::{FailOn, Format, Options, Report, Revision, compare};
use openapi_tree::{Document, Findings, Source, Sources, Style, load_valid};

/// The exit code for a report that `--fail-on` rejects.
const REJECTED: u8 = 1;
/// The exit code if there is no report.
const NO_REPORT: u8 = 2;

/// Compares two OpenAPI 3.0 documents and reports every change, its level and the required version
/// bump.
///
/// The versions of the documents are those in `info.version`. Exits with 0 if `--fail-on` accepts
/// the report, with 1 if it does not, and with 2 if there is no report.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The older document: a YAML or JSON file, or a folder of such files that form one document
    base: PathBuf,

    /// The newer document, in the same way
    head: PathBuf,

    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// The reports to reject
    #[arg(long, value_enum, default_value_t = FailOn::Undeclared)]
    fail_on: FailOn,

    /// An extension of operations or security schemes that clients act on, such as `x-idempotent`; a change of it is
    /// additive instead of documentation. Can be repeated
    #[arg(long, value_name = "NAME")]
    behavioural_extension: Vec<String>,

    /// An extension of operations that clients build requests with, such as `x-paging`; a change or
    /// removal of it is breaking instead of documentation. Can be repeated
    #[arg(long, value_name = "NAME")]
    contract_extension: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
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
    let changes = compare(&base, &head, &options);
    let base = revision(&arguments.base, &base);
    let head = revision(&arguments.head, &head);
    let report = Report::new(base, head, changes, None);
    if let Err(error) = print(&report.render(arguments.format, Style::Ansi)) {
        show(&format!("error: cannot write the report: {error}\n"));
        return ExitCode::from(NO_REPORT);
    }
    match arguments.fail_on.objection(&report) {
        None => ExitCode::SUCCESS,
        Some(objection) => {
            show(&format!("error: {objection}\n"));
            ExitCode::from(REJECTED)
        }
    }
}

/// Loads a revision. Prints the reasons and returns `None` if it cannot be compared.
fn load(revision: &str, path: &Path) -> Option<Document> {
    let invalid = |findings: Findings| findings.render(Style::Ansi);
    let loaded = read(path).and_then(|sources| load_valid(sources).map_err(invalid));
    let explain = |reasons: String| {
        let path = path.display();
        show(&format!(
            "{reasons}error: the {revision} revision, {path}, cannot be compared\n"
        ));
    };
    loaded.map_err(explain).ok()
}

/// Reads a file, or the files of a folder.
fn read(path: &Path) -> Result<Sources, String> {
    let unreadable = |path: &Path, error: io::Error| {
        let path = path.display();
        format!("error: cannot read {path}: {error}\n")
    };
    let files = match path.is_dir() {
        true => files(path).map_err(|error| unreadable(path, error))?,
        false => vec![path.to_owned()],
    };
    let sources = files.iter().map(|file| {
        let text = fs::read_to_string(file).map_err(|error| unreadable(file, error))?;
        Ok(Source::new(file.display().to_string(), &text))
    });
    Ok(Sources::new(sources.collect::<Result<Vec<_>, String>>()?))
}

/// Returns the YAML and JSON files of a folder.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_document = |path: &PathBuf| {
        let extension = path.extension().and_then(OsStr::to_str);
        matches!(extension, Some("json" | "yaml" | "yml")) && path.is_file()
    };
    let paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files = paths.collect::<io::Result<Vec<_>>>()?;
    files.retain(is_document);
    match files.is_empty() {
        true => Err(io::Error::other(
            "the folder has no .yaml, .yml or .json file",
        )),
        false => Ok(files),
    }
}

fn revision(path: &Path, document: &Document) -> Revision {
    let version = document.root.descend(["info", "version"]);
    let version = version.and_then(|version| version.as_str());
    Revision {
        name: path.display().to_string(),
        version: version.and_then(|version| version.parse().ok()),
        link: None,
    }
}

/// Writes the report to standard output. A reader may close it before the end.
fn print(report: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(report.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes to standard error. There is no place to report that this failed.
fn show(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
