//! Schemas that contain themselves.

use super::{PROVED, REFUTED, UNKNOWN, answer, proof};
use crate::level::Direction::Request;

const LISTS: &str = "
    A: { type: object, properties: { v: { type: integer }, next: { $ref: '#/components/schemas/A' } } }
    B: { type: object, properties: { v: { type: number }, next: { $ref: '#/components/schemas/B' } } }
";

#[test]
#[rustfmt::skip] // a table
fn recursion_is_assumed_only_below_a_property_or_an_item() {
    let (a, b) = ("{ $ref: '#/components/schemas/A' }", "{ $ref: '#/components/schemas/B' }");
    // A schema that is composed of itself says nothing that ends.
    let composed = "    A: { anyOf: [{ $ref: '#/components/schemas/A' }, { type: string }] }\n";
    for (wide, narrow, others, expected) in [
        (b, a, LISTS, PROVED),
        (a, b, LISTS, REFUTED),
        (a, "{ type: integer }", composed, UNKNOWN),
    ] {
        let proof = proof(wide, narrow, others, Request);
        assert_eq!(answer(&proof), expected, "{narrow}\n  within {wide}, {others}: {proof:?}");
    }
}

/// `N` has no value that is one of `W`, if none of its properties has. But the values of `N` are
/// all others than those of `W`.
#[test]
fn assumption_about_inner_values_says_nothing_about_the_values_around_them() {
    for w in [
        "{ properties: { r: false }, allOf: [{ type: object }] }",
        "{ additionalProperties: false, allOf: [{ type: object }] }",
    ] {
        let others = format!(
            "    W: {w}\n    N: {{ not: {{ $ref: '#/components/schemas/W' }}, properties: {{ r: {{ $ref: \
             '#/components/schemas/N' }} }} }}\n"
        );
        let wide = "{ properties: { r: { $ref: '#/components/schemas/W' } } }";
        let proof = proof(wide, "{ $ref: '#/components/schemas/N' }", &others, Request);
        assert!(!proof.is_proved(), "{w}");
    }
}

/// `R` fails at its last property, after what assumes it was proved.
#[test]
fn proof_is_forgotten_if_its_assumption_fails() {
    let reference = |name: &str| format!("{{ $ref: '#/components/schemas/{name}' }}");
    let object = |name: &str, properties: &[(&str, &str)]| {
        let properties = properties.iter();
        let properties: Vec<String> = properties
            .map(|(name, schema)| format!("{name}: {}", reference(schema)))
            .collect();
        format!(
            "    {name}: {{ type: object, properties: {{ {} }} }}\n",
            properties.join(", ")
        )
    };
    let others = [
        object("R", &[("p", "S"), ("t", "T"), ("q", "Integer")]),
        object("S", &[("u", "U"), ("r", "R")]),
        object("U", &[("s", "S")]),
        object("T", &[("u", "U")]),
        object("N", &[("p", "NS"), ("t", "NT"), ("q", "String")]),
        object("NS", &[("u", "NU"), ("r", "N")]),
        object("NU", &[("s", "NS")]),
        object("NT", &[("u", "NU")]),
        "    Integer: { type: integer }\n    String: { type: string }\n".to_owned(),
    ];
    let deep = |schema: &str| {
        let inner = (0..5).fold(schema.to_owned(), |inner, _| {
            format!("{{ type: object, properties: {{ d: {inner} }} }}")
        });
        format!("b: {inner}")
    };
    let n = reference("N");
    for wide in [
        format!("{{ properties: {{ p: {} }} }}", reference("S")),
        format!("{{ properties: {{ t: {} }} }}", reference("T")),
        format!(
            "{{ properties: {{ p: {{ properties: {{ u: {} }} }} }} }}",
            reference("U")
        ),
    ] {
        let alternatives = format!(
            "{{ anyOf: [{{ properties: {{ a: {} }} }}, {{ properties: {{ {} }} }}] }}",
            reference("R"),
            deep(&wide),
        );
        let object = format!("{{ type: object, properties: {{ a: {n}, {} }} }}", deep(&n));
        let proof = proof(&alternatives, &object, &others.concat(), Request);
        assert!(!proof.is_proved(), "{wide}");
    }
}
