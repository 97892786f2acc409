//! The settings of a run of `cargo xtask bench`.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::Shell;

/// The folders of a run, and its extent.
pub(super) struct Settings {
    /// The root of the workspace.
    pub(super) root: PathBuf,
    /// The folder of everything that is built, generated or installed.
    pub(super) target: PathBuf,
    /// `true` if the largest sizes are skipped.
    pub(super) brief: bool,
    /// The shell that starts all programs, in the root of the workspace.
    pub(super) shell: Shell,
}

impl Settings {
    pub(super) fn new(root: &Path, brief: bool) -> Result<Self> {
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
        let shell = Shell::new()?;
        shell.change_dir(root);
        Ok(Self {
            root: root.to_owned(),
            target: root.join(target).join("bench"),
            brief,
            shell,
        })
    }

    /// Returns the folder of a package in `benches/`.
    pub(super) fn package(&self, name: &str) -> PathBuf {
        self.root.join("benches").join(name)
    }
}

/// Prints the current step to standard error.
pub(super) fn announce(step: &str) {
    anstream::eprintln!("{step} ...");
}
