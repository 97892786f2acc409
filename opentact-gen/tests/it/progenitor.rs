//! Specs that progenitor and typify do not support. `PROGENITOR.md` lists the places in their sources.

use openapi_tree::{Source, load};
use opentact_gen::{check, generate};

const FILE: &str = "things.yaml";
/// A spec with one operation.
const SPEC: &str = include_str!("../fixtures/things.yaml");

/// Replaces the schema of the request body.
fn sent(schema: &str) -> String {
    replaced("schema: { type: object }", &format!("schema: {schema}"))
}

/// Replaces the schema of the payload.
fn received(schema: &str) -> String {
    replaced("payload: { type: string }", &format!("payload: {schema}"))
}

/// Adds a parameter.
fn parameter(parameter: &str) -> String {
    let last = "- { name: id, in: path, required: true, schema: { type: string } }";
    replaced(last, &format!("{last}\n        - {{ {parameter} }}"))
}

#[track_caller]
fn replaced(from: &str, to: &str) -> String {
    assert!(SPEC.contains(from), "the spec does not contain `{from}`");
    SPEC.replacen(from, to, 1)
}

/// Adds component schemas: `Name: { … }`.
fn with(spec: &str, components: &[&str]) -> String {
    let lines: Vec<_> = components
        .iter()
        .map(|line| format!("\n    {line}"))
        .collect();
    spec.replacen("  schemas: {}", &format!("  schemas:{}", lines.concat()), 1)
}

const A: &str = "{ $ref: \"#/components/schemas/A\" }";

