//! The documents that are compared, from their paths.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{fs, io};

use openapi_tree::{Document, Findings, Source, Sources, Style, load_valid};

use super::output::show;

/// Loads a revision. Prints the reasons and returns `None` if it cannot be compared.
pub(crate) fn load(revision: &str, path: &Path) -> Option<Document> {
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
