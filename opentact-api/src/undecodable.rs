//! Where an answer is not what the spec says, and what was expected there.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use crate::auth::redact::redacted;
use crate::auth::token::Tokens;

/// How many characters of a path are shown. Names in an answer may be of any length.
const SHOWN: usize = 100;

/// Says what keeps JSON from being read as a `T`, without any value that stands in it: serde's
/// own message would show it, and it may be a secret. So may a name; the tokens are there to be
/// taken out of it.
pub(crate) fn reason<T: DeserializeOwned>(body: &[u8], tokens: &Tokens) -> String {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let error = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(error) => error,
        Ok(_) => return "something follows the end of its JSON".to_owned(),
    };
    let (path, json) = (error.path(), error.inner());
    let what = match json.classify() {
        Category::Eof => "the JSON ends too early".to_owned(),
        Category::Data => expectation::<T>(body, path, json),
        _ if json.to_string().starts_with("recursion limit exceeded") => {
            "it is nested too deep".to_owned()
        }
        _ => "it is not JSON".to_owned(),
    };
    let (line, column) = (json.line(), json.column());
    format!(
        "{}{what}, at line {line}, column {column}",
        place(path, tokens)
    )
}

fn place(path: &Path, tokens: &Tokens) -> String {
    // Before it is cut: nobody knows half of a secret again.
    let path = redacted(&path.to_string(), tokens);
    match path.char_indices().nth(SHOWN) {
        _ if path == "." => String::new(),
        Some((end, _)) => format!("`{}…`: ", &path[..end]),
        None => format!("`{path}`: "),
    }
}

/// What was expected at a place, and what kind of value stands there.
fn expectation<T: DeserializeOwned>(body: &[u8], path: &Path, error: &serde_json::Error) -> String {
    let message = error.to_string();
    // These name a property of ours.
    for known in ["missing field `", "duplicate field `"] {
        if let Some((name, _)) = message.strip_prefix(known).and_then(|m| m.split_once('`')) {
            return match known {
                "missing field `" => format!("`{name}` is missing"),
                _ => format!("`{name}` stands there twice"),
            };
        }
    }
    let Ok(mut answer) = serde_json::from_slice::<Value>(body) else {
        return "it is not what the spec says".to_owned();
    };
    let Some(value) = find(&mut answer, path) else {
        return "it is not what the spec says".to_owned();
    };
    let found = kind(value);
    match expected::<T>(&mut answer, path) {
        Some(expected) => format!("expected {expected}, found {found}"),
        None => format!("{found} that does not fit"),
    }
}

/// What is expected at a place, in the words of what reads it. Asked by putting something else
/// there, so that the words cannot contain what stood there.
fn expected<T: DeserializeOwned>(answer: &mut Value, path: &Path) -> Option<String> {
    for probe in [Value::Bool(true), Value::from(0)] {
        *find(answer, path)? = probe;
        let Err(error) = T::deserialize(&*answer) else {
            continue;
        };
        let message = error.to_string();
        let (_, expected) = message.split_once(", expected ")?;
        return Some(expected.to_owned());
    }
    None
}

fn find<'a>(answer: &'a mut Value, path: &Path) -> Option<&'a mut Value> {
    path.iter()
        .try_fold(answer, |value, segment| match segment {
            Segment::Seq { index } => value.get_mut(index),
            Segment::Map { key } => value.get_mut(key),
            Segment::Enum { .. } => Some(value),
            Segment::Unknown => None,
        })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
