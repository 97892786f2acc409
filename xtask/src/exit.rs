//! The exit codes, which mean the same for every command.

use std::process::ExitCode;

/// The end of a command, as `CONTRIBUTING.md` documents it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Exit {
    /// 0: the command did its work.
    Success,
    /// 1: a check that the user requested failed, such as `--check` or `--fail-on`.
    CheckFailed,
    /// 2: the command could not do its work, and has shown the reasons.
    Failure,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Success => Self::SUCCESS,
            Exit::CheckFailed => Self::from(1),
            Exit::Failure => Self::from(2),
        }
    }
}
