//! Properties of request bodies that can be absent, `null` or a value.

use opentact_api::{Nullable, Uuid};
use serde_json::{Map, Value, json};

use super::operation::{Arguments, Operation};
use super::{all, client, server};
use crate::support::server::Server;
use crate::support::spec::{self, SpecOperation};

#[tokio::test]
async fn update_tn_lease_tells_absent_from_null() {
    let server = server().await;
    let client = client(&server);
    let lease = uuid("3c8f7b10-5a4e-4d26-9b0f-7e1d2c6a4f83");
    let connection = uuid("0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41");
    let request = || client.update_tn_lease().uuid(lease);
    let requests = [
        request().body_map(|body| body),
        request().body_map(|body| body.sip_connection(connection)),
        request().body_map(|body| body.sip_connection(Nullable::Null)),
    ];
    for request in requests {
        request.send().await.unwrap();
    }
    let bodies = server.requests().into_iter().map(|request| request.body);
    insta::assert_snapshot!(bodies.collect::<Vec<_>>().join("\n"), @r#"
    {}
    {"sip_connection":"0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41"}
    {"sip_connection":null}
    "#);
}

fn uuid(text: &str) -> Uuid {
    text.parse().unwrap()
}

#[tokio::test]
async fn nullable_properties_have_three_different_bodies() {
    let server = server().await;
    let client = client(&server);
    let mut properties = 0;
    for operation in all() {
        let spec = operation.spec();
        for (name, schema) in nullable_properties(spec) {
            let mut body = required(spec);
            let value = value(spec, name, schema);
            for set in [None, Some(value), Some(Value::Null)] {
                body.remove(name);
                body.extend(set.map(|value| (name.to_owned(), value)));
                let expected = Value::Object(body.clone());
                let sent = sent(&client, &server, &operation, expected.clone()).await;
                assert_eq!(sent, expected, "{} {name}", operation.name);
            }
            properties += 1;
        }
    }
    assert!(properties > 10, "{properties}");
}

/// Returns the body that arrives.
async fn sent(
    client: &opentact_api::Client,
    server: &Server,
    operation: &Operation,
    body: Value,
) -> Value {
    let mut arguments = Arguments::examples(operation.spec());
    arguments.body = Some(body);
    let result = (operation.request)(client, &arguments).send.await;
    assert!(result.is_ok(), "{}: {result:?}", operation.name);
    serde_json::from_str(&server.requests()[0].body).unwrap()
}

/// Returns the optional properties of the body that can be `null`, with their schemas.
fn nullable_properties(spec: SpecOperation) -> Vec<(&'static str, &'static Value)> {
    let Some(schema) = spec.body_schema() else {
        return Vec::new();
    };
    let is_required = |name: &str| spec::items(&schema["required"]).any(|it| it == name);
    let can_be_null = |schema: &'static Value| {
        let mut alternatives = spec::alternatives(schema).into_iter();
        alternatives.any(|schema| schema["nullable"] == true)
    };
    let properties = spec::entries(&schema["properties"]);
    let properties = properties.filter(|(name, schema)| !is_required(name) && can_be_null(schema));
    properties.collect()
}

/// Returns the required properties of the first example.
fn required(spec: SpecOperation) -> Map<String, Value> {
    let schema = spec.body_schema().unwrap();
    let example = spec.bodies()[0];
    let required = spec::items(&schema["required"]).map(|name| name.as_str().unwrap());
    required
        .map(|name| (name.to_owned(), example[name].clone()))
        .collect()
}

/// Returns a value of a property: one of an example, or one that fits its schema.
fn value(spec: SpecOperation, name: &str, schema: &'static Value) -> Value {
    let mut examples = spec.bodies().into_iter().filter_map(|body| body.get(name));
    let example = examples.find(|value| !value.is_null());
    example.cloned().unwrap_or_else(|| fitting(schema))
}

/// Returns a value that fits a schema.
fn fitting(schema: &'static Value) -> Value {
    let alternatives = spec::alternatives(schema);
    let is_value =
        |schema: &&&Value| schema.get("type").is_some() && schema["enum"] != json!([null]);
    let schema = alternatives.iter().find(is_value).unwrap();
    if let Some(value) = spec::items(&schema["enum"]).next() {
        return value.clone();
    }
    match (schema["type"].as_str().unwrap(), schema["format"].as_str()) {
        ("string", Some("uuid")) => json!("0b6c3f5e-8f0a-4b53-9d3e-6a1f6e7c2d41"),
        ("string", Some("date-time")) => json!("2026-11-24T08:00:00Z"),
        ("string", Some("uri")) => json!("https://example.com/"),
        ("string", _) => json!("https://example.com/text"),
        ("integer" | "number", _) => json!(7),
        ("boolean", _) => json!(true),
        ("array", _) => json!([]),
        _ => {
            let required = spec::items(&schema["required"]).map(|name| name.as_str().unwrap());
            let property = |name| fitting(spec::property(schema, name).unwrap());
            required
                .map(|name| (name.to_owned(), property(name)))
                .collect()
        }
    }
}
