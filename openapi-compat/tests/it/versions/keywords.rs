//! Changes of the keywords that only OpenAPI 3.1 has, and of those that say nothing where they stand.

use std::collections::BTreeSet;

use openapi_compat::{Change, Direction, Level};

use super::{around, changes};

/// Returns the levels in requests and in responses, such as `breaking, additive`.
fn levels(changes: &[Change]) -> String {
    let level = |direction: Direction| {
        let concerned = changes
            .iter()
            .filter(|change| change.direction == direction || change.direction == Direction::Both);
        let level = concerned.map(|change| change.level).max();
        level.map_or_else(|| "none".to_owned(), |level: Level| level.to_string())
    };
    format!(
        "{}, {}",
        level(Direction::Request),
        level(Direction::Response)
    )
}

/// A schema, an edited one, and the levels in requests and in responses forward and backward.
const EDITS: &[(&str, &str, &str, &str)] = &[
    (
        "{ type: [string, integer] }",
        "{ type: string }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: string }",
        "{ type: [string, 'null'] }",
        "additive, breaking",
        "breaking, additive",
    ),
    (
        "{ const: a }",
        "{ enum: [a, b] }",
        "additive, breaking",
        "breaking, additive",
    ),
    (
        "{ type: number, exclusiveMinimum: 1 }",
        "{ type: number, exclusiveMinimum: 2 }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: array, prefixItems: [{ type: string }] }",
        "{ type: array, prefixItems: [{ type: string, maxLength: 1 }] }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: array, prefixItems: [{ type: string }] }",
        "{ type: array, prefixItems: [{ type: string }, { type: integer }] }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: object, patternProperties: { '^x': { type: string } } }",
        "{ type: object, patternProperties: { '^x': { type: string, maxLength: 1 } } }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: object, propertyNames: { maxLength: 9 } }",
        "{ type: object, propertyNames: { maxLength: 8 } }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: object }",
        "{ type: object, propertyNames: { maxLength: 8 } }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: array, contains: { type: string } }",
        "{ type: array, contains: { type: string, maxLength: 2 } }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: array, contains: { type: string }, minContains: 1 }",
        "{ type: array, contains: { type: string }, minContains: 2 }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: object, properties: { a: {}, b: {}, c: {}, d: {} }, if: { required: [a] }, then: { required: [b] } }",
        "{ type: object, properties: { a: {}, b: {}, c: {}, d: {} }, if: { required: [a] }, then: { required: [b, c] } }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: object, properties: { a: {}, b: {}, c: {}, d: {} }, if: { required: [a] }, then: { required: [b] } }",
        "{ type: object, properties: { a: {}, b: {}, c: {}, d: {} }, if: { required: [d] }, then: { required: [b] } }",
        "breaking, breaking",
        "breaking, breaking",
    ),
    (
        "{ type: object }",
        "{ type: object, dependentRequired: { a: [b] } }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: object, dependentSchemas: { a: { required: [b] } } }",
        "{ type: object, dependentSchemas: { a: { required: [b, c] } } }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: object, allOf: [{ properties: { a: {} } }] }",
        "{ type: object, allOf: [{ properties: { a: {} } }], unevaluatedProperties: false }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: string, contentEncoding: base64 }",
        "{ type: string, contentEncoding: base16 }",
        "breaking, breaking",
        "breaking, breaking",
    ),
    (
        "{ type: string, contentMediaType: image/png }",
        "{ type: string, contentMediaType: image/gif }",
        "breaking, breaking",
        "breaking, breaking",
    ),
    (
        "{ $ref: '#/components/schemas/Name', maxLength: 9 }",
        "{ $ref: '#/components/schemas/Name', maxLength: 8 }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: object, properties: { a: { type: string } } }",
        "{ type: object, properties: { a: false } }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: array, contains: { type: string }, minContains: 2 }",
        "{ type: array, contains: { type: string } }",
        "additive, breaking",
        "breaking, additive",
    ),
    (
        "{ type: array, contains: { type: string }, minContains: 1 }",
        "{ type: array, contains: { type: string } }",
        "none, none",
        "none, none",
    ),
    (
        "{ type: 'null' }",
        "{ allOf: [{ type: 'null' }, { type: integer }] }",
        "breaking, additive",
        "additive, breaking",
    ),
    (
        "{ type: 'null' }",
        "{ type: [string, 'null'], not: { type: 'null' } }",
        "breaking, breaking",
        "breaking, breaking",
    ),
    (
        "{ oneOf: [{ type: 'null' }, { type: boolean }] }",
        "{ oneOf: [{ type: 'null' }, { type: boolean }, { type: integer }] }",
        "additive, breaking",
        "breaking, additive",
    ),
    (
        "{ anyOf: [{ type: string, maxLength: 3 }, { type: 'null' }] }",
        "{ anyOf: [{ type: string, maxLength: 2 }, { type: integer }, { type: 'null' }] }",
        "breaking, breaking",
        "breaking, breaking",
    ),
    (
        "{ anyOf: [{ type: string, maxLength: 3 }, { type: 'null' }] }",
        "{ anyOf: [{ type: string, maxLength: 2 }, { type: 'null' }] }",
        "breaking, additive",
        "additive, breaking",
    ),
];

