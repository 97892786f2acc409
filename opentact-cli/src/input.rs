//! Text that a command reads: a file, or standard input for `-`.

use std::io::Read as _;
use std::path::Path;

use crate::context::Context;
use crate::failure::Failure;

/// Returns the name of a file in messages.
pub(crate) fn shown(file: &Path) -> String {
    match is_stdin(file) {
        true => "standard input".to_owned(),
        false => file.display().to_string(),
    }
}

/// Fails if standard input would be read as this file and as the token.
pub(crate) fn check(context: &Context, file: &Path) -> Result<(), Failure> {
    let token_file = context.options.token_file.as_deref();
    match is_stdin(file) && token_file.is_some_and(is_stdin) {
        true => Err(Failure::usage(
            "standard input cannot be the token and a list or file too",
        )),
        false => Ok(()),
    }
}

/// Reads a file of UTF-8 as a whole. A byte order mark is left out.
pub(crate) fn read(context: &Context, file: &Path) -> Result<String, Failure> {
    check(context, file)?;
    let failed = |reason: &dyn std::fmt::Display| {
        Failure::usage(format!("cannot read {}: {reason}", shown(file)))
    };
    let mut bytes = Vec::new();
    let read = match is_stdin(file) {
        true => std::io::stdin().lock().read_to_end(&mut bytes).map(drop),
        false => std::fs::read(file).map(|content| bytes = content),
    };
    read.map_err(|error| failed(&error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        failed(&format!("line {line} is not UTF-8"))
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    })
}

/// Returns the lines of a file, without blank lines and lines that start with `#`.
pub(crate) fn lines(context: &Context, file: &Path) -> Result<Vec<String>, Failure> {
    let text = read(context, file)?;
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}
