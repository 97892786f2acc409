//! Workspaces that are git repositories.

use std::path::Path;
use std::process::Command;

use super::{Ended, SPEC, Workspace, command};

/// An edit that breaks clients with long names.
pub(crate) const BREAKING: (&str, &str) = ("maxLength: 80", "maxLength: 79");

/// Returns a command of git that ignores the settings of the machine.
pub(crate) fn git(folder: &Path) -> Command {
    let mut command = command("git");
    command
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Test")
        .env("GIT_AUTHOR_EMAIL", "test@example.com")
        .env("GIT_COMMITTER_NAME", "Test")
        .env("GIT_COMMITTER_EMAIL", "test@example.com");
    command
}

/// Returns the manifest of a workspace with a version.
pub(crate) fn manifest(version: &str) -> String {
    format!("[workspace]\n[workspace.package]\nversion = \"{version}\"\n")
}

impl Workspace {
    /// Returns a small workspace with version 0.1.0, committed on `main`.
    pub(crate) fn committed() -> Self {
        Self::small().with_repository()
    }

    /// Commits this workspace to a repository of its own.
    pub(crate) fn with_repository(self) -> Self {
        self.write("Cargo.toml", &manifest("0.1.0"));
        self.write(
            "opentact-api/Cargo.toml",
            "[package]\nname = \"opentact-api\"\nversion.workspace = true\n",
        );
        self.git(&["init", "--quiet", "--initial-branch", "main"]);
        self.commit();
        self
    }

    /// Returns a committed workspace on a branch `change` with a breaking edit.
    pub(crate) fn changed() -> Self {
        let workspace = Self::committed();
        workspace.git(&["switch", "--quiet", "--create", "change"]);
        workspace.edit(BREAKING.0, BREAKING.1);
        workspace.commit();
        workspace
    }

    /// Commits everything, and returns the hash.
    pub(crate) fn commit(&self) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "Change"]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs git, and returns its output.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let ended = Ended::of(git(&self.path("")).args(arguments));
        assert_eq!(ended.code, Some(0), "git {arguments:?}: {ended:?}");
        ended.out.trim().to_owned()
    }

    /// Clones only the newest commit, into the folder `shallow`.
    pub(crate) fn shallow_clone(&self, branch: &str) {
        let address = format!("file://{}", self.path(".git").display());
        let arguments = ["clone", "--quiet", "--depth", "1", "--branch", branch];
        self.git(&[&arguments[..], &[&address, "shallow"]].concat());
    }

    /// Returns the number of the first line of the spec that contains `text`.
    pub(crate) fn line(&self, text: &str) -> usize {
        let spec = self.read(SPEC);
        spec.lines().position(|line| line.contains(text)).unwrap() + 1
    }
}
