//! The script by which a shell asks this program for completions.

use std::path::PathBuf;

use clap_complete::Shell;
use clap_complete::env::Shells;

use crate::failure::Failure;

/// The variable by which the script tells the program that a shell completes.
const VARIABLE: &str = "COMPLETE";

/// Returns the script of a shell.
pub(crate) fn script(shell: Shell) -> Result<Vec<u8>, Failure> {
    let failed = |reason: String| Failure::general(format!("cannot write completions: {reason}"));
    let shells = Shells::builtins();
    let completer = shells.completer(&shell.to_string());
    let completer = completer.ok_or_else(|| failed(format!("{shell} has none")))?;
    let mut script = Vec::new();
    completer
        .write_registration(VARIABLE, "opentact", "opentact", &program(), &mut script)
        .map_err(|error| failed(error.to_string()))?;
    Ok(script)
}

/// Returns the command that starts this program: its name, or its path if it was started by that.
pub(crate) fn program() -> String {
    let typed = std::env::args_os().next().map(PathBuf::from);
    let by_path = typed.filter(|typed| typed.components().count() > 1);
    let path = by_path.and_then(|typed| std::path::absolute(typed).ok());
    path.map_or_else(|| "opentact".to_owned(), |path| path.display().to_string())
}
