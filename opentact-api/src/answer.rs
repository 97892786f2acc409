//! Reading an answer, and no more of it than the client takes.

use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Response, StatusCode};
use tokio::time::{Instant, timeout_at};

use crate::auth::redact::redacted;
use crate::auth::token::Tokens;

/// How much of an answer is read that is a failure by its status: enough for any message.
const FAILURE: usize = 64 * 1024;
/// How much memory is set aside because the header says so. It need not tell the truth.
const SET_ASIDE: usize = 1024 * 1024;

/// An answer, read as far as it is wanted.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// The body of an answer, or as much of it as was wanted.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    /// Whether this is all of it.
    pub(crate) whole: bool,
}

/// Why a body was not read.
pub(crate) enum Unread {
    TooLarge,
    Transport(reqwest::Error),
}

/// Reads the body of a success up to a limit, which is counted after decompression.
pub(crate) async fn read(mut response: Response, limit: usize) -> Result<Body, Unread> {
    let announced = response.content_length().unwrap_or(0);
    let announced = usize::try_from(announced).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(Unread::TooLarge);
    }
    let mut bytes = Vec::with_capacity(announced.min(SET_ASIDE));
    while let Some(chunk) = response.chunk().await.map_err(Unread::Transport)? {
        if chunk.len() > limit - bytes.len() {
            return Err(Unread::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Body { bytes, whole: true })
}

/// Reads the start of the body of a failure, as far as it comes in time. Its status says already
/// that it is one, whatever becomes of the rest.
pub(crate) async fn read_failure(mut response: Response, limit: usize, deadline: Instant) -> Body {
    let limit = limit.min(FAILURE);
    let mut body = Body::default();
    loop {
        match timeout_at(deadline, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                let room = limit - body.bytes.len();
                body.bytes.extend(chunk.iter().take(room));
                if chunk.len() > room {
                    return body;
                }
            }
            Ok(Ok(None)) => {
                body.whole = true;
                return body;
            }
            Ok(Err(_)) | Err(_) => return body,
        }
    }
}

/// The scheme and host that a redirect leads to, where that can be made out. The tokens are there
/// to be taken out of what is shown.
pub(crate) fn redirect_target(response: &Response, tokens: &Tokens) -> Option<String> {
    let location = response.headers().get(LOCATION)?;
    let target = response.url().join(location.to_str().ok()?).ok()?;
    let (scheme, host) = (target.scheme(), target.host_str()?);
    let target = match target.port() {
        Some(port) => format!("to {scheme}://{host}:{port}"),
        None => format!("to {scheme}://{host}"),
    };
    Some(redacted(&target, tokens))
}