#[test]
fn keyword_of_openapi_3_1_changed_has_its_level_in_both_directions() {
    let mut wrong = Vec::new();
    for (older, newer, forward, backward) in EDITS {
        let (older, newer) = (around("3.1.0", older), around("3.1.0", newer));
        for (base, head, expected) in [(&older, &newer, forward), (&newer, &older, backward)] {
            let changes = changes(base, head);
            let levels = levels(&changes);
            if levels != *expected {
                let messages: Vec<String> = changes.iter().map(Change::message).collect();
                wrong.push(format!("{base}\nto\n{head}\n: {levels}: {messages:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn schemas_inside_keywords_of_openapi_3_1_have_paths_of_their_own() {
    let message = |older: &str, newer: &str| {
        let changes = changes(&around("3.1.0", older), &around("3.1.0", newer));
        let facts = changes.iter().map(|change| change.subject.clone());
        facts
            .collect::<BTreeSet<String>>()
            .into_iter()
            .collect::<Vec<_>>()
            .join("; ")
    };
    let of = |keyword: &str, schema: &str| {
        format!("{{ type: object, properties: {{ a: {{ {keyword}: {schema} }} }} }}")
    };
    let subjects = |keyword: &str, before: &str, after: &str| {
        message(&of(keyword, before), &of(keyword, after))
    };
    assert_eq!(
        subjects(
            "prefixItems",
            "[{}, { maxLength: 3 }]",
            "[{}, { maxLength: 2 }]"
        ),
        "`a[1]` in the request body; `a[1]` in the response 200"
    );
    assert_eq!(
        subjects("propertyNames", "{ maxLength: 3 }", "{ maxLength: 2 }"),
        "`a[propertyNames]` in the request body; `a[propertyNames]` in the response 200"
    );
    assert_eq!(
        subjects(
            "patternProperties",
            "{ ^x: { maxLength: 3 } }",
            "{ ^x: { maxLength: 2 } }"
        ),
        "`a[patternProperties: ^x]` in the request body; `a[patternProperties: ^x]` in the response 200"
    );
}

#[test]
fn keyword_without_effect_changed_is_a_warning_that_names_the_probable_intent() {
    for (older, newer, expected) in [
        (
            "{ type: array, maximum: 5 }",
            "{ type: array, maximum: 4 }",
            "`maximum` of the request body changed from `5` to `4`, but it has no effect on the type `array`; `maxItems` is probably meant",
        ),
        (
            "{ type: integer }",
            "{ type: integer, maxLength: 4 }",
            "`maxLength` of the request body is now `4` (was unset), but it has no effect on the type `integer`; `maximum` is probably meant",
        ),
        (
            "{ allOf: [{ $ref: '#/components/schemas/Name' }] }",
            "{ nullable: true, allOf: [{ $ref: '#/components/schemas/Name' }] }",
            "`nullable` of the request body was added, which has no effect without a `type` beside it, but most generators and servers take it for null all the same",
        ),
        (
            "{ $ref: '#/components/schemas/Name' }",
            "{ nullable: true, $ref: '#/components/schemas/Name' }",
            "`nullable` of the request body was added, which has no effect without a `type` beside it, but most generators and servers take it for null all the same",
        ),
    ] {
        let changes = changes(&around("3.0.3", older), &around("3.0.3", newer));
        assert!(
            changes.iter().all(|change| change.id.is_warning()),
            "{changes:#?}"
        );
        assert!(
            changes
                .iter()
                .all(|change| change.level == Level::Documentation)
        );
        let messages: Vec<String> = changes.iter().map(Change::message).collect();
        assert!(messages.contains(&expected.to_owned()), "{messages:#?}");
    }
}

/// `nullable` had no effect, because no `type` stood beside it.
#[test]
fn nullable_that_took_effect_is_said_to_have_had_none() {
    let older = "{ nullable: true, allOf: [{ $ref: '#/components/schemas/Name' }] }";
    let newer = "{ nullable: true, type: string, minLength: 1 }";
    let changes = changes(&around("3.0.3", older), &around("3.0.3", newer));
    let messages: BTreeSet<String> = changes.iter().map(Change::message).collect();
    let messages: Vec<String> = messages.into_iter().collect();
    assert_eq!(
        messages,
        [
            "the request body can now be `null`, and the `nullable` before had no effect: most generators and servers took it for null before, too, so that this is most likely no change for clients",
            "the response 200 can now be `null`, and the `nullable` before had no effect: most generators and servers took it for null before, too, so that this is most likely no change for clients",
        ]
    );
}

#[test]
fn format_is_judged_by_the_range_around_it() {
    for (older, newer, expected) in [
        (
            "{ type: integer, minimum: 1, maximum: 1000 }",
            "{ type: integer, minimum: 1, maximum: 1000, format: int64 }",
            "none, none",
        ),
        (
            "{ type: integer, format: int32 }",
            "{ type: integer, format: int64 }",
            "additive, breaking",
        ),
        (
            "{ type: integer, format: uint32 }",
            "{ type: integer, format: uint16 }",
            "breaking, additive",
        ),
        (
            "{ type: integer, format: uint16 }",
            "{ type: integer, format: uint32 }",
            "additive, breaking",
        ),
    ] {
        let changes = changes(&around("3.0.3", older), &around("3.0.3", newer));
        assert_eq!(levels(&changes), expected, "{changes:#?}");
    }
}

#[test]
fn limit_that_another_one_makes_irrelevant_is_not_breaking() {
    let schema = |limit: u32| {
        format!("{{ maxLength: 10, allOf: [{{ type: string, maxLength: {limit} }}] }}")
    };
    let changes = changes(&around("3.0.3", &schema(30)), &around("3.0.3", &schema(20)));
    assert_eq!(levels(&changes), "none, none", "{changes:#?}");
}

#[test]
fn items_of_any_value_are_no_limit() {
    let (without, with) = ("{ type: array }", "{ type: array, items: {} }");
    for (base, head) in [(without, with), (with, without)] {
        let changes = changes(&around("3.1.0", base), &around("3.1.0", head));
        let is_documentation = |change: &Change| change.level == Level::Documentation;
        assert!(changes.iter().all(is_documentation), "{changes:#?}");
    }
}

#[test]
fn webhook_changed_affects_the_clients_that_receive_it() {
    let document = |name: &str, schema: &str| {
        let body =
            format!("requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}");
        format!(
            "openapi: 3.1.0\ninfo: {{ title: T, version: 1.0.0 }}\nwebhooks: {{ {name}: {{ post: {{ {body}, responses: {{ '204': {{ description: D }} }} }} }} }}\n"
        )
    };
    let (narrow, wide) = (
        document("order", "{ type: string, maxLength: 3 }"),
        document("order", "{ type: string }"),
    );
    assert_eq!(levels(&changes(&narrow, &wide)), "none, breaking");
    assert_eq!(levels(&changes(&wide, &narrow)), "none, additive");
    let renamed = changes(&wide, &document("sale", "{ type: string }"));
    let messages: Vec<String> = renamed.iter().map(Change::message).collect();
    assert_eq!(
        messages,
        [
            "the webhook `POST order` was removed: clients that wait for it receive nothing",
            "the webhook `POST sale` was added: clients need not support it",
        ]
    );
    assert_eq!(renamed[0].operations, ["webhook POST order"]);
}
