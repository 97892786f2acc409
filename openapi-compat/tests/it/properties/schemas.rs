//! Random schemas of OpenAPI 3.0, and documents around them.

use std::fmt;

use openapi_tree::{Document, Source, load};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use super::linked::COMPONENTS;

/// A schema that is shown as JSON.
#[derive(Clone)]
pub(crate) struct Schema(pub(crate) Value);

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The names of properties. There are few, so that schemas have some in common.
pub(crate) const NAMES: [&str; 3] = ["a", "b", "c"];

/// Returns schemas with at most two levels of inner schemas.
pub(crate) fn schema() -> impl Strategy<Value = Schema> {
    let leaf = prop_oneof![4 => leaf().boxed(), 1 => Just(json!({})).boxed()];
    leaf.prop_recursive(2, 10, 3, |inner| {
        prop_oneof![
            2 => array(inner.clone()),
            4 => object(inner.clone()),
            2 => composed(inner),
        ]
    })
    .prop_map(Schema)
}

pub(crate) fn leaf() -> impl Strategy<Value = Value> {
    let kind = prop_oneof![
        3 => string().boxed(),
        3 => number().boxed(),
        1 => Just(json!({"type": "boolean"})).boxed(),
        1 => vec(listed(), 1..4).prop_map(|list| json!({"enum": unique(list)})).boxed(),
        1 => object(Just(json!({}))).boxed(),
    ];
    let mixed = (kind, prop::option::weighted(0.1, string()), nullable());
    mixed.prop_map(|(schema, other, nullable)| {
        // Assertions about another type than that of the schema have no effect.
        let mut merged = other.unwrap_or(json!({}));
        for (keyword, value) in entries(&schema) {
            merged[keyword] = value.clone();
        }
        with(merged, [("nullable", nullable)])
    })
}

fn nullable() -> impl Strategy<Value = Option<Value>> {
    prop::option::weighted(0.2, any::<bool>().prop_map(Value::Bool))
}

/// Returns values for `enum`. Some have another type than the schema.
fn listed() -> impl Strategy<Value = Value> {
    select(vec![
        json!("a"),
        json!("aa"),
        json!("b"),
        json!(0),
        json!(1),
        json!(2),
        json!(1.5),
        json!(null),
        json!(true),
        json!([]),
        json!({}),
        json!({"a": 1}),
    ])
}

fn unique(list: Vec<Value>) -> Vec<Value> {
    let mut unique = Vec::new();
    for value in list {
        if !unique.contains(&value) {
            unique.push(value);
        }
    }
    unique
}

fn string() -> impl Strategy<Value = Value> {
    let pattern = select(PATTERNS.to_vec());
    let format = select(vec!["date-time", "password"]);
    let parts = (
        some(0u64..4),
        some(0u64..4),
        some(pattern),
        prop::option::weighted(0.1, format),
        some(subsequence(vec!["a", "aa", "b", "ab"], 1..4)),
        prop::bool::weighted(0.9),
    );
    parts.prop_map(|(least, most, pattern, format, listed, typed)| {
        let parts = [
            ("type", typed.then(|| json!("string"))),
            ("minLength", least.map(Value::from)),
            ("maxLength", most.map(Value::from)),
            ("pattern", pattern.map(Value::from)),
            ("format", format.map(Value::from)),
            ("enum", listed.map(Value::from)),
        ];
        with(json!({}), parts)
    })
}

pub(crate) const PATTERNS: [&str; 4] = ["^a", "^[a-z]+$", "^a{2,3}$", "b"];

fn number() -> impl Strategy<Value = Value> {
    let bound = || (-2i64..5).prop_map(Value::from);
    let parts = (
        select(vec!["integer", "integer", "number"]),
        some(bound()),
        some(bound()),
        (some(any::<bool>()), some(any::<bool>())),
        some(select(vec![json!(2), json!(3), json!(4), json!(1)])),
        some(subsequence(vec![0, 1, 2, 3, 4], 1..4)),
        prop::option::weighted(0.1, Just("int32")),
    );
    parts.prop_map(
        |(kind, least, most, (above, below), step, listed, format)| {
            let parts = [
                ("type", Some(json!(kind))),
                (
                    "exclusiveMinimum",
                    above.filter(|_| least.is_some()).map(Value::from),
                ),
                (
                    "exclusiveMaximum",
                    below.filter(|_| most.is_some()).map(Value::from),
                ),
                ("minimum", least),
                ("maximum", most),
                ("multipleOf", step),
                ("enum", listed.map(Value::from)),
                ("format", format.map(Value::from)),
            ];
            with(json!({}), parts)
        },
    )
}

