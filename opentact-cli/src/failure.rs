//! The failure of a command: a message and an exit code.

use opentact_api::{BuildError, Error, ErrorKind};

/// The failure of a command. The README lists the exit codes.
#[derive(Debug)]
pub(crate) struct Failure {
    exit_code: u8,
    message: String,
}

const GENERAL: u8 = 1;
const USAGE: u8 = 2;
const NOT_FOUND: u8 = 3;
const NOT_ALLOWED: u8 = 4;

impl Failure {
    pub(crate) fn general(message: impl Into<String>) -> Self {
        Self::new(GENERAL, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(USAGE, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(NOT_FOUND, message)
    }

    /// Combines several failures into one. Keeps their exit code if it is the same for all.
    pub(crate) fn combine(failures: &[&Self], message: String) -> Self {
        let first = failures
            .first()
            .map_or(GENERAL, |failure| failure.exit_code);
        let agree = failures.iter().all(|failure| failure.exit_code == first);
        Self::new(if agree { first } else { GENERAL }, message)
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn exit_code(&self) -> u8 {
        self.exit_code
    }

    fn new(exit_code: u8, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { exit_code, message }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        // For all other kinds, the message of the SDK has the advice already.
        let (exit_code, advice) = match error.kind() {
            ErrorKind::InvalidRequest => (USAGE, ""),
            // The service always has a list of groups, though it may be empty.
            ErrorKind::NotFound if error.operation() == "list_groups" => {
                (GENERAL, " (check the base URL)")
            }
            ErrorKind::NotFound => (NOT_FOUND, " (check the UUIDs)"),
            ErrorKind::Unauthorized => (NOT_ALLOWED, ""),
            ErrorKind::Forbidden => (NOT_ALLOWED, " (ask the owner of the group)"),
            _ => (GENERAL, ""),
        };
        Self::new(exit_code, format!("{error}{advice}"))
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        let advice = match error {
            BuildError::InvalidToken { reason, .. } => {
                let origin = "it comes from --token-file or OPENTACT_HA1B_TOKEN";
                let message = format!("the token cannot be used: {reason}; {origin}");
                return Self::usage(message);
            }
            BuildError::InvalidBaseUrl(_) => "; it comes from --base-url or OPENTACT_BASE_URL",
            BuildError::InvalidCertificate { reason, .. } => {
                let file = "the file of --ca-file or OPENTACT_CA_FILE";
                return Self::usage(format!("{file} cannot be used: {reason}"));
            }
            _ => "",
        };
        Self::usage(format!("{error}{advice}"))
    }
}
