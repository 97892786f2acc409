//! Schemas of OpenAPI 3.0 as JSON Schema.

use openapi_tree::{JsonSchemas, Source, load};
use serde_json::{Value, json};

const DOCUMENT: &str = r##"
components:
  schemas:
    Tree:
      type: object
      required: [size]
      properties:
        size: { type: integer, minimum: 0, exclusiveMinimum: true }
        created: { type: string, format: date-time, nullable: true }
        children: { type: array, items: { $ref: "#/components/schemas/Tree" } }
      additionalProperties: false
    Port: { type: integer, format: int32, minimum: 1 }
    Number: { type: integer, format: int64 }
    Loose: { allOf: [], example: 1, nullable: true }
"##;

fn errors(schema: &str, value: &Value) -> Vec<String> {
    let document = load(Source::new("spec.yaml", DOCUMENT)).unwrap();
    let schema = document
        .root
        .descend(["components", "schemas", schema])
        .unwrap();
    let validator = JsonSchemas::new(&document.root).compile(schema).unwrap();
    let errors = validator.errors(value);
    errors
        .map(|error| format!("{}: {}", error.pointer, error.message))
        .collect()
}

#[test]
fn errors_of_a_valid_value_are_none() {
    let value = json!({ "size": 1, "created": null, "children": [{ "size": 2 }] });
    assert_eq!(errors("Tree", &value), [""; 0]);
    for value in [json!(null), json!([1])] {
        assert_eq!(errors("Loose", &value), [""; 0]);
    }
}

#[test]
fn errors_of_an_invalid_value_have_places() {
    let value = json!({
        "size": 0, "created": "today", "children": [{ "size": null }, { "size": 1, "more": 2 }],
    });
    insta::assert_snapshot!(errors("Tree", &value).join("\n"), @r#"
    /size: the value is less than or equal to the minimum of 0
    /created: the value is not a "date-time"
    /children/0/size: the value is not of type "integer"
    /children/1: Additional properties are not allowed ('more' was unexpected)
    "#);
}

#[test]
fn errors_of_integers_beyond_their_format_name_the_limit() {
    for value in [json!(1), json!(i32::MAX)] {
        assert_eq!(errors("Port", &value), [""; 0]);
    }
    for value in [json!(i64::MIN), json!(i64::MAX)] {
        assert_eq!(errors("Number", &value), [""; 0]);
    }
    assert_eq!(
        errors("Port", &json!(0)),
        [": the value is less than the minimum of 1"]
    );
    assert_eq!(
        errors("Port", &json!(1_i64 << 31)),
        [": the value is greater than the maximum of 2147483647"]
    );
    assert_eq!(
        errors("Number", &json!(1_u64 << 63)),
        [": the value is greater than the maximum of 9223372036854775807"]
    );
}

#[test]
fn errors_never_show_the_value() {
    let errors = errors("Tree", &json!([{ "secret": 1 }]));
    assert_eq!(errors, [": the value is not of type \"object\""]);
}

#[test]
fn standalone_schema_beyond_the_limit_is_none() {
    let document = load(Source::new("spec.yaml", DOCUMENT)).unwrap();
    let tree = document
        .root
        .descend(["components", "schemas", "Tree"])
        .unwrap();
    let schemas = JsonSchemas::new(&document.root);
    assert!(schemas.standalone(tree, 1).is_some());
    assert!(schemas.standalone(tree, 0).is_none());
}
