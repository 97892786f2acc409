//! The git repository in which the workspace lies, through the `git` program.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{fmt, io};

/// What a hook of git sets, and what would make git look at another repository than the one in
/// which the workspace lies.
const OF_ANOTHER_REPOSITORY: [&str; 8] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
];

/// Where the default branch may be, the best place first, with the name that people know.
const DEFAULT_BRANCHES: [(&str, &str); 5] = [
    ("refs/remotes/origin/HEAD", "origin/HEAD"),
    ("refs/remotes/origin/main", "origin/main"),
    ("refs/remotes/origin/master", "origin/master"),
    ("refs/heads/main", "main"),
    ("refs/heads/master", "master"),
];

/// What somebody typed for a commit, such as `HEAD~1` or `origin/main`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Revision(String);

impl Revision {
    /// Takes whatever was typed: whether it is a revision, git knows.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What is checked out.
    pub(crate) fn head() -> Self {
        Self::new("HEAD")
    }

    /// What was typed.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A commit that is there, by its full hash.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Commit(String);

impl Commit {
    /// Takes what git answers, if it is a hash.
    fn parse(line: &str) -> Option<Self> {
        let hash = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_hexdigit());
        hash.then(|| Self(line.to_owned()))
    }

    /// The full hash.
    pub(crate) fn hash(&self) -> &str {
        &self.0
    }

    /// So much of the hash as people read: the same on every machine, other than what git shows.
    pub(crate) fn short(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }
}

/// Git cannot say what it was asked.
#[derive(Debug)]
pub(crate) enum GitError {
    /// The program does not start.
    NotStarted(io::Error),
    /// The folder is in no repository, or in one that git does not trust.
    NoRepository(String),
    /// No commit has this name; in a shallow clone it may be one of those that are missing.
    UnknownRevision { revision: Revision, shallow: bool },
    /// None of [`DEFAULT_BRANCHES`] is there.
    NoDefaultBranch,
    /// What is checked out has nothing in common with the default branch.
    NoMergeBase { branch: &'static str, shallow: bool },
    /// The commit has no such file.
    NoFile { commit: Commit, path: String },
    /// The file is not UTF-8.
    NotText { commit: Commit, path: String },
    /// Anything else, in git's words.
    Failed { command: String, reason: String },
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(error) => {
                write!(
                    f,
                    "git does not start: {error}; install it, or compare two files"
                )
            }
            Self::NoRepository(reason) => write!(
                f,
                "git finds no repository here: {reason}; run this in a clone of the project, or \
                 compare two files"
            ),
            Self::UnknownRevision { revision, shallow } => write!(
                f,
                "there is neither a file nor a commit `{}`; {}",
                revision.as_str(),
                if *shallow {
                    "this clone is shallow: `git fetch --unshallow` brings the other commits"
                } else {
                    "`git fetch` brings what others have pushed"
                }
            ),
            Self::NoDefaultBranch => write!(
                f,
                "there is no default branch to compare with: none of {} exists; name a commit or \
                 a file: `cargo xtask diff BASE`",
                DEFAULT_BRANCHES.map(|(_, name)| name).join(", ")
            ),
            Self::NoMergeBase { branch, shallow } => write!(
                f,
                "HEAD and {branch} have no commit in common; {}",
                if *shallow {
                    "this clone is shallow: `git fetch --unshallow` brings the other commits"
                } else {
                    "name a commit or a file: `cargo xtask diff BASE`"
                }
            ),
            Self::NoFile { commit, path } => write!(
                f,
                "commit {} has no {path}; name a commit that has, or a file",
                commit.short()
            ),
            Self::NotText { commit, path } => {
                write!(
                    f,
                    "cannot read {path} of commit {}: it is not UTF-8",
                    commit.short()
                )?;
                f.write_str("; name another commit, or a file")
            }
            Self::Failed { command, reason } => {
                write!(
                    f,
                    "`git {command}` failed: {reason}; `git fsck` looks for damage"
                )
            }
        }
    }
}

impl std::error::Error for GitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotStarted(error) => Some(error),
            _ => None,
        }
    }
}

/// A repository, seen from a folder of its work tree.
pub(crate) struct Repository {
    folder: PathBuf,
    prefix: String,
}

impl Repository {
    /// Finds the repository in which `folder` lies.
    pub(crate) fn of(folder: &Path) -> Result<Self, GitError> {
        let output = git(folder, &["rev-parse", "--show-prefix"])?;
        if !output.status.success() {
            return Err(GitError::NoRepository(reason(&output)));
        }
        Ok(Self {
            folder: folder.to_owned(),
            prefix: line(&output).to_owned(),
        })
    }

