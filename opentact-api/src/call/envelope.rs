//! The envelope of every response, and the payload in it.

use progenitor_client::ResponseValue;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::call::decode_error;
use crate::call::response::{Body, Response};
use crate::call::retry_after::retry_after;
use crate::error::cause::{ApiError, Cause};
use crate::error::text::ForeignText;

/// The byte order mark that some servers put before JSON.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[derive(Deserialize)]
struct Success<T> {
    success: bool,
    payload: T,
}

/// The envelope of an error response. Any property may be missing or of another type.
#[derive(Deserialize)]
struct Failure {
    success: Option<Value>,
    payload: Option<IgnoredAny>,
    message: Option<Value>,
    status: Option<Value>,
}

/// Decodes the payload of a response.
pub(crate) fn decode<T: DeserializeOwned>(response: Response) -> Result<ResponseValue<T>, Cause> {
    let Response {
        status,
        headers,
        body,
    } = response;
    if status.is_success() {
        let json = without_mark(&body.bytes);
        match object::<Success<T>>(json) {
            Some(Success {
                success: true,
                payload,
            }) => return Ok(ResponseValue::new(payload, status, headers)),
            None if !claims_failure(json) => {
                let (reason, page) = reason::<T>(&body);
                let cause = Cause::undecodable(status, reason, page);
                return Err(cause.with_headers(headers));
            }
            _ => {}
        }
    }
    let cause = Cause::api(status, api_error(&body), retry_after(&headers));
    Err(cause.with_headers(headers))
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// Reads an object. serde alone would also accept a list of the values without their names.
fn object<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    if !json.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    // Checking all bytes at once takes a tenth less time than checking each string. If it fails, the
    // wanted properties may still be UTF-8.
    match str::from_utf8(json) {
        Ok(text) => serde_json::from_str(text).ok(),
        Err(_) => serde_json::from_slice(json).ok(),
    }
}

fn claims_failure(json: &[u8]) -> bool {
    object::<Failure>(json).is_some_and(|envelope| envelope.success == Some(Value::Bool(false)))
}

/// Returns the reason why a body cannot be decoded, and the body if it may be shown.
fn reason<T: DeserializeOwned>(body: &Body) -> (String, Option<ForeignText>) {
    let json = without_mark(&body.bytes);
    let reason = match json.trim_ascii_start().first() {
        None => "it is empty".to_owned(),
        Some(b'[') => "expected an object, found a list".to_owned(),
        Some(b'{' | b'"') => decode_error::reason::<Success<T>>(json),
        // Other JSON could be a payload with secrets. This is text, such as a page.
        Some(_) => {
            let page = ForeignText::page(&body.bytes, body.is_complete);
            return ("it is not JSON".to_owned(), page);
        }
    };
    (reason, None)
}

/// Reads an error response.
fn api_error(body: &Body) -> ApiError {
    let page = || ForeignText::page(&body.bytes, body.is_complete);
    let json = without_mark(&body.bytes);
    let Some(envelope) = object::<Failure>(json) else {
        // Part of an envelope, or other JSON, could contain a payload with secrets.
        let is_page = !matches!(json.trim_ascii_start().first(), Some(b'{' | b'['));
        return ApiError {
            status: None,
            message: is_page.then(page).flatten(),
        };
    };
    let status = envelope.status.as_ref().and_then(Value::as_u64);
    ApiError {
        status: status.and_then(|status| u16::try_from(status).ok()),
        message: match envelope.message {
            Some(Value::String(message)) => Some(ForeignText::message(&message)),
            _ if envelope.payload.is_some() => None, // it may contain secrets
            _ => page(),
        },
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;

    use super::*;

    fn payload(body: &'static [u8]) -> Option<String> {
        let response = Response {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Body {
                bytes: Bytes::from_static(body),
                is_complete: true,
            },
        };
        let payload = decode::<String>(response).ok()?;
        Some(payload.into_inner())
    }

    #[test]
    fn decode_ignores_invalid_utf8_in_unknown_properties() {
        let body = b"{\"success\":true,\"payload\":\"a\",\"unknown\":\"\xff\"}";
        assert_eq!(payload(body), Some("a".to_owned()));
        let body = b"{\"success\":true,\"payload\":\"\xff\"}";
        assert_eq!(payload(body), None);
    }
}
