//! One row for each rule of the prover: a wide schema, a narrow one, and the answer.

mod recursion;

use openapi_tree::{Document, Source, load};

use super::Prover;
use super::part::{Place, Side};
use super::proof::Proof;
use crate::dialect;
use crate::level::Direction::{self, Request, Response};
use crate::revision::ElementTree;

/// Asks whether `wide` includes `narrow`. Both can refer to other schemas of the document.
fn proof(wide: &str, narrow: &str, others: &str, direction: Direction) -> Proof {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: 1.0.0 }}\npaths: {{}}\ncomponents:\n  schemas:\n    \
         Wide: {wide}\n    Narrow: {narrow}\n{others}"
    );
    let Document {
        mut root, sources, ..
    } = load(Source::new("t.yaml", &text)).unwrap();
    dialect::rewrite(&mut root);
    let tree = || ElementTree::new(&root, &sources);
    let schema = |name| root.descend(["components", "schemas", name]).unwrap();
    let place = |name| Place::new(Side::Base, schema(name));
    Prover::new(&tree(), &tree()).includes(place("Wide"), place("Narrow"), direction)
}

const PROVED: &str = "proved";
const REFUTED: &str = "refuted";
const UNKNOWN: &str = "unknown";

fn answer(proof: &Proof) -> &'static str {
    match proof {
        Proof::Proved => PROVED,
        Proof::Refuted(_) => REFUTED,
        Proof::Unknown { .. } => UNKNOWN,
    }
}

