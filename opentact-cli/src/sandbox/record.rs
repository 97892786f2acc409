//! `opentact sandbox --record`: a proxy to a service, which writes what it sees to files.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use opentact_api::reqwest;
use opentact_sandbox::{Recorder, RecorderSettings, StartError};
use serde_json::json;

use crate::client;
use crate::context::Context;
use crate::escape::json_line;
use crate::failure::Failure;
use crate::options::Format;
use crate::sandbox::stop;
use crate::terminal::print_line;
use crate::text::printable;

/// The time for each request to the service.
const TIMEOUT: Duration = Duration::from_secs(60);

pub(super) async fn run(
    folder: PathBuf,
    address: SocketAddr,
    context: &Context,
) -> Result<(), Failure> {
    let Some(base_url) = context.options.base_url.clone() else {
        let message =
            "--record needs --base-url: it sends requests only to a service that you name";
        return Err(Failure::usage(message));
    };
    let output = &context.output;
    let recorder = Recorder::start(RecorderSettings {
        address,
        http: http_client(&base_url, context)?,
        base_url: base_url.clone(),
        folder: folder.clone(),
        log: Box::new(|line| print_line(&printable(line))),
    });
    let recorder = recorder.await.map_err(|error| {
        Failure::usage(match error {
            StartError::Listen { address, source } => {
                format!("cannot listen on {address}: {source}; choose another port with --port")
            }
            error => error.to_string(),
        })
    })?;
    let (url, folder) = (recorder.url(), folder.display().to_string());
    let text = match context.options.format() {
        Format::Table if output.is_quiet() => format!("{url}\n"),
        Format::Table => {
            format!("Base URL   {url}\nService    {base_url}\nFolder     {folder}\n")
        }
        _ => {
            let port = recorder.address().port();
            let json = json!({ "url": url, "port": port, "service": base_url, "folder": folder });
            json_line(&json) + "\n"
        }
    };
    let signals = stop::Signals::listen()?;
    output.raw(text.as_bytes())?;
    output.note(
        "Tokens and passwords are masked in the files. Names, addresses and numbers are not.",
    );
    output.note("Press Ctrl-C to stop.");
    signals.stop(recorder.stop(), output).await
}

/// Returns the HTTP client of the recorder. The base URL has the same conditions as that of the SDK.
fn http_client(base_url: &str, context: &Context) -> Result<reqwest::Client, Failure> {
    let options = &context.options;
    client::finish(client::builder(options, None)?, options)?;
    let mut http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .timeout(TIMEOUT);
    if base_url.starts_with("http:") {
        http = http.no_proxy();
    }
    let failed = |error: reqwest::Error| Failure::usage(format!("cannot start: {error}"));
    if let Some(pem) = client::certificates_of(options)? {
        let certificates = reqwest::Certificate::from_pem_bundle(&pem).map_err(failed)?;
        http = http.tls_certs_merge(certificates);
    }
    http.build().map_err(failed)
}
