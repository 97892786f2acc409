//! Environment variables.

use std::env::VarError;

use crate::error::build::BuildError;

/// Returns the value of an environment variable, or `None` if it is not set.
pub(super) fn variable(variable: &'static str) -> Result<Option<String>, BuildError> {
    match std::env::var(variable) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(BuildError::Environment {
            variable,
            reason: "is not Unicode".to_owned(),
        }),
    }
}

/// Returns the name and the value of the first variable that is set and not empty.
pub(super) fn first(
    variables: &[&'static str],
) -> Result<Option<(&'static str, String)>, BuildError> {
    for name in variables {
        match variable(name)? {
            Some(value) if !value.trim().is_empty() => return Ok(Some((name, value))),
            _ => {}
        }
    }
    Ok(None)
}
