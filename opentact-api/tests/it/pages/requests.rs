//! The request of each operation, as it arrives over a socket: one snapshot a page.

use std::collections::{BTreeMap, HashMap};

use opentact_api::chrono::{DateTime, Utc};
use serde_json::Value;

use super::operation::{Arguments, Operation};
use super::{all, client, pages, send, server, token};
use crate::support::server::Recorded;
use crate::support::spec::{self, SpecOperation};

#[tokio::test]
async fn operations_send_the_examples_of_the_spec() {
    let server = server().await;
    let client = client(&server);
    for page in pages() {
        let mut text = String::new();
        for operation in all().into_iter().filter(|operation| operation.page == page) {
            let result = send(&client, &operation).await;
            assert!(result.is_ok(), "{}: {result:?}", operation.name);
            let requests = server.requests();
            let [request] = requests.as_slice() else {
                panic!("{} sent {} requests", operation.name, requests.len());
            };
            compare(request, &operation);
            text += &shown(request, &operation);
        }
        insta::with_settings!({snapshot_path => "../snapshots"}, {
            insta::assert_snapshot!(page, text);
        });
    }
}

/// Compares a request with the spec.
fn compare(request: &Recorded, operation: &Operation) {
    let (name, spec) = (operation.name, operation.spec());
    let arguments = Arguments::examples(spec);
    let path = format!("/rest{}", spec.path_with(&arguments.parameters));
    assert_eq!(request.method, spec.method.to_uppercase(), "{name}");
    assert_eq!(request.path, path, "{name}");
    assert_eq!(query_of(request), query_in(spec, &arguments), "{name}");
    let body = (!request.body.is_empty()).then(|| serde_json::from_str(&request.body).unwrap());
    let (body, expected) = (body.map(canonical), arguments.body.map(canonical));
    assert_eq!(body, expected, "{name}");
    // All tokens are known, and the one of the preferred scheme is sent.
    let expected = spec.schemes().first().map(|scheme| token(scheme));
    let sent = request.headers.iter().map(|(_, value)| value.as_str());
    let mut sent =
        sent.filter(|value| spec::security_schemes().any(|it| value.ends_with(&token(it))));
    match (sent.next(), expected) {
        (Some(sent), Some(token)) => assert!(sent.ends_with(&token), "{name}"),
        (sent, expected) => assert_eq!(sent, expected.as_deref(), "{name}"),
    }
    assert_eq!(sent.next(), None, "{name}");
}

fn query_of(request: &Recorded) -> HashMap<String, String> {
    let query = request.query.as_deref().unwrap_or_default();
    let url = reqwest::Url::parse(&format!("http://localhost/?{query}")).unwrap();
    let pairs = url.query_pairs();
    pairs
        .map(|(name, value)| (name.into_owned(), spec::text(&canonical(value.into()))))
        .collect()
}

/// Returns a value with all date-times in the same form.
fn canonical(value: Value) -> Value {
    match value {
        Value::String(text) => match text.parse::<DateTime<Utc>>() {
            Ok(time) => time.to_rfc3339().into(),
            Err(_) => text.into(),
        },
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(object) => object
            .into_iter()
            .map(|(name, value)| (name, canonical(value)))
            .collect(),
        value => value,
    }
}

fn query_in(spec: SpecOperation, arguments: &Arguments) -> HashMap<String, String> {
    let parameters = spec.parameters().into_iter().filter(|it| !it.is_in_path);
    let value = |name: &str| spec::text(&canonical(arguments.parameters[name].clone()));
    parameters
        .map(|it| (it.name.to_owned(), value(it.name)))
        .collect()
}

/// Returns a request as text, with placeholders for tokens and what differs from run to run.
fn shown(request: &Recorded, operation: &Operation) -> String {
    let Recorded { method, path, .. } = request;
    let query = request.query.as_ref().map(|query| format!("?{query}"));
    let mut text = format!(
        "# {}\n{method} {path}{}\n",
        operation.name,
        query.unwrap_or_default()
    );
    for (name, value) in &request.headers {
        let value = match name.as_str() {
            "host" => "<server>".to_owned(),
            "user-agent" => value.trim_end_matches(env!("CARGO_PKG_VERSION")).to_owned(),
            _ => spec::security_schemes().fold(value.clone(), |value, scheme| {
                value.replace(&token(scheme), &format!("<{scheme}>"))
            }),
        };
        text += &format!("{name}: {value}\n");
    }
    if !request.body.is_empty() {
        let body: Value = serde_json::from_str(&request.body).unwrap();
        text += &format!("\n{:#}\n", sorted(body));
    }
    text + "\n"
}

/// Returns a value with sorted properties. With the feature `preserve_order` of serde_json, which another
/// crate may enable, they are in the order of the document.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        Value::Object(object) => {
            let object: BTreeMap<String, Value> = object.into_iter().collect();
            let object = object.into_iter();
            object.map(|(name, value)| (name, sorted(value))).collect()
        }
        value => value,
    }
}
