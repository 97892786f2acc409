//! The envelope in which every answer comes.

use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

/// How many characters of a body that is no envelope are kept.
const EXCERPT: usize = 200;
/// How many bytes of such a body are looked at.
const READ: usize = 8 * 1024;
/// How many hexadecimal digits a SIP digest has.
const DIGEST: usize = 32;

/// What an answer says.
pub(crate) enum Answer<T> {
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

/// Opens the envelope of an answer. The token is there to be taken out of what is shown.
pub(crate) fn open<T: DeserializeOwned>(status: StatusCode, body: &[u8], token: &str) -> Answer<T> {
    if !status.is_success() {
        return Answer::Failure(failure(body, token));
    }
    match body.trim_ascii_start().first() {
        Some(b'{') => {}
        None => return Answer::Undecodable("it is empty".to_owned()),
        // Other JSON may be a payload with secrets in it; what is not JSON is a page.
        Some(b'[' | b'"') => {
            return Answer::Undecodable("it is not an envelope".to_owned());
        }
        Some(_) => {
            let text = excerpt(body, token).unwrap_or_default();
            return Answer::Undecodable(format!("it is not JSON: {text}"));
        }
    }
    let reason = match serde_json::from_slice::<Success<T>>(body) {
        Ok(Success {
            success: true,
            payload,
        }) => return Answer::Payload(payload),
        Ok(Success { success: false, .. }) => return Answer::Failure(failure(body, token)),
        Err(error) => error,
    };
    match serde_json::from_slice::<Error>(body) {
        Ok(Error {
            success: Some(Value::Bool(false)),
            ..
        }) => Answer::Failure(failure(body, token)),
        Ok(envelope) if envelope.success.is_none() => {
            Answer::Undecodable("it is not an envelope: `success` is missing".to_owned())
        }
        Ok(envelope) if envelope.payload.is_none() => {
            Answer::Undecodable("its envelope has no `payload`".to_owned())
        }
        _ => Answer::Undecodable(without_values(&reason)),
    }
}

fn failure(body: &[u8], token: &str) -> Failure {
    let Ok(envelope) = serde_json::from_slice::<Error>(body) else {
        return Failure {
            message: excerpt(body, token),
            status: None,
        };
    };
    let status = envelope.status.as_ref().and_then(Value::as_u64);
    Failure {
        message: match envelope.message {
            Some(Value::String(message)) => Some(redacted(&message, token)),
            _ if envelope.payload.is_some() => None, // there may be secrets in it
            _ => excerpt(body, token),
        },
        status: status.and_then(|status| u16::try_from(status).ok()),
    }
}

/// The start of a body on one line, without secrets; nothing of an empty one.
fn excerpt(body: &[u8], token: &str) -> Option<String> {
    let start = &body[..body.len().min(READ)];
    let text = String::from_utf8_lossy(start);
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if start.len() < body.len() {
        words.pop(); // it may be the first half of a secret
    }
    let line = redacted(&words.join(" "), token);
    let cut = line.char_indices().nth(EXCERPT);
    match cut {
        _ if line.is_empty() => None,
        Some((end, _)) => Some(format!("{}…", &line[..end])),
        None => Some(line),
    }
}

/// A text of the server's without the token, and without anything that looks like a SIP
/// digest: `ha1` and `ha1b` are 32 hexadecimal digits.
fn redacted(text: &str, token: &str) -> String {
    let text = text.replace(token, "[token]");
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        if digits >= DIGEST {
            shown.push_str("[redacted]");
        } else {
            shown.push_str(&rest[..digits]);
        }
        rest = &rest[digits..];
        let other = rest
            .find(|c: char| c.is_ascii_hexdigit())
            .unwrap_or(rest.len());
        shown.push_str(&rest[..other]);
        rest = &rest[other..];
    }
    shown
}

/// Where an answer is not what the spec says. serde's own message would show the value that
/// stands there, which may be a secret.
fn without_values(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    let what = match error.classify() {
        serde_json::error::Category::Data => "it is JSON, but not what the spec says",
        serde_json::error::Category::Eof => "it is JSON that ends too early",
        _ => "it is not JSON",
    };
    format!("{what}, at line {line}, column {column}")
}
