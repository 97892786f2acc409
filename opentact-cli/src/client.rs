//! The client of the SDK, with the token from wherever it is.

use std::env::VarError;
use std::io::IsTerminal as _;
use std::path::Path;

use opentact_api::{Client, Secret};

use crate::arguments::Connection;
use crate::failure::Failure;

const VARIABLE: &str = "OPENTACT_HA1B_TOKEN";

/// A client as arguments and environment say.
pub(crate) fn connect(connection: &Connection) -> Result<Client, Failure> {
    let builder = Client::builder(token(connection.token_file.as_deref())?);
    let builder = match &connection.base_url {
        Some(url) => builder.base_url(url.as_str()),
        None => builder,
    };
    Ok(builder.build()?)
}

fn token(file: Option<&Path>) -> Result<Secret, Failure> {
    if let Some(file) = file {
        let shown = file.display();
        let token = std::fs::read_to_string(file).map_err(|error| {
            Failure::usage(format!("cannot read the token in {shown}: {error}"))
        })?;
        return Ok(Secret::from(token.trim()));
    }
    match std::env::var(VARIABLE) {
        Ok(token) => Ok(Secret::from(token)),
        Err(VarError::NotUnicode(_)) => Err(Failure::usage(format!("{VARIABLE} is not Unicode"))),
        Err(VarError::NotPresent) => ask(),
    }
}

fn ask() -> Result<Secret, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        let message =
            format!("there is no token; set {VARIABLE}, or name a file with --token-file");
        return Err(Failure::usage(message));
    }
    dialoguer::Password::new()
        .with_prompt("HA1B token")
        .interact()
        .map(Secret::from)
        .map_err(|error| Failure::usage(format!("no token was given: {error}")))
}
