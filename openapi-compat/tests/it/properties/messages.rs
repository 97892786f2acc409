//! Random operations: parameters, media types and statuses around schemas, and the messages that they
//! allow.

use std::collections::BTreeSet;

use openapi_tree::Document;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use super::schemas::{Schema, document, document_of, entries, leaf};
use super::values::{members, validator};

/// The keys of content. The last ones are ranges.
const KEYS: [&str; 4] = [
    "application/json",
    "application/problem+json",
    "application/*",
    "*/*",
];
/// The types of messages.
const TYPES: [&str; 4] = [
    "application/json",
    "application/problem+json",
    "application/cbor",
    "text/html",
];
const STATUS_KEYS: [&str; 7] = ["200", "201", "2XX", "404", "4XX", "5XX", "default"];
const STATUSES: [&str; 6] = ["200", "201", "204", "404", "409", "500"];
/// The texts that are sent as parameters.
const TEXTS: [&str; 11] = [
    "a", "aa", "b", "ab", "0", "1", "2", "-1", "12", "1.5", "true",
];

fn parameter() -> impl Strategy<Value = Value> {
    let schema = select(vec![
        json!({"type": "string"}),
        json!({"type": "string", "maxLength": 1}),
        json!({"type": "string", "minLength": 2}),
        json!({"type": "string", "enum": ["a", "b"]}),
        json!({"type": "string", "pattern": "^[0-9]+$"}),
        json!({"type": "integer"}),
        json!({"type": "integer", "minimum": 1}),
        json!({"type": "integer", "enum": [0, 1]}),
        json!({"type": "number", "maximum": 2}),
        json!({"type": "boolean"}),
    ]);
    let parts = (schema, any::<bool>());
    parts.prop_map(|(schema, required)| json!({"schema": schema, "required": required}))
}

fn content() -> impl Strategy<Value = Value> {
    let keys = subsequence(KEYS.to_vec(), 1..=3);
    let parts = (keys, prop::collection::vec(leaf(), KEYS.len()));
    parts.prop_map(|(keys, schemas)| keys.into_iter().zip(schemas).collect())
}

/// Returns operations as parts that can be exchanged: parameters, body and responses.
pub(crate) fn operation() -> BoxedStrategy<Schema> {
    let parameters = (
        prop::option::weighted(0.7, parameter()),
        prop::option::weighted(0.4, parameter()),
    );
    let body = prop::option::weighted(0.8, (content(), any::<bool>()));
    let statuses = subsequence(STATUS_KEYS.to_vec(), 1..=3);
    let responses = (statuses, prop::collection::vec(content(), 3));
    let parts = (parameters, body, responses);
    let operations = parts.prop_map(|((a, b), body, (statuses, contents))| {
        let parameters = [("a", a), ("b", b)].into_iter();
        let parameters: Map<String, Value> = parameters
            .filter_map(|(name, parameter)| Some((name.to_owned(), parameter?)))
            .collect();
        let body =
            body.map(|(content, required)| json!({"content": content, "required": required}));
        let responses: Map<String, Value> = statuses
            .into_iter()
            .map(str::to_owned)
            .zip(contents)
            .collect();
        let mut operation = json!({"parameters": parameters, "responses": responses});
        if let Some(body) = body {
            operation["body"] = body;
        }
        Schema(operation)
    });
    operations.boxed()
}

/// Returns the first of two operations with some parts of the other one.
pub(crate) fn mixed(own: &Value, other: &Value, take: &mut impl FnMut() -> bool) -> Value {
    let (Value::Object(own_parts), Value::Object(other_parts)) = (own, other) else {
        return if take() { other.clone() } else { own.clone() };
    };
    // A schema is one part.
    let is_whole = ["type", "enum", "nullable"]
        .iter()
        .any(|keyword| own_parts.contains_key(*keyword));
    if is_whole || own_parts.is_empty() || other_parts.is_empty() {
        return if take() { other.clone() } else { own.clone() };
    }
    let keys: BTreeSet<&String> = own_parts.keys().chain(other_parts.keys()).collect();
    let mut mixed = Map::new();
    for key in keys {
        let part = match (own_parts.get(key), other_parts.get(key)) {
            (Some(own), Some(other)) => Some(self::mixed(own, other, take)),
            (own, other) => if take() { other } else { own }.cloned(),
        };
        mixed.extend(part.map(|part| (key.clone(), part)));
    }
    Value::Object(mixed)
}

fn content_of(schemas: &Value) -> Value {
    let entries = entries(schemas);
    entries
        .map(|(key, schema)| (key.clone(), json!({"schema": schema})))
        .collect()
}

