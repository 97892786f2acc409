//! The folders to which references may lead.
//!
//! A pipeline may compare documents of strangers, and findings show lines of the files that are read.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the document, and the repository of git around the current folder, or else the current
/// folder. References that lead out of them are not followed, also through symbolic links.
pub(super) struct Boundary {
    folders: Vec<PathBuf>,
}

impl Boundary {
    /// Creates the boundary for the document in a folder.
    pub(super) fn around(folder: &Path) -> Self {
        let current = env::current_dir().ok();
        let repository = current.as_deref().and_then(repository);
        let folders = [Some(folder), repository.or(current.as_deref())];
        let folders = folders.into_iter().flatten();
        Self {
            folders: folders
                .filter_map(|folder| folder.canonicalize().ok())
                .collect(),
        }
    }

    /// Reads a file that others refer to.
    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let place = self.inside(Path::new(path))?;
        match place.is_file() {
            true => fs::read(place).map_err(|error| error.to_string()),
            false => Err("it is not a file".to_owned()),
        }
    }

    /// Returns the place of a file, without symbolic links.
    ///
    /// # Errors
    /// Returns the reason for which the file is not read.
    pub(super) fn inside(&self, path: &Path) -> Result<PathBuf, String> {
        let place = path.canonicalize().map_err(|error| error.to_string())?;
        if !self.folders.iter().any(|folder| place.starts_with(folder)) {
            return Err(
                "it lies neither in the folder of the document nor in the repository (or folder) of \
                 the command; run the command in a folder that has all files"
                    .to_owned(),
            );
        }
        let is_of_git = place.iter().any(|part| part == ".git");
        let name = place.file_name().unwrap_or_default();
        match is_of_git || name.as_encoded_bytes().starts_with(b".") {
            true => Err("hidden files are not read".to_owned()),
            false => Ok(place),
        }
    }
}

/// Returns the folder of the repository around a folder.
fn repository(folder: &Path) -> Option<&Path> {
    folder
        .ancestors()
        .find(|folder| folder.join(".git").exists())
}
