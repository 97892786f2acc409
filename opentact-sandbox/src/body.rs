//! The bodies of requests. An error response names what is wrong with a body, and where.

use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::response::{ErrorResponse, Result};
use crate::schema::keep_out_of_range;
use crate::spec::RequestBody;

/// The maximum size of a body in bytes: enough for 25,000 users.
pub(crate) const MAX_BODY_SIZE: usize = 1024 * 1024;

/// The maximum number of objects and lists inside each other.
const MAX_DEPTH: usize = 50;

/// The first bytes of data that is compressed with gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Reads and checks the JSON body of a request.
pub(crate) async fn read(expected: &RequestBody, headers: &HeaderMap, body: Body) -> Result {
    let body = to_bytes(body, MAX_BODY_SIZE).await.map_err(|_| {
        let message = format!("the body is larger than {MAX_BODY_SIZE} bytes");
        ErrorResponse::new(StatusCode::PAYLOAD_TOO_LARGE, message)
    })?;
    if body.is_empty() {
        return match expected.required {
            true => Err(ErrorResponse::bad_request("the body is missing")),
            false => Ok(Value::Null),
        };
    }
    let unsupported = |message: String| {
        Err(ErrorResponse::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            message,
        ))
    };
    if let Some(encoding) = headers.get(CONTENT_ENCODING)
        && encoding != "identity"
    {
        let encoding = String::from_utf8_lossy(encoding.as_bytes());
        return unsupported(format!(
            "the body has the Content-Encoding {encoding}; send it without one"
        ));
    }
    if body.starts_with(&GZIP) {
        return unsupported("the body is compressed with gzip; send it without compression".into());
    }
    if !is_json(headers) {
        return unsupported(
            "the body must be JSON, and its Content-Type application/json".to_owned(),
        );
    }
    let body = parse(&body)?;
    expected
        .schema
        .check("the body", &body)
        .map_err(ErrorResponse::bad_request)?;
    Ok(body)
}

/// Parses a JSON body.
pub(crate) fn parse(body: &[u8]) -> Result {
    if body.starts_with("\u{feff}".as_bytes()) {
        let message = "the body is not JSON: it begins with a byte order mark; leave it out";
        return Err(ErrorResponse::bad_request(message));
    }
    let too_deep = || {
        ErrorResponse::bad_request(format!(
            "the body is nested more than {MAX_DEPTH} levels deep"
        ))
    };
    let mut parsed: Value = serde_json::from_slice(body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let reason = message.split(" at line ").next().unwrap_or_default();
        match reason {
            "recursion limit exceeded" => too_deep(),
            reason => ErrorResponse::bad_request(format!(
                "the body is not JSON: {reason}, at line {line}, column {column}"
            )),
        }
    })?;
    if depth(&parsed) > MAX_DEPTH {
        return Err(too_deep());
    }
    keep_out_of_range(&mut parsed);
    Ok(parsed)
}

/// Returns the number of objects and lists inside each other.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(properties) => 1 + properties.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// Returns `true` if the Content-Type is JSON, with any parameters.
fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let media_type = content_type.and_then(|value| value.split(';').next());
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"))
}
