//! A `nullable` without effect that a converter to OpenAPI 3.1 gives one.

use openapi_compat::{Change, Level};

use super::{around, changes};

/// Schemas of OpenAPI 3.0 whose `nullable` has no effect, with what converters make of them.
const UPGRADES: &[(&str, &str)] = &[
    (
        "{ nullable: true, allOf: [{ $ref: '#/components/schemas/Card' }] }",
        "{ anyOf: [{ $ref: '#/components/schemas/Card' }, { type: 'null' }] }",
    ),
    (
        "{ nullable: true, description: D, allOf: [{ $ref: '#/components/schemas/Card' }] }",
        "{ description: D, oneOf: [{ $ref: '#/components/schemas/Card' }, { type: 'null' }] }",
    ),
    (
        "{ type: object, nullable: true, allOf: [{ $ref: '#/components/schemas/Card' }] }",
        "{ anyOf: [{ $ref: '#/components/schemas/Card' }, { type: 'null' }] }",
    ),
    (
        "{ nullable: true, allOf: [{ $ref: '#/components/schemas/Any' }] }",
        "{ anyOf: [{ $ref: '#/components/schemas/Any' }, { type: 'null' }] }",
    ),
    (
        "{ nullable: true, oneOf: [{ $ref: '#/components/schemas/Card' }, { type: string }] }",
        "{ oneOf: [{ $ref: '#/components/schemas/Card' }, { type: string }, { type: 'null' }] }",
    ),
];

#[test]
fn nullable_that_took_effect_as_an_alternative_is_one_change() {
    let property = |schema: &str| format!("{{ type: object, properties: {{ a: {schema} }} }}");
    for (older, newer) in UPGRADES {
        for (older, newer) in [
            ((*older).to_owned(), (*newer).to_owned()),
            (property(older), property(newer)),
        ] {
            let (older, newer) = (around("3.0.3", &older), around("3.1.0", &newer));
            assert_ids(&changes(&older, &newer), "nullable-took-effect");
            assert_ids(&changes(&newer, &older), "nullable-lost-effect");
        }
    }
}

/// Asserts that each direction has one change, of an id.
fn assert_ids(changes: &[Change], id: &str) {
    let mut found: Vec<(Level, &str)> = changes
        .iter()
        .map(|change| (change.level, change.id.as_str()))
        .collect();
    found.sort();
    let messages: Vec<String> = changes.iter().map(Change::message).collect();
    let mut expected = [(Level::Breaking, id), (Level::Additive, id)];
    expected.sort();
    assert_eq!(found, expected, "{messages:#?}");
}