fn check(rows: &[(&str, &str, &str)]) {
    let wrong = rows.iter().filter_map(|(wide, narrow, expected)| {
        let proof = proof(wide, narrow, "", Request);
        (answer(&proof) != *expected).then(|| format!("{narrow}\n  within {wide}: {proof:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[rustfmt::skip] // a table
fn limits_of_numbers_hold_for_all_values_or_are_refuted() {
    check(&[
        ("{ type: integer }", "{ type: number, multipleOf: 1 }", PROVED),
        ("{ type: integer }", "{ type: number, multipleOf: 0.5 }", REFUTED),
        ("{ type: integer }", "{ type: number, minimum: 2, maximum: 2 }", PROVED),
        ("{ type: integer }", "{ type: number, minimum: 2, maximum: 3 }", REFUTED),
        ("{ minimum: 1 }", "{ type: integer, exclusiveMinimum: 0 }", PROVED),
        ("{ minimum: 1 }", "{ type: number, exclusiveMinimum: 0 }", REFUTED),
        ("{ exclusiveMinimum: 0 }", "{ type: number, minimum: 0 }", REFUTED),
        ("{ exclusiveMaximum: 3 }", "{ type: integer, maximum: 2.5 }", PROVED),
        ("{ exclusiveMaximum: 3 }", "{ type: number, maximum: 3 }", REFUTED),
        ("{ maximum: 127 }", "{ type: integer, format: int8 }", PROVED),
        ("{ maximum: 126 }", "{ type: integer, format: int8 }", REFUTED),
        ("{ format: int8 }", "{ type: integer, minimum: -128, maximum: 127 }", PROVED),
        ("{ format: int8 }", "{ type: integer, minimum: -129, maximum: 127 }", REFUTED),
        ("{ multipleOf: 0.1 }", "{ type: number, multipleOf: 0.3 }", PROVED),
        ("{ multipleOf: 0.2 }", "{ type: number, multipleOf: 0.3 }", REFUTED),
        ("{ multipleOf: 1 }", "{ type: integer }", PROVED),
        ("{ multipleOf: 0.5 }", "{ type: integer }", PROVED),
        ("{ multipleOf: 2 }", "{ type: integer, minimum: 4, maximum: 4 }", PROVED),
        ("{ multipleOf: 2 }", "{ type: integer, minimum: 4, maximum: 5 }", REFUTED),
        ("{ minimum: 3 }", "{ type: string }", PROVED),
        ("false", "{ type: integer, minimum: 1.2, maximum: 1.8 }", PROVED),
        ("false", "{ type: number, minimum: 1.2, maximum: 1.8 }", REFUTED),
        ("false", "{ type: number, minimum: 2, exclusiveMaximum: 2 }", PROVED),
    ]);
}

#[test]
#[rustfmt::skip] // a table
fn limits_of_texts_and_counts_hold_for_all_values_or_are_refuted() {
    check(&[
        ("{ minLength: 2 }", "{ type: string, minLength: 3 }", PROVED),
        ("{ minLength: 3 }", "{ type: string, minLength: 2 }", REFUTED),
        ("{ maxLength: 3 }", "{ type: string, maxLength: 3 }", PROVED),
        ("{ maxLength: 2 }", "{ type: string, maxLength: 3 }", REFUTED),
        ("{ pattern: '^a' }", "{ type: string, pattern: '^a' }", PROVED),
        ("{ pattern: '^a' }", "{ type: string }", REFUTED),
        ("{ pattern: '.*' }", "{ type: string }", PROVED),
        ("{ format: email }", "{ type: string, format: email }", PROVED),
        ("{ format: email }", "{ type: string, format: uri }", REFUTED),
        ("{ format: password }", "{ type: string }", PROVED),
        ("{ type: string, minLength: 1 }", "{ enum: [a, b] }", PROVED),
        ("{ type: string, minLength: 2 }", "{ enum: [a, bb] }", REFUTED),
        ("{ enum: [a, b, 1] }", "{ enum: [b, 1.0] }", PROVED),
        ("{ enum: [1, 2, 3] }", "{ type: integer, minimum: 1, maximum: 3 }", PROVED),
        ("{ enum: [1, 2] }", "{ type: integer, minimum: 1, maximum: 3 }", REFUTED),
        ("{ enum: [true, false, null] }", "{ type: [boolean, 'null'] }", PROVED),
        ("{ enum: [true, null] }", "{ type: [boolean, 'null'] }", REFUTED),
        ("{ type: string, format: invoice-number }", "{ enum: [a] }", UNKNOWN),
        ("{ maxItems: 2 }", "{ type: array, maxItems: 2 }", PROVED),
        ("{ maxItems: 1 }", "{ type: array, maxItems: 2 }", REFUTED),
        ("{ minItems: 1 }", "{ type: array, minItems: 1 }", PROVED),
        ("{ minItems: 2 }", "{ type: array, minItems: 1 }", REFUTED),
        ("{ uniqueItems: true }", "{ type: array, maxItems: 1 }", PROVED),
        ("{ uniqueItems: true }", "{ type: array, maxItems: 2 }", REFUTED),
        ("{ uniqueItems: true }", "{ type: array, uniqueItems: true }", PROVED),
        ("{ minProperties: 1 }", "{ type: object, required: [a] }", PROVED),
        ("{ minProperties: 2 }", "{ type: object, required: [a] }", REFUTED),
        ("{ maxProperties: 1 }", "{ type: object, properties: { a: {} }, additionalProperties: false }", PROVED),
        ("{ maxProperties: 1 }", "{ type: object, properties: { a: {}, b: {} }, additionalProperties: false }", REFUTED),
        ("false", "{ type: string, minLength: 3, maxLength: 2 }", PROVED),
        ("false", "{ type: array, minItems: 3, maxItems: 2 }", PROVED),
        ("false", "{ type: object, minProperties: 3, maxProperties: 2 }", PROVED),
        ("false", "{ allOf: [{ type: string }, { type: integer }] }", PROVED),
        ("false", "{ allOf: [{ enum: [a] }, { enum: [b] }] }", PROVED),
    ]);
}

#[test]
#[rustfmt::skip] // a table
fn properties_and_items_are_proved_one_by_one() {
    check(&[
        ("{ required: [a] }", "{ type: object, required: [a, b] }", PROVED),
        ("{ required: [a] }", "{ type: object, properties: { a: {} } }", REFUTED),
        ("{ required: [a] }", "{ type: string }", PROVED),
        ("{ properties: { a: { type: number } } }", "{ type: object, properties: { a: { type: integer } } }", PROVED),
        ("{ properties: { a: { type: integer } } }", "{ type: object, properties: { a: { type: number } } }", REFUTED),
        // A new property restricts no former value.
        ("{ properties: { a: { type: integer } } }", "{ type: object, properties: { b: {} } }", PROVED),
        ("{ properties: { a: { type: integer } } }", "{ type: object, additionalProperties: { type: string } }", REFUTED),
        ("{ properties: { a: { type: integer } } }", "{ type: object, required: [a] }", REFUTED),
        ("{ additionalProperties: false }", "{ type: object, properties: { b: {} } }", REFUTED),
        ("{ properties: { b: {} }, additionalProperties: false }", "{ type: object, properties: { b: {} } }", PROVED),
        ("{ additionalProperties: { type: number } }", "{ type: object, additionalProperties: { type: integer } }", PROVED),
        ("{ additionalProperties: { type: integer } }", "{ type: object, additionalProperties: { type: number } }", REFUTED),
        // An object that names nothing is a map.
        ("{ additionalProperties: { type: integer } }", "{ type: object }", REFUTED),
        ("{ patternProperties: { '^x': { type: integer } } }", "{ type: object, properties: { xa: { type: number } } }", REFUTED),
        ("{ patternProperties: { '^x': { type: integer } } }", "{ type: object, properties: { xa: { type: integer } }, additionalProperties: false }", PROVED),
        ("{ dependentRequired: { a: [b] } }", "{ type: object, required: [b] }", PROVED),
        ("{ dependentRequired: { a: [b] } }", "{ type: object, properties: { a: {} } }", REFUTED),
        ("{ dependentRequired: { a: [b] } }", "{ type: object, properties: { c: {} } }", REFUTED),
        ("{ dependentRequired: { a: [b] } }", "{ type: object, properties: { a: false } }", PROVED),
        ("{ dependentSchemas: { a: { required: [b] } } }", "{ type: object, properties: { a: {} } }", REFUTED),
        ("{ propertyNames: { maxLength: 1 } }", "{ type: object, properties: { aa: {} }, additionalProperties: false }", REFUTED),
        ("{ propertyNames: { maxLength: 1 } }", "{ type: object, properties: { a: {} }, additionalProperties: false }", PROVED),
        ("{ propertyNames: { maxLength: 1 } }", "{ type: object, properties: { a: {} } }", UNKNOWN),
        ("{ items: { type: number } }", "{ type: array, items: { type: integer } }", PROVED),
        ("{ items: { type: integer } }", "{ type: array, items: { type: number } }", REFUTED),
        ("{ items: { type: integer } }", "{ type: array, maxItems: 0 }", PROVED),
        ("{ prefixItems: [{ type: string }] }", "{ type: array, items: { type: string } }", PROVED),
        ("{ prefixItems: [{ type: string }], items: { type: integer } }", "{ type: array, items: { type: string } }", REFUTED),
        ("{ items: { type: string } }", "{ type: array, prefixItems: [{ type: string }], maxItems: 1 }", PROVED),
        ("{ items: { type: string } }", "{ type: array, prefixItems: [{ type: string }] }", REFUTED),
        ("{ contains: { type: string } }", "{ type: array, contains: { type: string } }", PROVED),
        ("{ contains: { type: string } }", "{ type: array, contains: { type: string }, maxContains: 1 }", UNKNOWN),
        ("false", "{ type: object, required: [a], properties: { a: false } }", PROVED),
        ("false", "{ type: object, properties: { a: false } }", REFUTED),
        ("false", "{ type: array, items: false, minItems: 1 }", PROVED),
        ("false", "{ type: array, items: false }", REFUTED),
    ]);
}

#[test]
#[rustfmt::skip] // a table
fn alternatives_are_cases_of_the_narrow_and_choices_of_the_wide_schema() {
    check(&[
        ("{ anyOf: [{ type: string }, { type: integer }] }", "{ type: [integer, string] }", PROVED),
        ("{ oneOf: [{ type: string }, { type: integer }] }", "{ anyOf: [{ type: integer }, { type: string }] }", PROVED),
        ("{ oneOf: [{ type: number }, { type: integer }] }", "{ type: integer }", REFUTED),
        ("{ oneOf: [{ type: number }, { type: integer }] }", "{ type: number, exclusiveMinimum: 0, exclusiveMaximum: 1 }", PROVED),
        ("{ type: number }", "{ oneOf: [{ type: integer }, { type: number }] }", PROVED),
        ("false", "{ type: integer, minimum: 3, not: { minimum: 2 } }", PROVED),
        ("false", "{ type: integer, minimum: 3, not: { minimum: 4 } }", REFUTED),
        ("{ not: { type: integer } }", "{ oneOf: [{ type: integer }, { type: number }] }", PROVED),
        ("{ not: { type: integer } }", "{ anyOf: [{ type: integer }, { type: number }] }", REFUTED),
        ("{ allOf: [{ minimum: 1 }, { maximum: 3 }] }", "{ type: integer, minimum: 1, maximum: 3 }", PROVED),
        ("{ allOf: [{ minimum: 1 }, { maximum: 2 }] }", "{ type: number, minimum: 1, maximum: 3 }", REFUTED),
        ("{ not: { type: string } }", "{ type: integer }", PROVED),
        ("{ not: { type: string } }", "{ type: [integer, string] }", REFUTED),
        ("{ type: integer }", "{ not: { not: { type: integer } } }", PROVED),
        ("{ not: { minimum: 3 } }", "{ not: { minimum: 3 } }", PROVED),
        ("false", "{ not: { type: strange } }", UNKNOWN),
        ("{ minimum: 1 }", "{ if: { type: number }, then: { minimum: 1 } }", PROVED),
        ("{ minimum: 1 }", "{ if: { type: number }, else: { minimum: 1 } }", REFUTED),
        (
            "{ anyOf: [{ required: [k], properties: { k: { enum: [a] } } }, { required: [k], properties: { k: { enum: [b] } } }] }",
            "{ type: object, properties: { k: { enum: [a, b] } } }",
            REFUTED,
        ),
        ("{ not: { required: [a] } }", "{ type: object, properties: { b: {} } }", REFUTED),
        ("{ not: { required: [a] } }", "{ type: object, properties: { a: false } }", PROVED),
        ("{ if: { type: string }, then: { minLength: 1 } }", "{ type: string, minLength: 1 }", PROVED),
        ("{ if: { type: string }, then: { minLength: 1 } }", "{ type: string }", REFUTED),
        ("{ if: { type: string }, else: { minimum: 1 } }", "{ type: number, minimum: 1 }", PROVED),
        ("{ if: { type: string }, else: { minimum: 1 } }", "{ type: number }", REFUTED),
        ("{ type: [string, integer] }", "{ if: { type: string }, else: { type: integer } }", PROVED),
        ("{ if: { type: string }, then: { minLength: 1 } }", "{ allOf: [{ if: { type: string }, then: {} }, { if: { type: integer }, then: { minLength: 1 } }] }", REFUTED),
        // Neither alternative has both values of `k`.
        ("{ oneOf: [{ required: [k], properties: { k: { enum: [a] } } }, { required: [k], properties: { k: { enum: [b] } } }] }", "{ type: object, required: [k], properties: { k: { enum: [a, b] } } }", PROVED),
        ("{ oneOf: [{ required: [k], properties: { k: { enum: [a] } } }, { required: [k], properties: { k: { enum: [a, b] } } }] }", "{ type: object, required: [k], properties: { k: { enum: [a, b] } } }", REFUTED),
        ("{ anyOf: [{ properties: { k: { enum: [a] } } }, { properties: { k: { enum: [b] } } }] }", "{ type: object, properties: { k: { enum: [a, b] } } }", PROVED),
    ]);
}

#[test]
#[rustfmt::skip] // a table
fn properties_of_one_direction_only_are_hidden_in_the_other_one() {
    let hidden =
        "{ type: object, required: [a], properties: { a: { type: integer, readOnly: true } } }";
    let other = "{ type: object, properties: { a: { type: string, readOnly: true } } }";
    for (wide, narrow, direction, expected) in [
        (hidden, "{ type: object }", Request, PROVED),
        (hidden, "{ type: object, properties: { a: { type: integer } } }", Request, REFUTED),
        (
            hidden,
            "{ type: object, properties: { a: {} } }",
            Response,
            REFUTED,
        ),
        (hidden, other, Request, PROVED),
        (
            hidden,
            "{ type: object, required: [a], properties: { a: { type: string, readOnly: true } } }",
            Response,
            REFUTED,
        ),
        ("{ required: [a] }", hidden, Request, REFUTED),
        ("{ required: [a] }", hidden, Response, PROVED),
        (
            "{ allOf: [{ required: [a] }, { properties: { a: { readOnly: true } } }] }",
            "{ type: object }",
            Request,
            PROVED,
        ),
        (
            "{ allOf: [{ required: [a] }, { properties: { a: { writeOnly: true } } }] }",
            "{ type: object }",
            Response,
            PROVED,
        ),
    ] {
        let proof = proof(wide, narrow, "", direction);
        assert_eq!(
            answer(&proof),
            expected,
            "{narrow}\n  within {wide}: {proof:?}"
        );
    }
}

#[test]
#[rustfmt::skip] // a table
fn discriminator_leads_to_one_alternative() {
    let mapped = |mapping: &str| {
        format!(
            "{{ oneOf: [{{ $ref: '#/components/schemas/A' }}, {{ $ref: '#/components/schemas/B' }}], \
             discriminator: {{ propertyName: k{mapping} }} }}"
        )
    };
    let mapping = ", mapping: { x: '#/components/schemas/A', y: '#/components/schemas/B' }";
    let others = "    A: { type: object, required: [k], properties: { k: { type: string } } }\n    \
                  B: { type: object, required: [k], properties: { k: { type: string }, n: { type: integer } } }\n";
    let optional = others.replace("required: [k], ", "");
    let narrow = "{ type: object, properties: { k: { enum: [A] } } }";
    let proof_of_optional = proof(&mapped(""), narrow, &optional, Request);
    assert_eq!(answer(&proof_of_optional), REFUTED);
    let named = proof("{ required: [k] }", &mapped(""), &optional, Request);
    assert_eq!(answer(&named), PROVED);
    // A value of `A` has nothing that only `B` mentions.
    let closed = format!("{others}    Closed: {{ type: object, properties: {{ k: {{}} }}, additionalProperties: false }}\n");
    let of_closed = mapped(", mapping: { A: '#/components/schemas/Closed' }").replace("/A'", "/Closed'");
    let within = proof(&of_closed, &mapped(""), &closed, Request);
    assert_eq!(answer(&within), PROVED, "{within:?}");
    for (wide, narrow, expected) in [
        (mapped(""), mapped(""), PROVED),
        (mapped(mapping), mapped(""), REFUTED),
        (mapped(""), "{ type: object, required: [k], properties: { k: { enum: [A] } } }".to_owned(), PROVED),
        (mapped(""), "{ type: object, required: [k], properties: { k: { enum: [x] } } }".to_owned(), REFUTED),
        (mapped(mapping), "{ type: object, required: [k], properties: { k: { enum: [x, y] } } }".to_owned(), PROVED),
        (mapped(mapping), "{ type: object, required: [k], properties: { k: { enum: [y] }, n: { type: string } } }".to_owned(), REFUTED),
    ] {
        let proof = proof(&wide, &narrow, others, Request);
        assert_eq!(answer(&proof), expected, "{narrow}\n  within {wide}: {proof:?}");
    }
}

#[test]
#[rustfmt::skip] // a table
fn schemas_with_other_digits_are_not_the_same() {
    let (one, other) = (
        "{ maximum: 99999999999999999999999 }",
        "{ maximum: 99999999999999999999998 }",
    );
    let around =
        |schema: &str| format!("{{ anyOf: [{{ type: object, properties: {{ a: {schema} }} }}] }}");
    assert_eq!(
        answer(&proof(&around(one), &around(one), "", Request)),
        PROVED
    );
    assert_ne!(
        answer(&proof(&around(other), &around(one), "", Request)),
        PROVED
    );
    assert_eq!(answer(&proof(one, other, "", Request)), PROVED);
}

#[test]
#[rustfmt::skip] // a table
fn proof_that_is_given_up_names_the_component() {
    let others = "    Outer: { type: object, properties: { a: { $ref: '#/components/schemas/Inner' } } }\n    \
                  Inner: { contains: { type: string } }\n";
    let narrow = "{ type: object, properties: { a: { type: array } } }";
    let proof = proof(
        "{ $ref: '#/components/schemas/Outer' }",
        narrow,
        others,
        Request,
    );
    let schema = "Inner".to_owned();
    assert_eq!(proof, Proof::Unknown { schema });
}
