//! The response of the service, read up to a limit.

use std::mem;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use tokio::time::{Instant, timeout_at};

use crate::call::deadline::Deadline;
use crate::error::cause::Cause;
use crate::error::text::ForeignText;

/// The largest part of an error response that is read, if it is an object: enough for any message.
const MAX_ERROR_SIZE: usize = 64 * 1024;
/// The largest part that is read of a body that is not an object: enough for the start that an error
/// shows.
const MAX_PAGE_SIZE: usize = 1024;
/// The longest time for the body of an error response. Its status is known already.
const ERROR_BODY_TIME: Duration = Duration::from_secs(1);
/// The byte order mark that some servers put before JSON.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// The most memory that is reserved at first because of a `Content-Length`, which may be wrong.
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

/// The kind of a body, from its first character.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Start {
    Object,
    List,
    Text,
    /// Other JSON, or no JSON, such as a page.
    Other,
}

impl Body {
    /// Returns the bytes without a byte order mark.
    pub(crate) fn json(&self) -> &[u8] {
        without_mark(&self.bytes)
    }

    /// Returns the kind of the body, or `None` if there is nothing but white space.
    pub(crate) fn start(&self) -> Option<Start> {
        start(&self.bytes)
    }

    /// Returns the start of the body for an error, or `None` if it is empty.
    pub(crate) fn page(&self) -> Option<ForeignText> {
        let start = self.bytes.get(..MAX_PAGE_SIZE).unwrap_or(&self.bytes);
        let is_whole = self.is_complete && start.len() == self.bytes.len();
        ForeignText::page(start, is_whole)
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

fn start(bytes: &[u8]) -> Option<Start> {
    Some(match without_mark(bytes).trim_ascii_start().first()? {
        b'{' => Start::Object,
        b'[' => Start::List,
        b'"' => Start::Text,
        _ => Start::Other,
    })
}

/// Returns `true` if nothing more of a body is needed: it is not an object, and its start is there.
///
/// `blank` is the number of bytes that are known to be white space. They are not looked at again, because
/// a body may be nothing else.
fn is_enough(bytes: &[u8], blank: &mut usize) -> bool {
    match start(bytes.get(*blank..).unwrap_or_default()) {
        Some(start) => bytes.len() >= MAX_PAGE_SIZE && start != Start::Object,
        None => {
            *blank = bytes.len();
            false
        }
    }
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
                Ok(body) => body,
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
async fn success_body(mut response: reqwest::Response, limit: usize) -> Result<Body, Cause> {
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
    let mut is_complete = true;
    let mut blank = 0;
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        if chunk.len() > limit - first.len() - all.len() {
            return Err(Cause::body_too_large(status, limit));
        }
        if first.is_empty() && all.is_empty() {
            first = chunk;
        } else {
            if all.is_empty() {
                all.extend_from_slice(&mem::take(&mut first));
            }
            reserve(&mut all, chunk.len(), announced);
            all.extend_from_slice(&chunk);
        }
        if is_enough(if all.is_empty() { &first } else { &all }, &mut blank) {
            is_complete = false;
            break;
        }
    }
    let bytes = if all.is_empty() { first } else { all.freeze() };
    Ok(Body { bytes, is_complete })
}

/// Makes room for a chunk. A body of the announced size fits exactly.
fn reserve(all: &mut BytesMut, chunk: usize, announced: usize) {
    if all.capacity() - all.len() < chunk {
        let left = announced.saturating_sub(all.len());
        let doubled = all.len().max(MAX_RESERVED);
        all.reserve(left.min(doubled).max(chunk));
    }
}

/// Reads the start of the body of an error response, as much as arrives in time. The status already
/// says that the operation failed, even if the body breaks off.
async fn error_body(mut response: reqwest::Response, limit: usize, end: Instant) -> Body {
    let end = end.min(Instant::now() + ERROR_BODY_TIME);
    let limit = limit.min(MAX_ERROR_SIZE);
    let mut bytes = BytesMut::new();
    let mut blank = 0;
    let is_complete = loop {
        match timeout_at(end, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                let room = limit - bytes.len();
                bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room || is_enough(&bytes, &mut blank) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_enough_looks_at_white_space_once() {
        let blank = " ".repeat(2 * MAX_PAGE_SIZE);
        let mut known = 0;
        assert!(!is_enough(blank.as_bytes(), &mut known));
        assert_eq!(known, blank.len());
        for (rest, expected) in [(" \n", false), ("{", false), ("<", true), ("[", true)] {
            // Bytes that are looked at again would be a page.
            let body = format!("{}{rest}", blank.replace(' ', "x"));
            assert_eq!(is_enough(body.as_bytes(), &mut known.clone()), expected);
            let body = format!("{blank}{rest}");
            assert_eq!(is_enough(body.as_bytes(), &mut 0), expected);
        }
        assert!(!is_enough(b"<p>", &mut 0), "the start is not there");
    }
}
