//! The envelope in which every answer comes.

use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

/// How many characters of a body that is no envelope are kept.
const EXCERPT: usize = 200;

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

/// Opens the envelope of an answer.
pub(crate) fn open<T: DeserializeOwned>(status: StatusCode, body: &[u8]) -> Answer<T> {
    if !status.is_success() {
        return Answer::Failure(failure(body));
    }
    let reason = match serde_json::from_slice::<Success<T>>(body) {
        Ok(Success {
            success: true,
            payload,
        }) => return Answer::Payload(payload),
        Ok(Success { success: false, .. }) => return Answer::Failure(failure(body)),
        Err(error) => error,
    };
    match serde_json::from_slice::<Error>(body) {
        Ok(Error {
            success: Some(Value::Bool(false)),
            ..
        }) => Answer::Failure(failure(body)),
        Ok(envelope) if envelope.success.is_none() => {
            Answer::Undecodable("it is not an envelope: `success` is missing".to_owned())
        }
        Ok(envelope) if envelope.payload.is_none() => {
            Answer::Undecodable("its envelope has no `payload`".to_owned())
        }
        _ => Answer::Undecodable(without_values(&reason)),
    }
}

fn failure(body: &[u8]) -> Failure {
    let Ok(envelope) = serde_json::from_slice::<Error>(body) else {
        return Failure {
            message: excerpt(body),
            status: None,
        };
    };
    let status = envelope.status.as_ref().and_then(Value::as_u64);
    Failure {
        message: match envelope.message {
            Some(Value::String(message)) => Some(message),
            _ => excerpt(body),
        },
        status: status.and_then(|status| u16::try_from(status).ok()),
    }
}

/// The start of a body on one line; nothing of an empty one.
fn excerpt(body: &[u8]) -> Option<String> {
    let start = &body[..body.len().min(4 * EXCERPT)]; // a character has at most 4 bytes
    let text = String::from_utf8_lossy(start);
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let cut = line.char_indices().nth(EXCERPT);
    match cut {
        _ if line.is_empty() => None,
        Some((end, _)) => Some(format!("{}…", &line[..end])),
        None => Some(line),
    }
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
