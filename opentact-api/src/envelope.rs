//! The envelope in which every answer comes.

use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::answer::Body;
use crate::auth::redact::redacted;
use crate::auth::token::Tokens;
use crate::undecodable;

/// How many characters of a body that is no envelope are kept.
const EXCERPT: usize = 200;
/// How many bytes of such a body are looked at.
const READ: usize = 8 * 1024;
/// How many characters of a message are kept.
const MESSAGE: usize = 1000;
/// What some servers put in front of JSON, which says nothing.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What an answer says.
pub(crate) enum Content<T> {
    /// The operation succeeded.
    Payload(T),
    /// The operation failed.
    Failure(Failure),
    /// The answer claims success, and is not what the spec says.
    Undecodable(String),
}

/// Why an operation failed, in the server's words.
#[derive(Debug, Default)]
pub(crate) struct Failure {
    /// The server's message, or the start of a body that is no envelope.
    pub(crate) message: Option<String>,
    /// The status that the envelope repeats.
    pub(crate) status: Option<u16>,
}

#[derive(Deserialize)]
struct Success<T> {
    success: bool,
    payload: T,
}

/// Of a failure nothing is sure, so that every property is read for itself.
#[derive(Deserialize)]
struct Error {
    success: Option<Value>,
    payload: Option<IgnoredAny>,
    message: Option<Value>,
    status: Option<Value>,
}

/// Opens the envelope of an answer. The tokens are there to be taken out of what is shown.
pub(crate) fn open<T: DeserializeOwned>(
    status: StatusCode,
    body: &Body,
    tokens: &Tokens,
) -> Content<T> {
    if !status.is_success() {
        return Content::Failure(failure(body, tokens));
    }
    let json = without_mark(&body.bytes);
    match object::<Success<T>>(json) {
        Some(Success {
            success: true,
            payload,
        }) => Content::Payload(payload),
        Some(Success { success: false, .. }) => Content::Failure(failure(body, tokens)),
        None if claims_failure(json) => Content::Failure(failure(body, tokens)),
        None => Content::Undecodable(reason::<T>(body, tokens)),
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// Reads an object. By itself, serde also takes a list of what stands in one, without the names.
fn object<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    if !json.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    // To look at all bytes once takes a tenth less than to look at each string. Where they are not
    // UTF-8, they may be it in all that is wanted.
    match str::from_utf8(json) {
        Ok(text) => serde_json::from_str(text).ok(),
        Err(_) => serde_json::from_slice(json).ok(),
    }
}

fn claims_failure(json: &[u8]) -> bool {
    object::<Error>(json).is_some_and(|envelope| envelope.success == Some(Value::Bool(false)))
}

fn reason<T: DeserializeOwned>(body: &Body, tokens: &Tokens) -> String {
    let json = without_mark(&body.bytes);
    match json.trim_ascii_start().first() {
        None => "it is empty".to_owned(),
        Some(b'[') => "expected an object, found a list".to_owned(),
        Some(b'{' | b'"') => undecodable::reason::<Success<T>>(json, tokens),
        // Other JSON may be a payload with secrets in it; what is not JSON is a page.
        Some(_) => {
            let text = excerpt(body, tokens).unwrap_or_default();
            format!("it is not JSON: {text}")
        }
    }
}

fn failure(body: &Body, tokens: &Tokens) -> Failure {
    let json = without_mark(&body.bytes);
    let Some(envelope) = object::<Error>(json) else {
        // Half of an envelope, or another one: there may be a payload in it, with secrets.
        let is_page = !matches!(json.trim_ascii_start().first(), Some(b'{' | b'['));
        return Failure {
            message: is_page.then(|| excerpt(body, tokens)).flatten(),
            status: None,
        };
    };
    let status = envelope.status.as_ref().and_then(Value::as_u64);
    Failure {
        message: match envelope.message {
            Some(Value::String(message)) => Some(beginning(&message, tokens)),
            _ if envelope.payload.is_some() => None, // there may be secrets in it
            _ => excerpt(body, tokens),
        },
        status: status.and_then(|status| u16::try_from(status).ok()),
    }
}

/// A message, or its start, without secrets.
fn beginning(message: &str, tokens: &Tokens) -> String {
    let Some((end, _)) = message.char_indices().nth(MESSAGE) else {
        return redacted(message, tokens);
    };
    // The last word may be the first half of a secret.
    let end = message[..end].rfind(char::is_whitespace).unwrap_or(0);
    format!("{}…", redacted(&message[..end], tokens))
}

/// The start of a body on one line, without secrets; nothing of an empty one.
fn excerpt(body: &Body, tokens: &Tokens) -> Option<String> {
    let start = &body.bytes[..body.bytes.len().min(READ)];
    let text = String::from_utf8_lossy(start);
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if start.len() < body.bytes.len() || !body.whole {
        words.pop(); // it may be the first half of a secret
    }
    let line = redacted(&words.join(" "), tokens);
    let cut = line.char_indices().nth(EXCERPT);
    match cut {
        _ if line.is_empty() => None,
        Some((end, _)) => Some(format!("{}…", &line[..end])),
        None => Some(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(body: &[u8]) -> Option<String> {
        let body = Body {
            bytes: body.to_owned(),
            whole: true,
        };
        let tokens = Tokens::new(Vec::new()).ok()?;
        match open(StatusCode::OK, &body, &tokens) {
            Content::Payload(payload) => Some(payload),
            _ => None,
        }
    }

    #[test]
    fn what_is_not_wanted_need_not_be_utf_8() {
        let body = b"{\"success\":true,\"payload\":\"a\",\"unknown\":\"\xff\"}";
        assert_eq!(payload(body), Some("a".to_owned()));
        let body = b"{\"success\":true,\"payload\":\"\xff\"}";
        assert_eq!(payload(body), None);
    }
}
