//! Files and folders of a revision of git, through the `git` program.

use std::process::{Command, Output};

use openapi_tree::File;

use super::Refusal;
use super::paths::is_document;

/// A commit of the repository around the current folder.
pub(super) struct Commit {
    /// The revision as the user names it.
    revision: String,
    hash: String,
}

impl Commit {
    /// Finds a commit by a name such as `HEAD~1` or `origin/main`.
    pub(super) fn new(revision: &str) -> Result<Self, Refusal> {
        let inside = git(&["rev-parse", "--git-dir"])?;
        if !inside.status.success() {
            return Err(refusal(&format!(
                "cannot read {revision}: {}; run this in a clone, or name two files",
                reason(&inside)
            )));
        }
        let name = format!("{revision}^{{commit}}");
        let found = git(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &name,
        ])?;
        if found.status.success() {
            return Ok(Self {
                revision: revision.to_owned(),
                hash: line(&found),
            });
        }
        let shallow = git(&["rev-parse", "--is-shallow-repository"])?;
        let help = match line(&shallow).as_str() {
            "true" => "this clone is shallow: run `git fetch --unshallow`",
            _ => "run `git fetch` to get new commits",
        };
        Err(refusal(&format!(
            "`{revision}` is neither a file nor a revision of this repository; {help}"
        )))
    }

    /// Reads a file, or the documents of a folder. The path starts at the root of the repository, or
    /// with `./` at the current folder.
    pub(super) fn files(&self, path: &str) -> Result<Vec<File>, Refusal> {
        let path = self.path_from_root(path)?;
        if self.kind(&path)?.as_deref() != Some("tree") {
            let bytes = self.read_file(&path).map_err(|reason| {
                let revision = &self.revision;
                refusal(&format!("cannot read {path} of {revision}: {reason}"))
            })?;
            return Ok(vec![File { path, bytes }]);
        }
        let list = git(&["ls-tree", "-z", "--full-tree", &self.object(&path)])?;
        let list = String::from_utf8_lossy(&list.stdout);
        let mut files = Vec::new();
        for entry in list.split_terminator('\0') {
            let Some((kind, name)) = entry.split_once('\t') else {
                continue;
            };
            if kind.contains(" blob ") && is_document(name) {
                let path = match path.as_str() {
                    "" => name.to_owned(),
                    folder => format!("{folder}/{name}"),
                };
                let bytes = self.read_file(&path).map_err(|reason| {
                    let revision = &self.revision;
                    refusal(&format!("cannot read {path} of {revision}: {reason}"))
                })?;
                files.push(File { path, bytes });
            }
        }
        match files.is_empty() {
            true => Err(refusal(&format!(
                "the folder {path} of {} has no .yaml, .yml or .json file",
                self.revision
            ))),
            false => Ok(files),
        }
    }

    /// Reads a file by its path from the root of the repository.
    pub(super) fn read_file(&self, path: &str) -> Result<Vec<u8>, String> {
        if path.starts_with("..") || path.starts_with('/') {
            return Err("the path leads out of the repository".to_owned());
        }
        let output = git(&["cat-file", "blob", &self.object(path)]).map_err(|error| error.0)?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err("the revision has no such file".to_owned()),
        }
    }

    /// Returns `tree` or `blob`, or `None` if there is nothing at a path.
    fn kind(&self, path: &str) -> Result<Option<String>, Refusal> {
        let output = git(&["cat-file", "-t", &self.object(path)])?;
        Ok(output.status.success().then(|| line(&output)))
    }

    fn object(&self, path: &str) -> String {
        format!("{}:{path}", self.hash)
    }

    /// Returns a path from the root of the repository. `./` and `../` start at the current folder.
    fn path_from_root(&self, path: &str) -> Result<String, Refusal> {
        let mut parts = Vec::new();
        let prefix = match path == "." || path.starts_with("./") || path.starts_with("..") {
            true => line(&git(&["rev-parse", "--show-prefix"])?),
            false => String::new(),
        };
        for part in prefix.split('/').chain(path.split('/')) {
            match part {
                "" | "." => {}
                ".." => {
                    if parts.pop().is_none() {
                        let message = format!("{path} leads out of the repository");
                        return Err(refusal(&message));
                    }
                }
                part => parts.push(part),
            }
        }
        Ok(parts.join("/"))
    }
}

/// Runs a command of git that may fail.
fn git(arguments: &[&str]) -> Result<Output, Refusal> {
    let mut command = Command::new("git");
    command
        .args(arguments)
        .env("GIT_TERMINAL_PROMPT", "0") // a partial clone may fetch a missing object
        .env("LC_ALL", "C");
    command.output().map_err(|error| {
        refusal(&format!(
            "git does not start: {error}; install it, or name files"
        ))
    })
}

fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout)
        .trim_end()
        .to_owned()
}

/// Returns the first line of git's error message.
fn reason(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let first = text.lines().next().unwrap_or("git gives no reason");
    first.trim_start_matches("fatal: ").to_owned()
}

fn refusal(message: &str) -> Refusal {
    Refusal(format!("error: {message}\n"))
}
