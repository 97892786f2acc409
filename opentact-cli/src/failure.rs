//! What a command says when it does not do what was asked.

use std::process::ExitCode;

use opentact_api::{BuildError, Error, ErrorKind};

/// Why a command ends, and with which exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    message: String,
}

/// The service or the network said no.
const REFUSED: u8 = 1;
/// What was typed cannot be done.
const USAGE: u8 = 2;
const NOT_FOUND: u8 = 3;
const NOT_ALLOWED: u8 = 4;

impl Failure {
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self::new(REFUSED, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(USAGE, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(NOT_FOUND, message)
    }

    /// Several failures as one: with their exit code where they agree.
    pub(crate) fn of_several(failures: &[Self], message: String) -> Self {
        let first = failures.first().map_or(REFUSED, |failure| failure.code);
        let agree = failures.iter().all(|failure| failure.code == first);
        Self::new(if agree { first } else { REFUSED }, message)
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Writes it in one line.
    pub(crate) fn report(&self) -> ExitCode {
        let message = crate::output::printable(&self.message);
        crate::output::note(&format!("\u{1b}[1;31merror:\u{1b}[0m {message}"));
        ExitCode::from(self.code)
    }

    fn new(code: u8, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        // Where the SDK knows what to do about it, it says so itself.
        let (code, advice) = match error.kind() {
            ErrorKind::InvalidRequest => (USAGE, ""),
            // There is always a list, though it may be empty: this is no OpenTACT service.
            ErrorKind::NotFound if error.operation() == "list_groups" => {
                (REFUSED, " (check the base URL)")
            }
            ErrorKind::NotFound => (NOT_FOUND, " (check the UUIDs)"),
            ErrorKind::Unauthorized => (NOT_ALLOWED, ""),
            ErrorKind::Forbidden => (NOT_ALLOWED, " (ask the owner of the group)"),
            _ => (REFUSED, ""),
        };
        Self::new(code, format!("{error}{advice}"))
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        let advice = match error {
            BuildError::InvalidToken(_) => "; it is from --token-file or OPENTACT_HA1B_TOKEN",
            BuildError::InvalidBaseUrl(_) => "; it is from --base-url or OPENTACT_BASE_URL",
            _ => "",
        };
        Self::usage(format!("{error}{advice}"))
    }
}
