//! Keywords that say nothing where they stand, each added and taken away.

use openapi_compat::{Change, Level};

use super::{around, changes};

/// The version of OpenAPI, a schema, the same schema with a keyword that says nothing, and the words
/// about it.
const EDITS: &[(&str, &str, &str, &str)] = &[
    (
        "3.0.3",
        "{ type: array, items: { type: string } }",
        "{ type: array, items: { type: string }, required: [id] }",
        "`array`; `required` of its `items` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: array, items: { type: string } }",
        "{ type: array, items: { type: string }, properties: { id: { type: string } } }",
        "`array`; `properties` of its `items` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: string }",
        "{ type: string, properties: { id: { type: string } } }",
        "`string`; `type: object` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: string, properties: { id: { type: string } } }",
        "{ type: string, properties: { id: { type: string, maxLength: 3 } } }",
        "`string`; `type: object` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: string }",
        "{ type: string, additionalProperties: false }",
        "`string`; `type: object` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: array, items: {} }",
        "{ type: array, items: {}, minProperties: 1 }",
        "`array`; `minItems` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: string }",
        "{ type: string, items: { type: string } }",
        "`string`; `type: array` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: object }",
        "{ type: object, uniqueItems: true }",
        "`object`; `type: array` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: integer }",
        "{ type: integer, pattern: '^1' }",
        "`integer`; `type: string` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: integer }",
        "{ type: integer, minLength: 3 }",
        "`integer`; `minimum` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: number }",
        "{ type: number, format: email }",
        "`number`; `type: string` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: string }",
        "{ type: string, multipleOf: 2 }",
        "`string`; `type: number` is probably meant",
    ),
    (
        "3.0.3",
        "{ type: number }",
        "{ type: number, exclusiveMinimum: true }",
        "without `minimum`",
    ),
    (
        "3.0.3",
        "{ type: number }",
        "{ type: number, exclusiveMaximum: true }",
        "without `maximum`",
    ),
    (
        "3.0.3",
        "{ type: string }",
        "{ type: string, required: true }",
        "the `required` of the object around it is probably meant",
    ),
    (
        "3.0.3",
        "{ type: object, properties: { kind: { type: string } } }",
        "{ type: object, properties: { kind: { type: string } }, discriminator: { propertyName: kind } }",
        "without `oneOf`, `anyOf` or schemas that include this one by `allOf`",
    ),
    (
        "3.0.3",
        "{ $ref: '#/components/schemas/Name' }",
        "{ $ref: '#/components/schemas/Name', maxLength: 3 }",
        "beside `$ref` in OpenAPI 3.0; `maxLength` beside `allOf` with the reference is probably meant",
    ),
    (
        "3.0.3",
        "{ $ref: '#/components/schemas/Name' }",
        "{ $ref: '#/components/schemas/Name', description: The name. }",
        "beside `$ref` in OpenAPI 3.0; `description` beside `allOf` with the reference is probably meant",
    ),
    (
        "3.0.3",
        "{ type: string, enum: [a, b] }",
        "{ type: string, enum: [a, b], nullable: true }",
        "without `null` in `enum`",
    ),
    (
        "3.1.0",
        "{ type: string, enum: [a, b] }",
        "{ type: [string, 'null'], enum: [a, b] }",
        "without `null` in `enum`",
    ),
    (
        "3.1.0",
        "{ type: string }",
        "{ type: string, then: { maxLength: 3 } }",
        "without `if`",
    ),
    (
        "3.1.0",
        "{ type: string }",
        "{ type: string, else: { maxLength: 3 } }",
        "without `if`",
    ),
    (
        "3.1.0",
        "{ type: string }",
        "{ type: string, if: { maxLength: 3 } }",
        "without `then` or `else`",
    ),
    (
        "3.1.0",
        "{ type: array }",
        "{ type: array, minContains: 2 }",
        "without `contains`",
    ),
    (
        "3.1.0",
        "{ type: array }",
        "{ type: array, maxContains: 2 }",
        "without `contains`",
    ),
    (
        "3.1.0",
        "{ type: [array, 'null'] }",
        "{ type: [array, 'null'], dependentRequired: { a: [b] } }",
        "`array` or `null`; `dependentRequired` of its `items` is probably meant",
    ),
];

#[test]
fn keyword_that_says_nothing_is_a_warning_that_names_the_probable_intent() {
    let mut wrong = Vec::new();
    for (version, without, with, words) in EDITS {
        let (without, with) = (around(version, without), around(version, with));
        for (base, head) in [(&without, &with), (&with, &without)] {
            let changes = changes(base, head);
            let is_warning =
                |change: &Change| change.id.is_warning() && change.level == Level::Documentation;
            let says_so = |change: &Change| change.message().contains(words);
            if changes.is_empty() || !changes.iter().all(|it| is_warning(it) && says_so(it)) {
                let messages: Vec<String> = changes.iter().map(Change::message).collect();
                wrong.push(format!("{base}\nto\n{head}\n: {messages:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn keyword_that_has_an_effect_is_no_warning() {
    for (base, head) in [
        (
            "{ type: [string, array] }",
            "{ type: [string, array], maxItems: 3 }",
        ),
        ("{}", "{ maxItems: 3 }"),
        (
            "{ type: array }",
            "{ type: array, contains: { type: string }, minContains: 2 }",
        ),
        (
            "{ type: string, format: int64 }",
            "{ type: string, format: email }",
        ),
        (
            "{ $ref: '#/components/schemas/Name' }",
            "{ $ref: '#/components/schemas/Name', maxLength: 3 }",
        ),
    ] {
        let changes = changes(&around("3.1.0", base), &around("3.1.0", head));
        assert!(!changes.is_empty(), "{base} to {head}");
        assert!(
            changes.iter().all(|change| !change.id.is_warning()),
            "{changes:#?}"
        );
    }
}
