//! Files and folders on disk.

use std::path::{Path, PathBuf};
use std::{fs, io};

use openapi_tree::File;

use super::Refusal;
use super::boundary::Boundary;
use super::paths::is_document;

/// Reads a file, or the documents of a folder.
pub(super) fn files(path: &Path, boundary: &Boundary) -> Result<Vec<File>, Refusal> {
    // Without repeated separators.
    let path: PathBuf = path.components().collect();
    let unreadable = |path: &Path, error: &io::Error| {
        let path = path.display();
        Refusal(format!("error: cannot read {path}: {error}\n"))
    };
    let mut paths = vec![path.clone()];
    if path.is_dir() {
        let entries = fs::read_dir(&path).and_then(|entries| {
            let paths = entries.map(|entry| entry.map(|entry| entry.path()));
            paths.collect::<io::Result<Vec<_>>>()
        });
        paths = entries.map_err(|error| unreadable(&path, &error))?;
        let name = |path: &Path| path.file_name()?.to_str().map(str::to_owned);
        paths.retain(|path| name(path).is_some_and(|name| is_document(&name)) && path.is_file());
        if paths.is_empty() {
            let error = io::Error::other("the folder has no .yaml, .yml or .json file");
            return Err(unreadable(&path, &error));
        }
        for path in &paths {
            let inside = boundary.inside(path);
            inside.map_err(|reason| unreadable(path, &io::Error::other(reason)))?;
        }
    }
    let files = paths.iter().map(|path| {
        let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
        let path = path.display().to_string();
        Ok(File { path, bytes })
    });
    files.collect()
}

/// Returns the folder of a document: a folder itself, or that of a file.
pub(super) fn folder(path: &Path) -> &Path {
    match (path.is_dir(), path.parent()) {
        (false, Some(parent)) if parent.as_os_str().is_empty() => Path::new("."),
        (false, Some(parent)) => parent,
        _ => path,
    }
}
