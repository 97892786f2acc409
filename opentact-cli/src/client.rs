//! The client of the SDK: its base URL, its certificates, and the tokens of the user.

use std::path::{Path, PathBuf};

use opentact_api::{BuildError, Client, ClientBuilder};

use crate::failure::Failure;
use crate::identity::sources;
use crate::identity::{Source, TokenKind};
use crate::options::{CA_FILE, GlobalOptions, variable};

/// The hint for a base URL whose scheme is `http`.
const PLAIN_HTTP: &str = "for a host of your own network, such as a sandbox in a container, pass \
                          --allow-http HOST or set OPENTACT_ALLOW_HTTP";

/// Builds a client from the options, with the tokens of the user. Asks for a token on a terminal if there
/// is none.
pub(crate) fn build(options: &GlobalOptions) -> Result<Client, Failure> {
    Ok(with_sources(options)?.0)
}

/// Builds a client with the tokens of the user, and returns their kinds and sources too.
pub(crate) fn with_sources(
    options: &GlobalOptions,
) -> Result<(Client, Vec<(TokenKind, Source)>), Failure> {
    let mut found = sources::find(options)?;
    let mut builder = builder(options, found.base_url.as_deref())?;
    if found.tokens.is_empty() {
        // What is wrong with the options is reported before the user is asked.
        finish(builder.clone(), options)?;
        found.tokens = sources::ask(&found)?;
    }
    let mut sources = Vec::new();
    for token in found.tokens {
        builder = token.kind.add_to(builder, token.secret);
        sources.push((token.kind, token.source));
    }
    Ok((finish(builder, options)?, sources))
}

/// Builds a client with the tokens that are found, and asks for none.
pub(crate) fn without_questions(options: &GlobalOptions) -> Result<Client, Failure> {
    let found = sources::find(options)?;
    let mut builder = builder(options, found.base_url.as_deref())?;
    for token in found.tokens {
        builder = token.kind.add_to(builder, token.secret);
    }
    finish(builder, options)
}

/// Returns a builder of a client without tokens. `default` is the base URL if the options name none.
pub(crate) fn builder(
    options: &GlobalOptions,
    default: Option<&str>,
) -> Result<ClientBuilder, Failure> {
    let Some((url, source)) = options.base_url()? else {
        return builder_for(default, options);
    };
    check_base_url(&url, source)?;
    builder_for(Some(&url), options)
}

/// Returns a builder of a client without tokens for this base URL, whatever the options and the
/// environment name.
pub(crate) fn builder_for(
    base_url: Option<&str>,
    options: &GlobalOptions,
) -> Result<ClientBuilder, Failure> {
    let mut builder = Client::builder();
    if let Some(url) = base_url {
        builder = builder.base_url(url);
    }
    for host in options.allow_http()? {
        builder = builder.allow_http_to(host);
    }
    if let Some(pem) = certificates_of(options)? {
        builder = builder.root_certificate_pem(pem);
    }
    if let Some(timeout) = options.timeout {
        builder = builder.timeout(timeout);
    }
    Ok(builder)
}

/// Builds the client. Failures name the option that is wrong.
pub(crate) fn finish(builder: ClientBuilder, options: &GlobalOptions) -> Result<Client, Failure> {
    builder.build().map_err(|error| match error {
        BuildError::InvalidToken { reason, .. } => {
            Failure::usage(format!("the token cannot be used: {reason}"))
        }
        BuildError::InvalidBaseUrl(reason) => {
            let source = match options.base_url() {
                Ok(Some((_, source))) => source,
                _ => "the profile",
            };
            let message = format!("the base URL of {source} cannot be used: {reason}");
            match reason.starts_with("plain `http`") {
                true => Failure::usage(message).with_hint(PLAIN_HTTP),
                false => Failure::usage(message),
            }
        }
        BuildError::InvalidPrivateHost(reason) => {
            let hosts = "the host of --allow-http or OPENTACT_ALLOW_HTTP";
            Failure::usage(format!("{hosts} cannot be used: {reason}"))
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
        // A text before `@` may be a password.
        let shown = url.rsplit('@').next().unwrap_or_default();
        let message = format!("the base URL `{shown}` of {source} has no scheme");
        return Err(Failure::usage(message).with_hint(hint));
    }
    Ok(())
}

/// Returns the certificates to trust beside those of this machine, as PEM.
pub(crate) fn certificates_of(options: &GlobalOptions) -> Result<Option<Vec<u8>>, Failure> {
    let file = ca_file(options)?;
    file.map(|(file, source)| certificates(&file, source))
        .transpose()
}

/// Returns the file of certificates, and its source.
fn ca_file(options: &GlobalOptions) -> Result<Option<(PathBuf, &'static str)>, Failure> {
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
