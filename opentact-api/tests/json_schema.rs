//! The JSON Schema that schemars derives from every type agrees with the spec: names, kinds,
//! formats, limits and what is required.
#![allow(clippy::unwrap_used)] // helpers of tests

use std::collections::BTreeMap;

use opentact_api::types;
use schemars::{Schema, schema_for};
use serde_json::Value;

/// What a schema says of an object: each property by name, and whether it is required.
type Properties = BTreeMap<String, (Kind, bool)>;

/// What a schema says of a value, in the same words for OpenAPI and JSON Schema.
#[derive(Debug, PartialEq)]
struct Kind {
    description: String,
    nullable: bool,
}

fn spec() -> Value {
    let text = include_str!("../../opentact-sandbox/src/openapi.json");
    let spec: Value = serde_json::from_str(text).unwrap();
    spec["components"]["schemas"].clone()
}

/// Describes a value by its schema. Schemas that are referred to are looked up in `known`;
/// objects among them are described by their name.
fn kind(schema: &Value, known: &Value) -> Kind {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return match &known[name] {
            target if target["properties"].is_object() => Kind {
                description: name.to_lowercase(),
                nullable: false,
            },
            target => kind(target, known),
        };
    }
    if let Some(alternatives) = schema["anyOf"].as_array() {
        return Kind {
            nullable: true,
            ..kind(&alternatives[0], known)
        };
    }
    let (name, nullable) = match &schema["type"] {
        Value::Array(names) => (
            names[0].as_str().unwrap(),
            names.iter().any(|n| n == "null"),
        ),
        name => (name.as_str().unwrap(), schema["nullable"] == true),
    };
    let mut description = name.to_owned();
    if let Some(format) = schema["format"].as_str() {
        description += &format!(" as {format}");
    }
    if let Some(limits) = schema["minLength"]
        .as_u64()
        .zip(schema["maxLength"].as_u64())
    {
        description += &format!(" of {limits:?}");
    }
    if name == "array" {
        let items = kind(&schema["items"], known);
        assert!(!items.nullable);
        description += &format!(" of {}", items.description);
    }
    Kind {
        description,
        nullable,
    }
}

fn properties(schema: &Value, known: &Value) -> Properties {
    let required: Vec<&str> = match schema["required"].as_array() {
        Some(names) => names.iter().filter_map(Value::as_str).collect(),
        None => Vec::new(),
    };
    let properties = schema["properties"].as_object().unwrap().iter();
    properties
        .map(|(name, property)| {
            let required = required.contains(&name.as_str());
            (name.clone(), (kind(property, known), required))
        })
        .collect()
}

/// The types by their names in the spec. What is not a type of its own: the envelopes, which
/// the client opens, and the name for UUIDs.
fn types() -> BTreeMap<&'static str, Schema> {
    BTreeMap::from([
        (
            "AddGroupUsersRequest",
            schema_for!(types::AddGroupUsersRequest),
        ),
        ("CreateGroupRequest", schema_for!(types::CreateGroupRequest)),
        ("GroupName", schema_for!(types::GroupName)),
        ("SIPUser", schema_for!(types::SipUser)),
        ("SIPUserGroup", schema_for!(types::SipUserGroup)),
        ("UpdateGroupRequest", schema_for!(types::UpdateGroupRequest)),
    ])
}

#[test]
fn no_schema_of_the_spec_is_left_out() {
    let spec = spec();
    let names = spec.as_object().unwrap().keys();
    let mut expected: Vec<&str> = names
        .map(String::as_str)
        .filter(|name| !name.ends_with("Envelope") && *name != "Uuid")
        .collect();
    expected.sort_unstable();
    assert_eq!(types().into_keys().collect::<Vec<_>>(), expected);
}

#[test]
fn types_agree_with_the_spec() {
    let spec = spec();
    for (name, schema) in types() {
        let derived = schema.to_value();
        let known = &derived["$defs"];
        if name == "GroupName" {
            assert_eq!(kind(&derived, known), kind(&spec[name], &spec));
            continue;
        }
        let mut derived = properties(&derived, known);
        let expected = properties(&spec[name], &spec);
        // Requests are written, not read: that an optional property of one would be read from
        // `null`, too, is not said to anybody.
        if name.ends_with("Request") {
            for (kind, required) in derived.values_mut() {
                kind.nullable &= *required;
            }
        }
        assert_eq!(derived, expected, "{name}");
    }
}