#[test]
fn schemas_that_never_stop_merging_are_reported() {
    assert_findings! { FILE;
        circle_of_all_of: with(&sent(A), &["A: { allOf: [{ $ref: \"#/components/schemas/A\" }, { type: object }] }"]);
        circle_of_alternatives: with(&sent(A), &[
            "A: { oneOf: [{ type: string }, { $ref: \"#/components/schemas/B\" }] }",
            "B: { anyOf: [{ type: integer }, { $ref: \"#/components/schemas/A\" }] }",
        ]);
        merging_without_end: with(&sent("{ allOf: [{ $ref: \"#/components/schemas/A\" }, { $ref: \"#/components/schemas/B\" }] }"), &[
            "A: { type: object, properties: { child: { $ref: \"#/components/schemas/A\" } } }",
            "B: { type: object, properties: { child: { $ref: \"#/components/schemas/B\" } } }",
        ]);
        merging_items_without_end: with(&sent("{ oneOf: [{ $ref: \"#/components/schemas/A\" }, { type: string }], allOf: [{ $ref: \"#/components/schemas/B\" }] }"), &[
            "A: { type: array, items: { $ref: \"#/components/schemas/A\" } }",
            "B: { type: array, items: { $ref: \"#/components/schemas/B\" } }",
        ]);
        merging_further_properties_without_end: with(&sent("{ allOf: [{ $ref: \"#/components/schemas/A\" }, { $ref: \"#/components/schemas/B\" }] }"), &[
            "A: { type: object, properties: { child: { $ref: \"#/components/schemas/A\" } } }",
            "B: { type: object, additionalProperties: { $ref: \"#/components/schemas/B\" } }",
        ]);
        merging_with_oneself: with(&sent(A), &["A: { type: array, items: { oneOf: [{}, { $ref: \"#/components/schemas/A\" }], allOf: [{ $ref: \"#/components/schemas/A\" }] } }"]);
        merging_a_copy_of_oneself: with(&sent(A), &["A: { type: object, properties: { list: { type: array, items: { type: object, properties: { a: {} }, oneOf: [{ $ref: \"#/components/schemas/A\" }] } } } }"]);
        merging_twice_what_may_be_null: with(&sent(B_AND_A), &["A: { type: object, properties: { a: { anyOf: [{ $ref: \"#/components/schemas/A\" }, { type: object, nullable: true, enum: [null] }] } } }", B]);
        merging_for_minutes: sent(&format!("{{ allOf: [{}, {}, {}] }}", alternatives('a', 2), alternatives('b', 2), alternatives('c', 2)));
        merging_many: sent(&format!("{{ allOf: [{}, {}] }}", alternatives('a', 2), alternatives('b', 9)));
        merging_beyond_counting: sent(&format!("{{ allOf: [{}] }}", vec![alternatives('a', 2); 64].join(", ")));
        merging_deep: with(&sent(A), &chain(40).iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// The stack of this thread is small.
#[test]
fn chain_of_thousands_of_schemas_is_reported() {
    let chain = chain(5_000);
    let schemas: Vec<&str> = chain.iter().map(String::as_str).collect();
    let document = load(Source::new(FILE, &with(&sent(A), &schemas))).unwrap();
    let findings = check(&document).unwrap_err();
    assert!(findings.iter().any(|finding| finding.rule == "composition"));
}

/// Returns an `anyOf` of objects, each with one property.
fn alternatives(name: char, count: usize) -> String {
    let one = |index| format!("{{ type: object, properties: {{ {name}{index}: {{}} }} }}");
    let all: Vec<_> = (0..count).map(one).collect();
    format!("{{ anyOf: [{}] }}", all.join(", "))
}

/// Returns schemas that each join the next one. The first is `A`.
fn chain(length: usize) -> Vec<String> {
    let name = |index| match index {
        0 => "A".to_owned(),
        index => format!("A{index}"),
    };
    let one = |index| {
        let next = format!("{{ $ref: \"#/components/schemas/{}\" }}", name(index + 1));
        let own = format!("{{ type: object, properties: {{ p{index}: {{}} }} }}");
        format!("{}: {{ allOf: [{next}, {own}] }}", name(index))
    };
    let last = format!("{}: {{ type: object }}", name(length));
    (0..length).map(one).chain([last]).collect()
}

#[test]
fn reference_to_no_component_is_reported() {
    assert_findings! { FILE;
        ref_to_the_whole: sent("{ $ref: \"#\" }");
        ref_into_a_component: with(&sent("{ type: object, properties: { x: { $ref: \"#/components/schemas/A/properties/x\" } } }"), &["A: { type: object, properties: { x: {} } }"]);
        ref_to_another_kind: received("{ $ref: \"#/components/securitySchemes/Token\" }");
        ref_with_escapes: with(&sent("{ $ref: \"#/components/schemas/%41\" }"), &["A: { type: string }"]);
        ref_to_a_parameter_elsewhere: replaced("{ name: id, in: path, required: true, schema: { type: string } }", "{ $ref: \"#/x-parameters/Id\" }") + "x-parameters: { Id: { name: id, in: path, required: true, schema: { type: string } } }\n";
    }
}

#[test]
fn enum_value_that_does_not_fit_is_reported() {
    assert_findings! { FILE;
        enum_of_another_type: sent("{ type: integer, enum: [1, two] }");
        enum_of_null: sent("{ type: string, enum: [a, null] }");
        enum_out_of_range: sent("{ type: integer, format: uint8, enum: [1, 300] }");
        enum_beside_properties: sent("{ properties: { a: {} }, enum: [{ a: b }] }");
        enum_of_lists_by_ref: with(&sent("{ type: array, items: { $ref: \"#/components/schemas/A\" }, enum: [[1]] }"), &["A: { type: integer }"]);
    }
}

#[test]
fn parameter_without_text_is_reported() {
    assert_findings! { FILE;
        header_list: parameter("name: X-Ids, in: header, schema: { type: array, items: { type: string } }");
        header_null: parameter("name: X-Id, in: header, schema: { type: string, nullable: true }");
        header_password: parameter("name: X-Pin, in: header, schema: { type: string, format: password }");
        header_numbers: parameter("name: X-Level, in: header, schema: { type: integer, enum: [1, 2] }");
    }
}

#[test]
fn name_that_is_taken_is_reported() {
    assert_findings! { FILE;
        title_of_a_component: with(&sent("{ type: object, properties: { a: { $ref: \"#/components/schemas/A\" }, b: { title: A, type: object, properties: { c: {} } } } }"), &["A: { type: object, properties: { x: {} } }"]);
        place_of_a_component: with(&sent("{ type: object, properties: { a: { $ref: \"#/components/schemas/UpdateThingBodyB\" }, b: { type: object, properties: { c: {} } } } }"), &["UpdateThingBodyB: { type: object, properties: { x: {} } }"]);
        title_of_the_prelude: sent("{ type: object, properties: { a: { title: Option, type: object, properties: { b: {} } } } }");
    }
}

#[test]
fn spec_that_becomes_wrong_code_is_reported() {
    assert_findings! { FILE;
        all_of_nothing: sent("{ allOf: [] }");
        one_of_nothing: received("{ oneOf: [] }");
        length_too_large: sent("{ type: string, maxLength: 4294967296 }");
        length_fixed: sent("{ type: array, minItems: 33, maxItems: 33, items: { type: string } }");
        extension_of_dropshot: replaced("      summary: Puts.", "      summary: Puts.\n      x-dropshot-pagination: { required: [] }");
        no_operation: "openapi: 3.0.3\ninfo: { title: T, version: 1.0.0 }\nservers: [{ url: https://api.example.com }]\npaths: {}\n";
        path_parameter_with_slash: replaced("/things/{id}:", "/things/{i/d}:").replace("name: id", "name: i/d");
    }
}

/// A schema that no rule reports: progenitor ends with `todo!`.
const UNKNOWN: &str = "{ allOf: [{ properties: { a: {} } }, { enum: [{ a: b }] }] }";

#[test]
fn spec_that_only_progenitor_refuses_is_reported_at_its_part() {
    assert_findings! { FILE;
        any_of_beside_one_of: sent("{ oneOf: [{ type: string }, { type: integer }], anyOf: [{ type: string }, { type: boolean }] }");
        alternative_requires_unknown: sent("{ oneOf: [{ type: object, properties: { a: {} }, required: [b] }, { type: string }] }");
        alternatives_both_null: sent("{ oneOf: [{ type: string }, { type: object, nullable: true, enum: [null] }, { enum: [null] }] }");
        enum_of_one_variant: sent("{ type: string, enum: [up, UP] }");
        enum_of_one_variant_received: received("{ type: string, enum: [up, UP] }");
        enum_of_signs: sent("{ type: string, enum: [\"+\", \"-\"] }");
        enum_of_two_types: sent("{ enum: [a, 1] }");
        parameter_object: parameter("name: filter, in: query, schema: { type: object, properties: { a: {} } }");
        parameter_object_by_ref: with(&parameter("name: filter, in: query, schema: { allOf: [{ $ref: \"#/components/schemas/A\" }] }"), &["A: { type: object, required: [a] }"]);
        parameter_union: parameter("name: filter, in: query, schema: { anyOf: [{ type: string }, { type: string, minLength: 3 }] }");
        property_twice_in_rust: sent("{ type: object, properties: { a-b: {}, a_b: {} } }");
        property_twice_by_all_of: with(&sent("{ allOf: [{ $ref: \"#/components/schemas/A\" }, { type: object, properties: { aB: {} } }] }"), &["A: { type: object, properties: { a_b: {} } }"]);
        property_extra: sent("{ type: object, properties: { extra: {} }, additionalProperties: { type: string } }");
        format_of_an_object: sent("{ type: object, format: special }");
        parameter_twice_in_rust: parameter("name: ID, in: query, schema: { type: string }");
        caught_schema: with(&sent("{ type: object, properties: { a: { $ref: \"#/components/schemas/Fine\" }, b: { $ref: \"#/components/schemas/Outer\" } } }"), &[
            "Fine: { type: string }",
            "Outer: { type: object, properties: { a: { $ref: \"#/components/schemas/Inner\" } } }",
            &format!("Inner: {UNKNOWN}"),
        ]);
        caught_operation: sent(UNKNOWN);
    }
}

/// A value that may be a string, an integer or `null`.
const STRING_OR_INTEGER_OR_NULL: &str = "{ description: Digits., oneOf: [{ type: string }, { type: integer }, { type: object, nullable: true, enum: [null] }] }";

/// A schema that joins another one twice, once indirectly.
const B_AND_A: &str =
    "{ allOf: [{ $ref: \"#/components/schemas/B\" }, { $ref: \"#/components/schemas/A\" }] }";
/// The schema in between.
const B: &str =
    "B: { allOf: [{ $ref: \"#/components/schemas/A\" }, { type: object, properties: { y: {} } }] }";
/// A schema that refers to itself in several ways.
const RECURSIVE: &str = "A: { type: object, properties: { list: { type: array, items: { $ref: \"#/components/schemas/A\" } }, one: { description: One., allOf: [{ $ref: \"#/components/schemas/A\" }] }, other: { $ref: \"#/components/schemas/A\" } } }";

#[test]
fn spec_close_to_a_mistake_becomes_code() {
    let a = &["A: { type: object, properties: { x: { $ref: \"#/components/schemas/A\" } } }"];
    let fine = [
        with(&sent(A), a),
        with(&sent(&format!("{{ allOf: [{A}] }}")), a),
        with(
            &sent(&format!(
                "{{ allOf: [{A}, {{ type: object, properties: {{ x: {A} }} }}] }}"
            )),
            a,
        ),
        with(&sent(B_AND_A), &[RECURSIVE, B]),
        with(
            &sent(A),
            &chain(20).iter().map(String::as_str).collect::<Vec<_>>(),
        ),
        with(
            &sent(A),
            &["A: { type: array, items: { $ref: \"#/components/schemas/A\" } }"],
        ),
        with(&sent(A), &["A: { type: string }"]),
        with(
            &sent("{ $ref: \"#/components/schemas/A B\" }"),
            &["A B: { type: string }"],
        ),
        sent(&format!(
            "{{ allOf: [{}, {}] }}",
            alternatives('a', 2),
            alternatives('b', 8)
        )),
        sent(&alternatives('a', 50)),
        sent(
            "{ type: object, properties: { a: {}, b: {} }, anyOf: [{ required: [a] }, { required: [b] }] }",
        ),
        sent(
            "{ oneOf: [{ type: string }, { type: object, nullable: true, enum: [null] }, { type: integer }] }",
        ),
        sent("{ type: object, properties: { a: {} }, required: [b] }"),
        sent("{ type: string, enum: [up, up+] }"),
        sent("{ type: string, nullable: true, enum: [a, null] }"),
        sent("{ type: integer, enum: [1, 2] }"),
        sent("{ type: number, format: double, enum: [1, 2.5] }"),
        sent("{ enum: [1, 2.5] }"),
        with(
            &sent(A),
            &[
                "A: { type: object, properties: { x: { type: number, format: decimal, minimum: 0, nullable: true } } }",
            ],
        ),
        with(
            &sent(A),
            &["A: { type: object, properties: { x: { type: integer, minimum: 1, maximum: 10 } } }"],
        ),
        received("{ type: integer, enum: [1, 2] }"),
        received("{ type: string, nullable: true, enum: [up, down, null] }"),
        with(&received(A), &["A: { type: string, enum: [up, down] }"]),
        sent("{ oneOf: [{ type: string }, { type: integer, format: int64 }] }"),
        sent(
            "{ anyOf: [{ type: integer, nullable: true }, { type: string, description: Digits. }] }",
        ),
        received(&format!(
            "{{ type: object, properties: {{ a: {STRING_OR_INTEGER_OR_NULL} }} }}"
        )),
        with(&received(A), &[&format!("A: {STRING_OR_INTEGER_OR_NULL}")]),
        replaced(
            "required: true, schema: { type: string }",
            "required: true, schema: { type: string, format: password }",
        ),
        received("{ type: array, minItems: 40, maxItems: 40, items: { type: string } }"),
        sent("{ type: array, minItems: 32, maxItems: 32, items: { type: string } }"),
        sent("{ type: string, maxLength: 4294967295 }"),
        sent("{ type: object, properties: { extra: {} }, additionalProperties: true }"),
        sent(
            "{ type: object, properties: { 2fa: {}, self: {}, build: {}, \"+1\": {}, größe: {}, \"\": {} } }",
        ),
        sent(
            "{ type: object, properties: { a: { title: T, type: object, properties: { c: {} } }, b: { title: T, type: object, properties: { c: {} } } } }",
        ),
        parameter("name: filter, in: query, schema: { type: object }"),
        parameter(
            "name: filter, in: query, schema: { type: array, items: { type: integer, enum: [1, 2] } }",
        ),
        parameter(
            "name: filter, in: query, schema: { anyOf: [{ type: string }, { type: integer }] }",
        ),
        parameter(
            "name: filter, in: query, schema: { type: integer, nullable: true, default: none }",
        ),
        parameter(
            "name: X-Level, in: header, schema: { type: string, enum: [low, high], default: none }",
        ),
    ];
    for spec in fine {
        if let Err(findings) = generate(Source::new("things.yaml", &spec)) {
            unreachable!("{findings}");
        }
    }
}
