//! The JSON Schema that schemars derives for each type, compared with the spec: property names,
//! types, formats, limits and required properties.

use std::collections::BTreeMap;

use opentact_api::groups;
use schemars::{Schema, schema_for};
use serde_json::Value;

/// The properties of an object by name, with `true` for required ones.
type Properties = BTreeMap<String, (Kind, bool)>;

/// The type of a value in a form that is the same for OpenAPI and JSON Schema.
#[derive(Debug, PartialEq)]
struct Kind {
    description: String,
    nullable: bool,
}

fn spec() -> Value {
    let text = include_str!("../../../opentact-sandbox/src/openapi.json");
    let spec: Value = serde_json::from_str(text).unwrap();
    spec["components"]["schemas"].clone()
}

/// Describes a value by its schema. References lead to `known`; objects in it are described by their
/// name.
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

/// Returns the schemas of the types by their names in the spec. Envelopes and UUIDs have no types.
fn types() -> BTreeMap<&'static str, Schema> {
    BTreeMap::from([
        (
            "AddGroupUsersRequest",
            schema_for!(groups::AddGroupUsersRequest),
        ),
        (
            "CreateGroupRequest",
            schema_for!(groups::CreateGroupRequest),
        ),
        ("GroupName", schema_for!(groups::GroupName)),
        ("SIPUser", schema_for!(groups::SipUser)),
        ("SIPUserGroup", schema_for!(groups::SipUserGroup)),
        (
            "UpdateGroupRequest",
            schema_for!(groups::UpdateGroupRequest),
        ),
    ])
}

#[test]
fn json_schema_of_each_type_agrees_with_the_spec() {
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
        // The types of requests accept `null` for optional properties, which clients must not send.
        if name.ends_with("Request") {
            for (kind, required) in derived.values_mut() {
                kind.nullable &= *required;
            }
        }
        assert_eq!(derived, expected, "{name}");
    }
}
