//! The checks of limits that typify does not write.

use openapi_tree::{Source, load};
use opentact_gen::{check, generate};

use crate::support::single_file::single_file;

const THINGS: &str = include_str!("../fixtures/things.yaml");

/// Returns a spec with a request with a property of this schema.
fn spec_with(property: &str) -> String {
    let body = "schema: { type: object }";
    let schema = "schema: { $ref: \"#/components/schemas/A\" }";
    let a = format!("  schemas:\n    A: {{ type: object, properties: {{ pin: {property} }} }}");
    let spec = THINGS.replacen(body, schema, 1);
    spec.replacen("  schemas: {}", &a, 1)
}

/// Returns the code, without white space, of a request with a property of this schema.
fn code_with(property: &str) -> String {
    let spec = spec_with(property);
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

#[test]
fn limit_that_cannot_be_checked_is_reported() {
    const INTEGER: &str = "{ type: integer, maximum: 9 }";
    const PASSWORD: &str = "{ type: string, format: password, minLength: 4 }";
    let list = |items| format!("{{ type: array, items: {items} }}");
    let object = |schema| format!("{{ type: object, properties: {{ a: {schema} }} }}");
    let reasons = |property: &str| {
        let document = load(Source::new("things.yaml", &spec_with(property))).unwrap();
        let findings = check(&document).err();
        let findings = findings.iter().flat_map(|findings| findings.iter());
        let reasons = findings.map(|it| format!("{}: {}", it.rule, it.message));
        reasons.collect::<Vec<_>>().join("; ")
    };
    let elsewhere = |keyword: &str, what: &str| {
        format!("limit: the client cannot check this `{keyword}`: the {what} of a component schema")
    };
    let number = elsewhere("maximum", "number is no parameter, and no property");
    let password = elsewhere("minLength", "password is no property");
    assert_eq!(reasons(INTEGER), "");
    assert_eq!(reasons(PASSWORD), "");
    assert_eq!(reasons(&list(INTEGER)), number);
    assert_eq!(reasons(&object(INTEGER)), number);
    assert_eq!(reasons(&list(PASSWORD)), password);
    assert_eq!(reasons(&object(PASSWORD)), password);
    for (property, reason) in [
        (
            "{ type: number, format: decimal, minimum: 0.5 }",
            "an integer of 64 bits",
        ),
        (
            "{ type: number, format: double, minimum: 0 }",
            "is not exact",
        ),
        (
            "{ type: integer, enum: [1, 2], minimum: 1 }",
            "lists the values",
        ),
        ("{ type: integer, multipleOf: 5 }", "no code"),
    ] {
        let found = reasons(property);
        assert!(
            found.starts_with("limit: ") && found.contains(reason),
            "{property}: {found}"
        );
    }
}
