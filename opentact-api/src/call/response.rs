//! The response of the service, read up to a limit.

use std::mem;

use bytes::{Bytes, BytesMut};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use tokio::time::{Instant, timeout_at};

use crate::call::deadline::Deadline;
use crate::error::cause::Cause;
use crate::error::text::ForeignText;

/// The largest part of an error response that is read: enough for any message.
const MAX_ERROR_SIZE: usize = 64 * 1024;
/// The most memory that is reserved because of a `Content-Length`, which may be wrong.
const MAX_RESERVED: usize = 1024 * 1024;

/// A response that was read.
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// The body of a response, or its start.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) bytes: Bytes,
    /// `true` if the body was read to its end.
    pub(crate) is_complete: bool,
}

impl Response {
    /// Reads a response.
    pub(crate) async fn read(
        mut response: reqwest::Response,
        limit: usize,
        end: Deadline<'_>,
    ) -> Result<Self, Cause> {
        let status = response.status();
        let headers = mem::take(response.headers_mut());
        if status.is_redirection() {
            let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
            let target = location.map(|location| ForeignText::redirect(location, response.url()));
            let cause = Cause::redirect(status, target);
            return Err(cause.with_headers(headers));
        }
        let body = if status.is_success() {
            match end.limit(Some(status), success_body(response, limit)).await {
                Ok(bytes) => Body {
                    bytes,
                    is_complete: true,
                },
                Err(cause) => return Err(cause.with_headers(headers)),
            }
        } else {
            error_body(response, limit, end.at()).await
        };
        Ok(Self {
            status,
            headers,
            body,
        })
    }
}

/// Reads the body of a success response. The limit is counted after decompression.
async fn success_body(mut response: reqwest::Response, limit: usize) -> Result<Bytes, Cause> {
    let status = response.status();
    let announced = response.content_length().unwrap_or(0);
    let announced = usize::try_from(announced).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(Cause::body_too_large(status, limit));
    }
    let lost = |error| Cause::transport(Some(status), error);
    // A body of a single chunk is not copied.
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        if chunk.len() > limit - first.len() - all.len() {
            return Err(Cause::body_too_large(status, limit));
        }
        if first.is_empty() && all.is_empty() {
            first = chunk;
            continue;
        }
        if all.is_empty() {
            all.reserve(announced.min(MAX_RESERVED));
            all.extend_from_slice(&mem::take(&mut first));
        }
        all.extend_from_slice(&chunk);
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// Reads the start of the body of an error response, as much as arrives in time. The status already
/// says that the operation failed, even if the body breaks off.
async fn error_body(mut response: reqwest::Response, limit: usize, end: Instant) -> Body {
    let limit = limit.min(MAX_ERROR_SIZE);
    let mut bytes = BytesMut::new();
    let is_complete = loop {
        match timeout_at(end, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                let room = limit - bytes.len();
                bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    break false;
                }
            }
            Ok(Ok(None)) => break true,
            Ok(Err(_)) | Err(_) => break false,
        }
    };
    Body {
        bytes: bytes.freeze(),
        is_complete,
    }
}
