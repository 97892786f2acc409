//! The errors of the SDK as failures of a command.

use opentact_api::{BuildError, Error, ErrorKind};

use crate::failure::{Failure, GENERAL, NOT_ALLOWED, NOT_FOUND, USAGE};

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let (exit_code, advice) = match error.kind() {
            ErrorKind::InvalidRequest | ErrorKind::MissingToken => (USAGE, None),
            // The service always has a list of groups, though it may be empty.
            ErrorKind::NotFound if error.operation() == "list_groups" => {
                (GENERAL, Some("check the base URL"))
            }
            ErrorKind::NotFound => (NOT_FOUND, None),
            ErrorKind::Unauthorized => (NOT_ALLOWED, Some("check the token")),
            ErrorKind::Forbidden => (NOT_ALLOWED, None),
            _ => (GENERAL, None),
        };
        let failure = Self::new(exit_code, error.kind().as_str(), error.to_string());
        match advice {
            Some(advice) => failure.with_hint(advice),
            None => failure,
        }
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::usage(error.to_string())
    }
}
