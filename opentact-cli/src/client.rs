//! The client of the SDK: its base URL, its certificates, and the token from a file, the environment
//! or the user.

use std::io::Read as _;
use std::path::Path;

use opentact_api::{BuildError, Client, Secret};

use crate::failure::Failure;
use crate::options::{CA_FILE, GlobalOptions, variable};
use crate::terminal;

const VARIABLE: &str = "OPENTACT_HA1B_TOKEN";

/// Builds a client from the options and the environment.
pub(crate) fn build(options: &GlobalOptions) -> Result<Client, Failure> {
    let base_url = options.base_url()?;
    let mut builder = Client::builder();
    if let Some((url, source)) = &base_url {
        check_base_url(url, source)?;
        builder = builder.base_url(url.as_str());
    }
    if let Some((file, source)) = ca_file(options)? {
        builder = builder.root_certificate_pem(certificates(&file, source)?);
    }
    if let Some(timeout) = options.timeout {
        builder = builder.timeout(timeout);
    }
    let builder = builder.ha1b_token(token(options.token_file.as_deref())?);
    builder.build().map_err(|error| match error {
        BuildError::InvalidToken { reason, .. } => {
            let origin = "it comes from --token-file or OPENTACT_HA1B_TOKEN";
            Failure::usage(format!("the token cannot be used: {reason}; {origin}"))
        }
        BuildError::InvalidBaseUrl(reason) => {
            let source = base_url.map_or("the default", |(_, source)| source);
            Failure::usage(format!("the base URL of {source} cannot be used: {reason}"))
        }
        BuildError::InvalidCertificate { reason, .. } => {
            let file = "the file of --ca-file or OPENTACT_CA_FILE";
            Failure::usage(format!("{file} cannot be used: {reason}"))
        }
        error => error.into(),
    })
}

/// Refuses a base URL without a scheme, with a hint.
fn check_base_url(url: &str, source: &str) -> Result<(), Failure> {
    let hint = "add http:// or https://";
    if url.trim().is_empty() {
        let message = format!("the base URL of {source} is empty");
        return Err(Failure::usage(message).with_hint(hint));
    }
    if !url.contains("://") {
        let message = format!("the base URL `{url}` of {source} has no scheme");
        return Err(Failure::usage(message).with_hint(hint));
    }
    Ok(())
}

fn token(file: Option<&Path>) -> Result<Secret, Failure> {
    if let Some(file) = file {
        let shown = file.display();
        let mut text = String::new();
        let read = match file.as_os_str() == "-" {
            true => std::io::stdin().read_to_string(&mut text).map(|_| text),
            false => std::fs::read_to_string(file),
        };
        let token = read.map_err(|error| {
            Failure::usage(format!("cannot read the token in {shown}: {error}"))
        })?;
        return Ok(Secret::from(token.trim()));
    }
    match variable(VARIABLE)? {
        Some(token) => Ok(Secret::from(token)),
        None => ask_for_token(),
    }
}

/// Returns the file of certificates, and its source.
fn ca_file(options: &GlobalOptions) -> Result<Option<(std::path::PathBuf, &'static str)>, Failure> {
    if let Some(file) = &options.ca_file {
        return Ok(Some((file.clone(), "--ca-file")));
    }
    Ok(variable(CA_FILE)?.map(|file| (file.into(), CA_FILE)))
}

fn certificates(file: &Path, source: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| {
        let shown = file.display();
        let message = format!("cannot read the certificates in {shown}, of {source}: {error}");
        Failure::usage(message)
    })
}

fn ask_for_token() -> Result<Secret, Failure> {
    if !terminal::is_interactive() {
        let message = format!("no token; set {VARIABLE}, or name a file with --token-file");
        return Err(Failure::usage(message));
    }
    terminal::password("HA1B token", "--token-file").map(Secret::from)
}
