//! The git repository that contains the workspace, through the `git` program.

use std::path::Path;
use std::process::Output;

use anyhow::{Context, Error, Result, anyhow, bail, ensure};
use xshell::{Cmd, Shell, cmd};

/// The variables that a hook of git sets, and that would lead git to another repository.
const ANOTHER_REPOSITORY: [&str; 8] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
];

/// The candidates for the default branch in order of preference, each with its usual name.
const DEFAULT_BRANCHES: [(&str, &str); 5] = [
    ("refs/remotes/origin/HEAD", "origin/HEAD"),
    ("refs/remotes/origin/main", "origin/main"),
    ("refs/remotes/origin/master", "origin/master"),
    ("refs/heads/main", "main"),
    ("refs/heads/master", "master"),
];

/// The hash of a git object that exists.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Hash(String);

impl Hash {
    fn parse(line: &str) -> Option<Self> {
        let is_hash = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then(|| Self(line.to_owned()))
    }

    /// Returns all digits.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the first ten digits. Git's own abbreviation depends on the repository; this does not.
    pub(crate) fn short(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }
}

/// A repository, seen from a folder of its working tree.
pub(crate) struct Repository {
    shell: Shell,
    prefix: String,
}

impl Repository {
    /// Finds the repository that contains `folder`.
    pub(crate) fn containing(folder: &Path) -> Result<Self> {
        let shell = Shell::new()?;
        shell.change_dir(folder);
        let output = git(cmd!(shell, "git rev-parse --show-prefix"))?;
        ensure!(
            output.status.success(),
            "git finds no repository here: {}; run this in a clone of the project, or compare two \
             files",
            reason(&output)
        );
        let prefix = line(&output).to_owned();
        Ok(Self { shell, prefix })
    }

    /// Returns the path from the root of the repository for a `path` from the folder.
    pub(crate) fn path_from_root(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Returns the commit that git finds by a name such as `HEAD~1` or `origin/main`.
    pub(crate) fn commit(&self, name: &str) -> Result<Hash> {
        if let Some(commit) = self.object(&format!("{name}^{{commit}}"))? {
            return Ok(commit);
        }
        let help = self.help("run `git fetch` to get new commits")?;
        bail!("`{name}` is neither a file nor a commit; {help}")
    }

    /// Returns the newest commit that HEAD and the default branch have in common.
    pub(crate) fn merge_base(&self) -> Result<Hash> {
        let (branch, tip) = self.default_branch()?;
        let head = self.commit("HEAD")?;
        let (ours, theirs) = (head.as_str(), tip.as_str());
        let output = git(cmd!(self.shell, "git merge-base {theirs} {ours}"))?;
        match (output.status.code(), Hash::parse(line(&output))) {
            (Some(0), Some(commit)) => Ok(commit),
            (Some(1), _) => {
                let help = self.help("name a commit or a file: `cargo xtask diff BASE`")?;
                bail!("HEAD and {branch} have no commit in common; {help}")
            }
            _ => Err(failed("merge-base", &output)),
        }
    }

    fn default_branch(&self) -> Result<(&'static str, Hash)> {
        for (reference, name) in DEFAULT_BRANCHES {
            if let Some(tip) = self.object(&format!("{reference}^{{commit}}"))? {
                return Ok((name, tip));
            }
        }
        bail!(
            "there is no default branch to compare with: none of {} exists; name a commit or a \
             file: `cargo xtask diff BASE`",
            DEFAULT_BRANCHES.map(|(_, name)| name).join(", ")
        )
    }

    /// Reads the files of `folder` as of a commit, each with its name, if `is_wanted` accepts
    /// the name.
    pub(crate) fn read_folder(
        &self,
        commit: &Hash,
        folder: &str,
        is_wanted: fn(&str) -> bool,
    ) -> Result<Vec<(String, String)>> {
        let hash = commit.as_str();
        let mut files = Vec::new();
        if let Some(tree) = self.object(&format!("{hash}:./{folder}"))? {
            let tree = tree.as_str();
            let list = cmd!(self.shell, "git ls-tree -z --full-tree --name-only {tree}");
            let output = git(list)?;
            ensure!(output.status.success(), failed("ls-tree", &output));
            let names = String::from_utf8_lossy(&output.stdout);
            for name in names.split_terminator('\0').filter(|name| is_wanted(name)) {
                if let Some(text) = self.read_if_present(commit, &format!("{folder}/{name}"))? {
                    files.push((name.to_owned(), text));
                }
            }
        }
        ensure!(
            !files.is_empty(),
            "commit {} has no {folder}/*.yaml; name a commit that has them, or a file",
            commit.short()
        );
        Ok(files)
    }

    /// Reads a file as of a commit. Returns `None` if the commit does not contain it.
    pub(crate) fn read_if_present(&self, commit: &Hash, path: &str) -> Result<Option<String>> {
        let hash = commit.as_str();
        let Some(blob) = self.object(&format!("{hash}:./{path}"))? else {
            return Ok(None);
        };
        let blob = blob.as_str();
        let output = git(cmd!(self.shell, "git cat-file blob {blob}"))?;
        ensure!(output.status.success(), failed("cat-file", &output));
        let text = String::from_utf8(output.stdout).ok().with_context(|| {
            let commit = commit.short();
            format!(
                "cannot read {path} of commit {commit}: it is not UTF-8; name another commit, or \
                 a file"
            )
        })?;
        Ok(Some(text))
    }

    /// Returns the help for a missing commit. `otherwise` is that for a clone with all commits.
    fn help(&self, otherwise: &'static str) -> Result<&'static str> {
        let output = git(cmd!(self.shell, "git rev-parse --is-shallow-repository"))?;
        Ok(match line(&output) {
            "true" => "this clone is shallow; run `git fetch --unshallow`",
            _ => otherwise,
        })
    }

    /// Returns the hash of the object with this name, if it exists.
    fn object(&self, name: &str) -> Result<Option<Hash>> {
        let output = git(cmd!(
            self.shell,
            "git rev-parse --verify --quiet --end-of-options {name}"
        ))?;
        let exists = output.status.success();
        Ok(exists.then(|| Hash::parse(line(&output))).flatten())
    }
}

/// Runs a command of git that may fail.
fn git(command: Cmd<'_>) -> Result<Output> {
    let command = ANOTHER_REPOSITORY.iter().fold(command, Cmd::env_remove);
    command
        .env("GIT_TERMINAL_PROMPT", "0") // a partial clone may fetch a missing object
        .env("LC_ALL", "C")
        .ignore_status()
        .output()
        .map_err(|error| anyhow!("git does not start: {error}; install it, or compare two files"))
}

fn line(output: &Output) -> &str {
    str::from_utf8(&output.stdout)
        .unwrap_or_default()
        .trim_end()
}

/// Returns the first line of git's error message.
fn reason(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let first = text.lines().next().unwrap_or("it gives no reason");
    first.trim_start_matches("fatal: ").to_owned()
}

fn failed(command: &str, output: &Output) -> Error {
    let reason = reason(output);
    anyhow!("`git {command}` failed: {reason}; `git fsck` finds damage")
}
