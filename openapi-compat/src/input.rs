//! The documents that are compared, from a file, a folder, a revision of git, or standard input.

mod boundary;
mod disk;
mod git;
mod paths;

use std::io::{self, Read};
use std::path::Path;

use openapi_tree::{Document, File, Findings, ReadFile, Style, load_lenient};

use self::boundary::Boundary;

/// A document that was read.
pub(crate) struct Loaded {
    pub(crate) document: Document,
    /// The mistakes that were read as they were evidently meant.
    pub(crate) warnings: Findings,
    /// The name for reports.
    pub(crate) name: String,
}

impl Loaded {
    /// Returns the number of references that lead nowhere, so that a part is left out.
    pub(crate) fn left_out(&self) -> usize {
        let rules = self.warnings.iter().map(|warning| warning.rule);
        rules.filter(|rule| *rule == "unknown-ref").count()
    }
}

/// The reasons why a document cannot be read, as lines for people.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) String);

/// Reads the document that an argument names: `-` for standard input, a file, a folder, or a file or
/// folder of a revision of git (`REVISION:PATH`). What exists on disk wins.
pub(crate) fn read(argument: &Path) -> Result<Loaded, Refusal> {
    let name = argument.display().to_string();
    let text = argument.to_str().unwrap_or_default();
    if text == "-" {
        let mut bytes = Vec::new();
        let read = io::stdin().read_to_end(&mut bytes);
        read.map_err(|error| Refusal(format!("error: cannot read standard input: {error}\n")))?;
        let file = File {
            path: "standard input".to_owned(),
            bytes,
        };
        let boundary = Boundary::around(Path::new("."));
        return load("standard input", vec![file], &mut |path| {
            boundary.read(path)
        });
    }
    let revision = match argument.exists() {
        true => None,
        false => paths::revision_and_path(text),
    };
    match revision {
        None => {
            let boundary = Boundary::around(disk::folder(argument));
            let files = disk::files(argument, &boundary)?;
            load(&name, files, &mut |path| boundary.read(path))
        }
        Some((revision, path)) => {
            let commit = git::Commit::new(revision)?;
            let files = commit.files(path)?;
            load(&name, files, &mut |path| commit.read_file(path))
        }
    }
}

fn load(name: &str, files: Vec<File>, read: &mut ReadFile<'_>) -> Result<Loaded, Refusal> {
    match load_lenient(files, read) {
        Ok(loaded) => Ok(Loaded {
            document: loaded.document,
            warnings: loaded.warnings,
            name: name.to_owned(),
        }),
        Err(findings) => Err(Refusal(findings.render(Style::Ansi))),
    }
}
