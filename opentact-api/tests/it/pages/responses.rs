//! The examples of the responses: success responses survive decoding and encoding, and error responses
//! become errors.

use std::sync::{Arc, Mutex};

use opentact_api::ErrorKind;
use opentact_api::chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{all, client, send};
use crate::support::server::{Response, Server};

/// Starts a server that sends the response that the test sets.
async fn server() -> (Server, Arc<Mutex<Response>>) {
    let next = Arc::new(Mutex::new(Response::json(200, "")));
    let response = Arc::clone(&next);
    let server = Server::responding(move |_| response.lock().unwrap().clone()).await;
    (server, next)
}

#[tokio::test]
async fn success_examples_are_decoded_without_loss() {
    let (server, next) = server().await;
    let client = client(&server);
    let mut examples = 0;
    for operation in all() {
        let responses = operation.spec().responses().into_iter();
        for example in responses.filter(|example| example.status.starts_with('2')) {
            let status = example.status.parse().unwrap();
            *next.lock().unwrap() = Response::json(status, example.body.to_string());
            let place = format!("{} {}: {}", operation.name, example.status, example.name);
            let received = send(&client, &operation).await;
            let received = received.unwrap_or_else(|error| panic!("{place}: {error}"));
            assert_eq!(received.warnings, [""; 0], "{place}");
            let payload = without_nulls(&example.body["payload"]);
            assert_eq!(without_nulls(&received.payload), payload, "{place}");
            examples += 1;
        }
    }
    assert!(examples > 160, "{examples}");
}

#[tokio::test]
async fn error_examples_become_errors() {
    let (server, next) = server().await;
    let client = client(&server);
    let mut examples = 0;
    for operation in all() {
        let responses = operation.spec().responses().into_iter();
        for example in responses.filter(|example| !example.status.starts_with('2')) {
            let body = example.body;
            let status = match example.status {
                "4XX" | "5XX" => u16::try_from(body["status"].as_u64().unwrap()).unwrap(),
                status => status.parse().unwrap(),
            };
            *next.lock().unwrap() = Response::json(status, body.to_string());
            let place = format!("{} {}: {}", operation.name, example.status, example.name);
            let error = send(&client, &operation).await.unwrap_err();
            assert_eq!(error.operation(), operation.name, "{place}");
            assert_eq!(error.kind(), kind(status), "{place}");
            assert_eq!(error.status().unwrap().as_u16(), status, "{place}");
            assert_eq!(
                error.api_status().map(u64::from),
                body["status"].as_u64(),
                "{place}"
            );
            assert_eq!(error.message(), body["message"].as_str(), "{place}");
            let fields = body["fields"].as_object().into_iter().flatten();
            let fields: Vec<_> = fields
                .map(|(path, field)| (path.as_str(), field["message"].as_str()))
                .collect();
            let shown = error.fields().iter();
            let shown: Vec<_> = shown.map(|field| (field.path(), field.message())).collect();
            assert_eq!(shown, fields, "{place}");
            examples += 1;
        }
    }
    assert!(examples > 320, "{examples}");
}

fn kind(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        404 => ErrorKind::NotFound,
        429 => ErrorKind::RateLimited,
        _ => ErrorKind::Api,
    }
}

/// Removes the properties that are `null`, and those that are empty lists: a type of a response does not
/// tell them from absent ones. Date-times get the same form.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        Value::Object(object) => {
            let properties = object
                .iter()
                .filter(|(_, value)| !value.is_null() && **value != json!([]));
            let properties = properties.map(|(name, value)| (name.clone(), without_nulls(value)));
            Value::Object(properties.collect())
        }
        Value::String(text) => match text.parse::<DateTime<Utc>>() {
            Ok(time) => time.to_rfc3339().into(),
            Err(_) => value.clone(),
        },
        value => value.clone(),
    }
}
