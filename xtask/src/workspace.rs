//! The workspace of the project, found from the current folder.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use anyhow::{Context, Result};
use openapi_tree::Sources;

use crate::spec_files;

/// The folder of the spec, from the root of the workspace.
pub(crate) const SPEC_FOLDER: &str = "openapi";
/// The spec files, as messages name them.
pub(crate) const SPEC: &str = "openapi/*.yaml";
/// The spec as one document, from the root of the workspace.
pub(crate) const DOCUMENT: &str = "opentact-sandbox/src/openapi.json";

/// The workspace: the nearest folder that contains a spec.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the workspace of the current folder.
    pub(crate) fn find() -> Result<Self> {
        let start = env::current_dir().context("cannot find the current folder")?;
        let root = start
            .ancestors()
            .find(|folder| spec_files::has_spec(&folder.join(SPEC_FOLDER)))
            .with_context(|| {
                format!(
                    "cannot find {SPEC} in this folder or above it; run this in a clone of the project"
                )
            })?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// Returns the root folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the folder of the spec.
    pub(crate) fn spec_folder(&self) -> PathBuf {
        self.root.join(SPEC_FOLDER)
    }

    /// Reads the spec. The paths of its files start at the root.
    pub(crate) fn spec(&self) -> Result<Sources> {
        spec_files::read_folder(&self.spec_folder(), SPEC_FOLDER)
    }

    /// Reads a file, whose path starts at the root. Returns an empty text if it does not exist.
    /// Invalid UTF-8 becomes U+FFFD.
    pub(crate) fn read_if_present(&self, path: &str) -> Result<String> {
        let path = self.root.join(path);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            result => result.with_context(|| format!("cannot read {}", path.display()))?,
        };
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
