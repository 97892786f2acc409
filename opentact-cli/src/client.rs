//! The client of the SDK, its certificates, and the token from a file, the environment or the user.

use std::env::VarError;
use std::path::Path;

use opentact_api::{Client, Secret};

use crate::arguments::ClientOptions;
use crate::failure::Failure;
use crate::terminal;

const VARIABLE: &str = "OPENTACT_HA1B_TOKEN";

/// Builds a client from the arguments and the environment.
pub(crate) fn build(options: &ClientOptions) -> Result<Client, Failure> {
    let builder = Client::builder().ha1b_token(token(options.token_file.as_deref())?);
    let builder = match &options.base_url {
        Some(url) => builder.base_url(url.as_str()),
        None => builder,
    };
    let builder = match &options.ca_file {
        Some(file) => builder.root_certificate_pem(certificates(file)?),
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
        Err(VarError::NotPresent) => ask_for_token(),
    }
}

fn certificates(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| {
        let shown = file.display();
        Failure::usage(format!("cannot read the certificates in {shown}: {error}"))
    })
}

fn ask_for_token() -> Result<Secret, Failure> {
    if !terminal::is_interactive() {
        let message = format!("no token; set {VARIABLE}, or name a file with --token-file");
        return Err(Failure::usage(message));
    }
    dialoguer::Password::new()
        .with_prompt("HA1B token")
        .interact()
        .map(Secret::from)
        .map_err(|error| Failure::usage(format!("cannot read the token: {error}")))
}
