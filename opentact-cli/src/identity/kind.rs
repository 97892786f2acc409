//! The kinds of tokens, and the places they come from.

use std::fmt;
use std::path::PathBuf;

use opentact_api::{ClientBuilder, Secret};
use serde::{Deserialize, Serialize};

/// The kind of a token. Each operation of the API accepts some of them.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenKind {
    Ha1b,
    Bearer,
    Jwt,
}

/// A token and its source.
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) secret: Secret,
    pub(crate) source: Source,
}

/// The place that a token comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Source {
    File(PathBuf),
    StandardInput,
    Variable(&'static str),
    Profile { name: String, place: &'static str },
    Typed,
}

impl Source {
    /// Returns the name of a secret from here: `the token of standard input`.
    pub(crate) fn of(&self, what: &str) -> String {
        match self {
            Self::Typed => format!("the {what} that you typed"),
            source => format!("the {what} of {source}"),
        }
    }
}

impl TokenKind {
    pub(crate) const ALL: [Self; 3] = [Self::Ha1b, Self::Bearer, Self::Jwt];

    /// Returns the environment variable that can hold the token.
    pub(crate) fn variable(self) -> &'static str {
        match self {
            Self::Ha1b => "OPENTACT_HA1B_TOKEN",
            Self::Bearer => "OPENTACT_BEARER_TOKEN",
            Self::Jwt => "OPENTACT_JWT",
        }
    }

    /// Returns the name of the kind in files and in JSON.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Ha1b => "ha1b",
            Self::Bearer => "bearer",
            Self::Jwt => "jwt",
        }
    }

    /// Gives the token to a client.
    pub(crate) fn add_to(self, client: ClientBuilder, secret: Secret) -> ClientBuilder {
        match self {
            Self::Ha1b => client.ha1b_token(secret),
            Self::Bearer => client.bearer_token(secret),
            Self::Jwt => client.jwt(secret),
        }
    }
}

impl fmt::Display for TokenKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ha1b => "HA1B token",
            Self::Bearer => "bearer token",
            Self::Jwt => "JSON Web Token",
        })
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => write!(f, "the file {}", file.display()),
            Self::StandardInput => f.write_str("standard input"),
            Self::Variable(name) => write!(f, "the environment variable {name}"),
            Self::Profile { name, place } => write!(f, "the profile `{name}` ({place})"),
            Self::Typed => f.write_str("the terminal"),
        }
    }
}
