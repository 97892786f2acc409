//! The generated files: their new texts, and the texts in the workspace.

use std::fmt;
use std::path::PathBuf;
use std::{fs, io};

use anyhow::{Context, Result};
use opentact_gen::Generated;

use super::manifest::{MANIFEST, with_features};
use crate::replace::replace_all;
use crate::workspace::{DOCUMENT, Workspace};

/// The folder of the code of the SDK, from the root of the workspace. It contains no other code.
const CODE_FOLDER: &str = "opentact-api/src/generated";
/// The calls of all operations for the tests of the SDK, from the root of the workspace.
const TEST_CALLS: &str = "opentact-api/tests/it/pages/operations.rs";

/// A generated file.
pub(super) struct File {
    /// The path from the root of the workspace.
    pub(super) path: String,
    /// The text in the workspace, empty if there is no such file.
    pub(super) former: String,
    /// The text that the spec yields.
    pub(super) new: String,
    pub(super) state: State,
}

/// The state of a generated file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum State {
    /// The file is as the spec yields it.
    Fresh,
    /// The file differs from what the spec yields.
    Stale,
    /// The file was stale, and was written.
    Updated,
    /// The spec no longer yields the file.
    Obsolete,
    /// The file was obsolete, and was removed.
    Removed,
}

impl State {
    /// Returns `true` if the file still differs from what the spec yields.
    pub(super) fn is_pending(self) -> bool {
        matches!(self, Self::Stale | Self::Obsolete)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fresh => "fresh",
            Self::Stale => "stale",
            Self::Updated => "updated",
            Self::Obsolete => "obsolete",
            Self::Removed => "removed",
        })
    }
}

/// Compares the files of the workspace with what the spec yields.
pub(super) fn compare(workspace: &Workspace, generated: Generated) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for (path, new) in texts(workspace, generated)? {
        let former = workspace.read_if_present(&path)?;
        let state = match former == new {
            true => State::Fresh,
            false => State::Stale,
        };
        files.push(File {
            path,
            former,
            new,
            state,
        });
    }
    for path in code_files(workspace)? {
        if !files.iter().any(|file| file.path == path) {
            files.push(File {
                former: workspace.read_if_present(&path)?,
                path,
                new: String::new(),
                state: State::Obsolete,
            });
        }
    }
    Ok(files)
}

/// Writes the stale files, all or none, and then removes the obsolete ones.
pub(super) fn write(workspace: &Workspace, files: &mut [File]) -> Result<()> {
    let path = |file: &File| workspace.root().join(&file.path);
    let stale = files.iter().filter(|file| file.state == State::Stale);
    let stale: Vec<(PathBuf, &str)> = stale.map(|file| (path(file), file.new.as_str())).collect();
    replace_all(&stale)?;
    for file in files {
        file.state = match file.state {
            State::Stale => State::Updated,
            State::Obsolete => {
                let removed = fs::remove_file(path(file));
                removed.with_context(|| format!("cannot remove {}", path(file).display()))?;
                State::Removed
            }
            state => state,
        };
    }
    Ok(())
}

/// Returns path and text of each file that the generator yields. A workspace without a manifest of the
/// SDK gets none.
fn texts(workspace: &Workspace, generated: Generated) -> Result<Vec<(String, String)>> {
    let modules = generated.modules.into_iter();
    let modules = modules.map(|module| (format!("{CODE_FOLDER}/{}", module.name), module.code));
    let mut texts: Vec<(String, String)> = modules.collect();
    texts.push((DOCUMENT.to_owned(), generated.document));
    let manifest = workspace.read_if_present(MANIFEST)?;
    if !manifest.is_empty() {
        let manifest = with_features(&manifest, &generated.features)?;
        texts.push((MANIFEST.to_owned(), manifest));
        texts.push((TEST_CALLS.to_owned(), generated.test_calls));
    }
    Ok(texts)
}

/// Returns the paths of the Rust files in the folder of the code, sorted. Hidden files belong to
/// editors.
fn code_files(workspace: &Workspace) -> Result<Vec<String>> {
    let list = || {
        let mut paths = Vec::new();
        for entry in fs::read_dir(workspace.root().join(CODE_FOLDER))? {
            if let Ok(name) = entry?.file_name().into_string()
                && name.ends_with(".rs")
                && !name.starts_with('.')
            {
                paths.push(format!("{CODE_FOLDER}/{name}"));
            }
        }
        paths.sort();
        Ok(paths)
    };
    match list() {
        Err(error) if io::Error::kind(&error) == io::ErrorKind::NotFound => Ok(Vec::new()),
        result => result.with_context(|| format!("cannot list the files of {CODE_FOLDER}")),
    }
}