fn array(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let parts = (
        prop::option::weighted(0.8, inner),
        some(0u64..3),
        some(0u64..4),
        some(any::<bool>()),
        nullable(),
    );
    parts.prop_map(|(items, least, most, unique, nullable)| {
        let parts = [
            ("items", Some(items.unwrap_or(json!({})))),
            ("minItems", least.map(Value::from)),
            ("maxItems", most.map(Value::from)),
            ("uniqueItems", unique.map(Value::from)),
            ("nullable", nullable),
        ];
        with(json!({"type": "array"}), parts)
    })
}

fn object(inner: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Value> {
    let additional = prop_oneof![
        4 => Just(None),
        2 => any::<bool>().prop_map(|open| Some(Value::Bool(open))),
        2 => inner.clone().prop_map(Some),
    ];
    let parts = (
        vec(prop::option::weighted(0.6, inner), NAMES.len()),
        subsequence(NAMES.to_vec(), 0..=2),
        additional,
        prop::option::weighted(0.2, 0u64..3),
        prop::option::weighted(0.2, 0u64..4),
        prop::bool::weighted(0.9),
        nullable(),
    );
    parts.prop_map(
        |(properties, required, additional, least, most, typed, nullable)| {
            let properties = NAMES.iter().zip(properties);
            let properties: Map<String, Value> = properties
                .filter_map(|(name, schema)| Some(((*name).to_owned(), schema?)))
                .collect();
            let parts = [
                ("type", typed.then(|| json!("object"))),
                (
                    "properties",
                    (!properties.is_empty()).then_some(Value::Object(properties)),
                ),
                ("required", (!required.is_empty()).then(|| json!(required))),
                ("additionalProperties", additional),
                ("minProperties", least.map(Value::from)),
                ("maxProperties", most.map(Value::from)),
                ("nullable", nullable),
            ];
            with(json!({}), parts)
        },
    )
}

/// Returns schemas with `oneOf`.
pub(crate) fn one_of() -> impl Strategy<Value = Schema> {
    let alternative = prop_oneof![
        3 => leaf().boxed(),
        2 => object(leaf().boxed()).boxed(),
        1 => vec(leaf(), 1..3).prop_map(|parts| json!({"allOf": parts})).boxed(),
    ];
    vec(alternative, 1..4).prop_map(|list| Schema(json!({"oneOf": list})))
}

fn composed(inner: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Value> {
    let list = vec(inner.clone(), 1..4);
    let keyword = select(vec!["allOf", "allOf", "anyOf", "oneOf"]);
    let not = inner.clone().prop_map(|schema| json!({"not": schema}));
    let lists = (keyword, list).prop_map(|(keyword, list)| {
        let mut schema = json!({});
        schema[keyword] = list.into();
        schema
    });
    // Sometimes beside other keywords.
    let beside = prop::option::weighted(0.3, inner);
    (prop_oneof![5 => lists, 1 => not], beside).prop_map(|(mut composed, beside)| {
        for (keyword, value) in beside.iter().flat_map(entries) {
            if composed.get(keyword).is_none() {
                composed[keyword] = value.clone();
            }
        }
        composed
    })
}

fn some<S: Strategy>(strategy: S) -> impl Strategy<Value = Option<S::Value>> {
    prop::option::weighted(0.3, strategy)
}

/// Returns a schema with more keywords.
fn with<const N: usize>(mut schema: Value, parts: [(&str, Option<Value>); N]) -> Value {
    for (keyword, value) in parts {
        if let Some(value) = value {
            schema[keyword] = value;
        }
    }
    schema
}

/// Returns the keywords of a schema, or the entries of another mapping.
pub(crate) fn entries(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.as_object().into_iter().flatten()
}

/// Returns a document with two operations: a request and a response have the schema.
pub(crate) fn spec(schema: &Value) -> Value {
    let mut value = schema.clone();
    let components = value
        .as_object_mut()
        .and_then(|value| value.remove(COMPONENTS));
    let mut schemas = components.unwrap_or(json!({}));
    schemas["Value"] = value;
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Value"}}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Values", "version": "1.0.0"},
        "paths": {
            "/value": {
                "get": {"responses": {"200": {"description": "A value.", "content": content}}},
                "put": {
                    "requestBody": {"content": content},
                    "responses": {"204": {"description": "It was taken."}},
                },
            },
        },
        "components": {"schemas": schemas},
    })
}

/// Loads a document.
pub(crate) fn document(text: &str) -> Document {
    load(Source::new("spec.yaml", text)).unwrap()
}

/// Returns the document around a schema.
pub(crate) fn document_of(schema: &Value) -> Document {
    document(&spec(schema).to_string())
}
