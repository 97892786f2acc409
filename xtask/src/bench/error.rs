//! What can go wrong. That something to compare with is missing is not among it.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::files::FileError;

/// Nothing can be measured.
#[derive(Debug)]
pub(crate) enum BenchError {
    /// A file of the workspace cannot be read or written.
    File(FileError),
    /// A file or folder in the target folder cannot be read or written.
    Io { path: PathBuf, source: io::Error },
    /// A program cannot be started.
    Start { program: String, source: io::Error },
    /// A program is not on this machine without which nothing can be counted.
    NotInstalled(&'static str),
    /// A program failed.
    Failed { program: String, said: String },
    /// A program prints something else than it is to print.
    Unexpected { program: String, said: String },
}

impl BenchError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// The line of what a program said that says most: its error, or else the last one.
    pub(super) fn reason(&self) -> String {
        let text = self.to_string();
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let error = lines
            .clone()
            .find(|line| line.to_lowercase().starts_with("error"));
        error
            .or_else(|| lines.next())
            .unwrap_or_default()
            .to_owned()
    }
}

impl From<FileError> for BenchError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl fmt::Display for BenchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Io { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Start { program, source } => write!(f, "cannot start {program}: {source}"),
            Self::NotInstalled(program) => write!(f, "{program} is not installed"),
            Self::Failed { program, said } => write!(f, "{program} failed:\n{said}"),
            Self::Unexpected { program, said } => {
                write!(
                    f,
                    "{program} was expected to say something else than:\n{said}"
                )
            }
        }
    }
}

impl std::error::Error for BenchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(error) => Some(error),
            Self::Io { source, .. } | Self::Start { source, .. } => Some(source),
            Self::NotInstalled(_) | Self::Failed { .. } | Self::Unexpected { .. } => None,
        }
    }
}
