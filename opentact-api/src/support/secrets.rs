//! The secrets of a request.

use reqwest::Request;

use crate::call::options::CallOptions;
use crate::credentials::recording::Recording;
use crate::credentials::secret::Secret;
use crate::error::Error;

/// Builds a request, and adds the secrets of its body to the options of the call, which redact them from
/// errors.
pub(crate) fn collected(
    build: impl FnOnce() -> Result<(Request, CallOptions), Error>,
) -> Result<(Request, CallOptions), Error> {
    let recording = Recording::start();
    let (request, mut options) = build()?;
    for secret in recording.secrets() {
        options.add_secret(&Secret::from(secret));
    }
    Ok((request, options))
}
