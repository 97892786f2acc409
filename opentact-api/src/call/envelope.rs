//! The envelope of every response, and the payload in it.

mod fields;

use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::call::decode;
use crate::call::decode::scanner::Scanner;
use crate::call::response::{Body, Response, Start};
use crate::call::retry_after::retry_after;
use crate::error::cause::{ApiError, Cause, RefusedField};
use crate::error::text::ForeignText;
use crate::response_value::ResponseValue;
use crate::response_value::warning::Warning;

#[derive(Deserialize)]
struct Success<T> {
    success: bool,
    payload: T,
}

/// The envelope of an error response. Any property may be missing or of another type. If one occurs
/// twice, the first counts.
#[derive(Default)]
struct Failure {
    success: Option<bool>,
    message: Option<String>,
    status: Option<u16>,
    has_payload: bool,
    /// The parameters that were refused, if the envelope has a place for them.
    fields: Option<Vec<RefusedField>>,
    /// `true` if the JSON was read to its end.
    is_whole: bool,
}

/// Decodes the payload of a response.
pub(crate) fn decode<T: DeserializeOwned>(response: Response) -> Result<ResponseValue<T>, Cause> {
    let Response {
        status,
        headers,
        body,
    } = response;
    let cause = match payload(status, &body) {
        Ok((payload, warnings)) => {
            return Ok(ResponseValue::with_warnings(
                payload, status, headers, warnings,
            ));
        }
        Err(Fault::Undecodable(reason, page)) => Cause::undecodable(status, reason, page),
        Err(Fault::Refusal) => Cause::api(status, api_error(&body), retry_after(&headers)),
    };
    Err(cause.with_headers(headers))
}

/// The reason why there is no payload.
enum Fault {
    /// The response claims success, but does not match the spec. The reason contains nothing from it;
    /// its start is quoted beside it if that is no JSON.
    Undecodable(String, Option<ForeignText>),
    /// The response is an error.
    Refusal,
}

/// Returns the payload, and the optional properties that were left out.
fn payload<T: DeserializeOwned>(
    status: StatusCode,
    body: &Body,
) -> Result<(T, Vec<Warning>), Fault> {
    if !status.is_success() {
        return Err(Fault::Refusal);
    }
    let undecodable = |reason: &str| Err(Fault::Undecodable(reason.to_owned(), None));
    match body.start() {
        Some(Start::Object) => {}
        Some(Start::List) => return undecodable("expected an object, found a list"),
        Some(Start::Text) => return undecodable("expected an object, found a string"),
        // Other JSON could be a payload with secrets. This is text, such as a page.
        Some(Start::Other) => {
            return Err(Fault::Undecodable("it is not JSON".to_owned(), body.page()));
        }
        None => return undecodable("it is empty"),
    }
    let json = body.json();
    if let Some(Success {
        success: true,
        payload,
    }) = decode::quickly(json)
    {
        return Ok((payload, Vec::new()));
    }
    let failure = Failure::read(json);
    if failure.is_whole && failure.success == Some(false) {
        return Err(Fault::Refusal);
    }
    match decode::carefully::<Success<T>>(json) {
        Ok((envelope, warnings)) if envelope.success => Ok((envelope.payload, warnings)),
        Ok(_) => Err(Fault::Refusal),
        Err(reason) => Err(Fault::Undecodable(reason, None)),
    }
}

/// Reads an error response.
fn api_error(body: &Body) -> ApiError {
    let (status, message, fields) = match body.start() {
        Some(Start::Object) => {
            let failure = Failure::read(body.json());
            // A payload could contain secrets, and so could the values of fields and the rest of an
            // envelope.
            let may_show = failure.is_whole && !failure.has_payload && failure.fields.is_none();
            let message = failure.message.as_deref().map(ForeignText::message);
            let message = message.or_else(|| may_show.then(|| body.page()).flatten());
            (failure.status, message, failure.fields)
        }
        Some(Start::List) | None => (None, None, None),
        Some(Start::Text | Start::Other) => (None, body.page(), None),
    };
    ApiError {
        status,
        message,
        fields: fields.unwrap_or_default(),
    }
}

impl Failure {
    /// Reads an envelope, or as much of it as there is.
    fn read(json: &[u8]) -> Self {
        let mut failure = Self::default();
        failure.is_whole = failure.read_entries(json).is_some();
        failure
    }

    /// Returns `None` if the JSON ends too early or is not an object.
    fn read_entries(&mut self, json: &[u8]) -> Option<()> {
        let mut scanner = Scanner::new(json);
        scanner.consume(b'{').ok()?;
        let mut is_first = true;
        while scanner.next_item(b'}', is_first).ok()? {
            is_first = false;
            let name = scanner.name().ok()?;
            let value = scanner.value().ok()?;
            match name {
                b"\"success\"" => read_once(&mut self.success, value),
                b"\"message\"" => read_once(&mut self.message, value),
                b"\"status\"" => read_once(&mut self.status, value),
                b"\"payload\"" => self.has_payload = true,
                b"\"fields\"" => {
                    self.fields.get_or_insert_with(|| fields::read(value));
                }
                _ => {}
            }
        }
        scanner.end().ok()
    }
}

/// Reads a property unless it was read before. A value of another type is ignored.
fn read_once<T: DeserializeOwned>(property: &mut Option<T>, json: &[u8]) {
    if property.is_none() {
        *property = serde_json::from_slice(json).ok();
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::header::HeaderMap;

    use super::*;

    fn decoded(body: &'static [u8]) -> Result<ResponseValue<String>, Cause> {
        let response = Response {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Body {
                bytes: Bytes::from_static(body),
                is_complete: true,
            },
        };
        decode(response)
    }

    #[test]
    fn decode_ignores_invalid_utf8_in_unknown_properties() {
        let body = b"{\"success\":true,\"payload\":\"a\",\"unknown\":\"\xff\"}";
        assert!(decoded(body).is_ok_and(|value| *value == "a"));
        let body = b"{\"success\":true,\"payload\":\"\xff\"}";
        assert!(decoded(body).is_err());
    }

    #[test]
    fn failure_with_repeated_properties_keeps_the_first() {
        let body = br#"{"success":false,"message":7,"message":"no","message":"x","status":404,"status":"y"}"#;
        let failure = Failure::read(body);
        assert_eq!(failure.success, Some(false));
        assert_eq!(failure.message.as_deref(), Some("no"));
        assert_eq!(failure.status, Some(404));
        assert!(failure.is_whole);
    }

    #[test]
    fn failure_that_is_cut_keeps_what_is_complete() {
        let failure = Failure::read(br#"{"status": 503, "message": "half a mess"#);
        assert_eq!(failure.status, Some(503));
        assert_eq!(failure.message, None);
        assert!(!failure.is_whole);
    }
}
