//! Files and folders on disk.

use std::path::Path;
use std::{fs, io};

use openapi_tree::File;

use super::Refusal;
use super::paths::is_document;

/// Reads a file, or the documents of a folder.
pub(super) fn files(path: &Path) -> Result<Vec<File>, Refusal> {
    let unreadable = |path: &Path, error: &io::Error| {
        let path = path.display();
        Refusal(format!("error: cannot read {path}: {error}\n"))
    };
    let mut paths = vec![path.to_owned()];
    if path.is_dir() {
        let entries = fs::read_dir(path).and_then(|entries| {
            let paths = entries.map(|entry| entry.map(|entry| entry.path()));
            paths.collect::<io::Result<Vec<_>>>()
        });
        paths = entries.map_err(|error| unreadable(path, &error))?;
        let name = |path: &Path| path.file_name()?.to_str().map(str::to_owned);
        paths.retain(|path| name(path).is_some_and(|name| is_document(&name)) && path.is_file());
        if paths.is_empty() {
            let error = io::Error::other("the folder has no .yaml, .yml or .json file");
            return Err(unreadable(path, &error));
        }
    }
    let files = paths.iter().map(|path| {
        let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
        let path = path.display().to_string();
        Ok(File { path, bytes })
    });
    files.collect()
}

/// Reads a file that others refer to.
pub(super) fn read_file(path: &str) -> Result<Vec<u8>, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    match metadata.is_file() {
        true => fs::read(path).map_err(|error| error.to_string()),
        false => Err("it is not a file".to_owned()),
    }
}