    /// What `path`, which starts at the folder, is called from the root of the repository.
    pub(crate) fn path_from_root(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// The commit that a revision means.
    pub(crate) fn commit(&self, revision: &Revision) -> Result<Commit, GitError> {
        match self.verify(&format!("{}^{{commit}}", revision.as_str()))? {
            Some(commit) => Ok(commit),
            None => Err(GitError::UnknownRevision {
                revision: revision.clone(),
                shallow: self.is_shallow()?,
            }),
        }
    }

    /// The newest commit that what is checked out has in common with the default branch.
    pub(crate) fn merge_base(&self) -> Result<Commit, GitError> {
        let (branch, tip) = self.default_branch()?;
        let head = self.commit(&Revision::head())?;
        let output = self.git(&["merge-base", tip.hash(), head.hash()])?;
        match (output.status.code(), Commit::parse(line(&output))) {
            (Some(0), Some(commit)) => Ok(commit),
            (Some(1), _) => Err(GitError::NoMergeBase {
                branch,
                shallow: self.is_shallow()?,
            }),
            _ => Err(failed("merge-base", &output)),
        }
    }

    fn default_branch(&self) -> Result<(&'static str, Commit), GitError> {
        for (reference, name) in DEFAULT_BRANCHES {
            if let Some(tip) = self.verify(&format!("{reference}^{{commit}}"))? {
                return Ok((name, tip));
            }
        }
        Err(GitError::NoDefaultBranch)
    }

    /// The files that lie in a folder, whose path starts at the folder of this repository, as of
    /// a commit, by name, and what they say. Those that `is_wanted` does not want are passed over.
    pub(crate) fn read_all(
        &self,
        commit: &Commit,
        folder: &str,
        is_wanted: fn(&str) -> bool,
    ) -> Result<Vec<(String, String)>, GitError> {
        let tree = format!("{}:./{folder}", commit.hash());
        let missing = || GitError::NoFile {
            commit: commit.clone(),
            path: format!("{folder}/*.yaml"),
        };
        let tree = self.verify(&tree)?.ok_or_else(missing)?;
        let output = self.git(&["ls-tree", "-z", "--full-tree", "--name-only", tree.hash()])?;
        if !output.status.success() {
            return Err(failed("ls-tree", &output));
        }
        let names = String::from_utf8_lossy(&output.stdout);
        let wanted = names.split_terminator('\0').filter(|name| is_wanted(name));
        let files = wanted.map(|name| {
            let text = self.read(commit, &format!("{folder}/{name}"))?;
            Ok((name.to_owned(), text))
        });
        let files = files.collect::<Result<Vec<_>, _>>()?;
        match files.is_empty() {
            true => Err(missing()),
            false => Ok(files),
        }
    }

    /// What a file, whose path starts at the folder, says as of a commit; nothing where the
    /// commit does not have it.
    pub(crate) fn read_if_present(
        &self,
        commit: &Commit,
        path: &str,
    ) -> Result<Option<String>, GitError> {
        let Some(blob) = self.verify(&format!("{}:./{path}", commit.hash()))? else {
            return Ok(None);
        };
        let output = self.git(&["cat-file", "blob", blob.hash()])?;
        if !output.status.success() {
            return Err(failed("cat-file", &output));
        }
        match String::from_utf8(output.stdout) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(GitError::NotText {
                commit: commit.clone(),
                path: path.to_owned(),
            }),
        }
    }

    /// The same of a file that has to be there.
    fn read(&self, commit: &Commit, path: &str) -> Result<String, GitError> {
        self.read_if_present(commit, path)?
            .ok_or_else(|| GitError::NoFile {
                commit: commit.clone(),
                path: path.to_owned(),
            })
    }

    fn is_shallow(&self) -> Result<bool, GitError> {
        let output = self.git(&["rev-parse", "--is-shallow-repository"])?;
        Ok(line(&output) == "true")
    }

    /// The hash of an object, if there is one of this name.
    fn verify(&self, name: &str) -> Result<Option<Commit>, GitError> {
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", name];
        let output = self.git(&arguments)?;
        match output.status.success() {
            true => Ok(Commit::parse(line(&output))),
            false => Ok(None),
        }
    }

    fn git(&self, arguments: &[&str]) -> Result<Output, GitError> {
        git(&self.folder, arguments)
    }
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Output, GitError> {
    let mut command = Command::new("git");
    for name in OF_ANOTHER_REPOSITORY {
        command.env_remove(name);
    }
    command
        .args(arguments.iter().map(OsStr::new))
        .current_dir(folder)
        .env("GIT_TERMINAL_PROMPT", "0") // a partial clone may fetch what it is asked for
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map_err(GitError::NotStarted)
}

fn line(output: &Output) -> &str {
    str::from_utf8(&output.stdout)
        .unwrap_or_default()
        .trim_end()
}

/// The first line of what git says of a failure.
fn reason(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let first = text.lines().next().unwrap_or("it does not say why");
    first.trim_start_matches("fatal: ").to_owned()
}

fn failed(command: &str, output: &Output) -> GitError {
    GitError::Failed {
        command: command.to_owned(),
        reason: reason(output),
    }
}