/// Returns the document with an operation.
pub(crate) fn document_with(operation: &Value) -> Document {
    let parameters: Vec<Value> = entries(&operation["parameters"])
        .map(|(name, parameter)| {
            let (schema, required) = (&parameter["schema"], &parameter["required"]);
            json!({"name": name, "in": "query", "required": required, "schema": schema})
        })
        .collect();
    let responses: Map<String, Value> = entries(&operation["responses"])
        .map(|(status, content)| {
            let response = json!({"description": "It.", "content": content_of(content)});
            (status.clone(), response)
        })
        .collect();
    let mut written = json!({"parameters": parameters, "responses": responses});
    if let Some(body) = operation.get("body") {
        let content = content_of(&body["content"]);
        written["requestBody"] = json!({"content": content, "required": body["required"]});
    }
    let spec = json!({
        "openapi": "3.0.3",
        "info": {"title": "Messages", "version": "1.0.0"},
        "paths": {"/value": {"post": written}},
    });
    document(&spec.to_string())
}

fn is_valid(schema: &Value, value: &Value) -> bool {
    validator(&document_of(schema)).is_valid(value)
}

/// Returns `true` if a text is a value of a schema.
fn is_text_of(schema: &Value, text: &str) -> bool {
    let read: Option<Value> = serde_json::from_str(text).ok();
    is_valid(schema, &json!(text)) || read.is_some_and(|value| is_valid(schema, &value))
}

/// Returns the schema of the most specific key that covers a media type.
fn schema_for<'v>(content: &'v Value, media_type: &str) -> Option<&'v Value> {
    let (kind, _) = media_type.split_once('/').unwrap();
    let keys = [media_type.to_owned(), format!("{kind}/*"), "*/*".to_owned()];
    keys.iter().find_map(|key| content.get(key))
}

/// Returns a request that one operation takes and another one does not.
pub(crate) fn lost_request(base: &Value, head: &Value) -> Option<String> {
    for name in ["a", "b"] {
        let (Some(newer), older) = (head["parameters"].get(name), base["parameters"].get(name))
        else {
            continue; // a parameter that is removed changes no request that has none
        };
        let is_required =
            |parameter: Option<&Value>| parameter.is_some_and(|it| it["required"] == json!(true));
        if is_required(Some(newer)) && !is_required(older) {
            return Some(format!("without {name}"));
        }
        let Some(older) = older else {
            continue;
        };
        let is_lost = |text: &&&str| {
            is_text_of(&older["schema"], text) && !is_text_of(&newer["schema"], text)
        };
        if let Some(text) = TEXTS.iter().find(is_lost) {
            return Some(format!("{name}={text}"));
        }
    }
    let needs_body = |operation: &Value| operation["body"]["required"] == json!(true);
    if needs_body(head) && !needs_body(base) {
        return Some("no body".to_owned());
    }
    let (older, newer) = (&base["body"]["content"], &head["body"]["content"]);
    for media_type in TYPES {
        let Some(older) = schema_for(older, media_type) else {
            continue;
        };
        let Some(newer) = schema_for(newer, media_type) else {
            return Some(media_type.to_owned());
        };
        let lost = members(older, newer)
            .into_iter()
            .find(|value| !is_valid(newer, value));
        if let Some(lost) = lost {
            return Some(format!("{media_type}: {lost}"));
        }
    }
    None
}

/// Returns the response with the most specific key that covers a status, and `true` if it is the
/// default.
fn response_for<'v>(operation: &'v Value, status: &str) -> Option<(bool, &'v Value)> {
    let range = format!("{}XX", &status[..1]);
    let keys = [status, &range, "default"].into_iter();
    let responses = &operation["responses"];
    keys.filter_map(|key| Some((key == "default", responses.get(key)?)))
        .next()
}

/// Returns a response that the newer operation yields and clients of the older one do not know.
pub(crate) fn unknown_response(base: &Value, head: &Value) -> Option<String> {
    for status in STATUSES {
        let Some((is_default, newer)) = response_for(head, status) else {
            continue;
        };
        // Beside a success, a default is for errors.
        if is_default && status.starts_with('2') {
            continue;
        }
        let Some((_, older)) = response_for(base, status) else {
            if status.starts_with('2') {
                return Some(status.to_owned());
            }
            continue; // clients know the classes of errors
        };
        for media_type in TYPES {
            // Clients select one of the types that they know.
            let (Some(newer), Some(older)) =
                (schema_for(newer, media_type), schema_for(older, media_type))
            else {
                continue;
            };
            let unknown = members(newer, older)
                .into_iter()
                .find(|value| !is_valid(older, value));
            if let Some(unknown) = unknown {
                return Some(format!("{status} {media_type}: {unknown}"));
            }
        }
    }
    None
}
