//! The passwords of users: from a file, or typed.

use std::path::Path;

use opentact_api::Secret;

use crate::failure::Failure;
use crate::identity::kind::Source;
use crate::identity::{parse, secret_file};
use crate::terminal;

/// The option for a password that is not typed.
const FLAG: &str = "--password-file";

/// Reads a password from a file, or asks for it.
pub(crate) fn given(file: Option<&Path>, question: &str) -> Result<Secret, Failure> {
    file.map_or_else(|| typed(question), from_file)
}

/// Reads a new password from a file, or asks for it twice.
pub(crate) fn new(file: Option<&Path>, question: &str) -> Result<Secret, Failure> {
    let password = given(file, question)?;
    if file.is_none() && typed("The same password again")? != password {
        return Err(Failure::usage("the two passwords are not the same"));
    }
    Ok(password)
}

/// Reads a password from a file. Prints a warning if other users can read the file.
pub(crate) fn from_file(file: &Path) -> Result<Secret, Failure> {
    let read = secret_file::read(file, "password")?;
    if let Some(warning) = &read.warning {
        terminal::print_warning(warning);
    }
    parse::password(&read.text, &read.source)
}

fn typed(question: &str) -> Result<Secret, Failure> {
    let typed = terminal::password(question, FLAG)?;
    parse::password(typed.as_bytes(), &Source::Typed)
}
