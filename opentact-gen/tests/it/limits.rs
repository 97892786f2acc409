//! The checks of limits that typify does not write.

use openapi_tree::Source;
use opentact_gen::generate;

use crate::support::single_file::single_file;

const THINGS: &str = include_str!("../fixtures/things.yaml");

/// Returns the code, without white space, of a request with a property of this schema.
fn code_with(property: &str) -> String {
    let body = "schema: { type: object }";
    let schema = "schema: { $ref: \"#/components/schemas/A\" }";
    let a = format!("  schemas:\n    A: {{ type: object, properties: {{ pin: {property} }} }}");
    let spec = THINGS.replacen(body, schema, 1);
    let spec = spec.replacen("  schemas: {}", &a, 1);
    let code = single_file(&generate(Source::new("things.yaml", &spec)).unwrap());
    let code: String = code.split_whitespace().collect();
    code.replace(",)", ")")
}

#[test]
fn number_is_checked_against_its_range() {
    let code = code_with("{ type: integer, minimum: 1, maximum: 9, exclusiveMaximum: true }");
    assert!(code.contains(r#"in_range("pin",value,Some(1),Some(8))"#));
    let code = code_with("{ type: number, format: decimal, minimum: 0, nullable: true }");
    assert!(code.contains(r#"in_range("pin",value,Some(0),None)"#));
    assert!(!code_with("{ type: integer }").contains("in_range("));
}

#[test]
fn password_is_checked_against_its_length() {
    let code = code_with("{ type: string, format: password, minLength: 4, maxLength: 9 }");
    assert!(code.contains(r#"has_length("pin",value,Some(4),Some(9))"#));
    assert!(!code_with("{ type: string, minLength: 4 }").contains("has_length("));
}
