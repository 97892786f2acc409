//! The reasons why a response cannot be decoded.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

/// The number of characters of a path that a message shows. Names in a response may be of any length.
const SHOWN: usize = 100;

/// Returns the reason why JSON cannot be read as a `T`, without any value from it. serde's message
/// shows values, which may be secrets. The tokens are redacted from names.
pub(crate) fn reason<T: DeserializeOwned>(body: &[u8]) -> String {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let error = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(error) => error,
        Ok(_) => return "there is text after the end of the JSON".to_owned(),
    };
    let (path, json) = (error.path(), error.inner());
    let problem = match json.classify() {
        Category::Eof => "the JSON ends too early".to_owned(),
        Category::Data => mismatch::<T>(body, path, json),
        _ if json.to_string().starts_with("recursion limit exceeded") => {
            "it is nested too deeply".to_owned()
        }
        _ => "it is not JSON".to_owned(),
    };
    let (line, column) = (json.line(), json.column());
    format!("{}{problem}, at line {line}, column {column}", place(path))
}

fn place(path: &Path) -> String {
    let path = path.to_string();
    match path.char_indices().nth(SHOWN) {
        _ if path == "." => String::new(),
        Some((end, _)) => format!("`{}…`: ", &path[..end]),
        None => format!("`{path}`: "),
    }
}

/// Returns the expected value at a path and the kind of the value there.
fn mismatch<T: DeserializeOwned>(body: &[u8], path: &Path, error: &serde_json::Error) -> String {
    let message = error.to_string();
    // These messages name a property of the spec.
    for known in ["missing field `", "duplicate field `"] {
        if let Some((name, _)) = message.strip_prefix(known).and_then(|m| m.split_once('`')) {
            return match known {
                "missing field `" => format!("`{name}` is missing"),
                _ => format!("`{name}` occurs twice"),
            };
        }
    }
    let Ok(mut json) = serde_json::from_slice::<Value>(body) else {
        return "it does not match the spec".to_owned();
    };
    let Some(value) = value_at(&mut json, path) else {
        return "it does not match the spec".to_owned();
    };
    let found = kind(value);
    match expected::<T>(&mut json, path) {
        Some(expected) => format!("expected {expected}, found {found}"),
        None => format!("{found} that does not fit"),
    }
}

/// Returns serde's description of the expected value at a path. It comes from reading another value
/// there, so that it cannot contain the original one.
fn expected<T: DeserializeOwned>(json: &mut Value, path: &Path) -> Option<String> {
    for probe in [Value::Bool(true), Value::from(0)] {
        *value_at(json, path)? = probe;
        let Err(error) = T::deserialize(&*json) else {
            continue;
        };
        let message = error.to_string();
        let (_, expected) = message.split_once(", expected ")?;
        return Some(expected.to_owned());
    }
    None
}

fn value_at<'a>(json: &'a mut Value, path: &Path) -> Option<&'a mut Value> {
    path.iter().try_fold(json, |value, segment| match segment {
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
