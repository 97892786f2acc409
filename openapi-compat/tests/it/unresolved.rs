//! References that lead nowhere.

use openapi_compat::{Change, ChangeId, Level, Options, compare};

use crate::support::lenient;

/// Returns the changes of a schema that a response contains.
fn changes(base: &str, head: &str) -> Vec<Change> {
    let document = |schema: &str| {
        let text = format!(
            "openapi: 3.0.3
info: {{title: T, version: '1.0.0'}}
paths:
  /a:
    get:
      responses:
        '200': {{description: A., content: {{application/json: {{schema: {schema}}}}}}}
components:
  schemas:
    Known: {{type: object, properties: {{a: {{type: string}}}}}}
"
        );
        lenient("api.yaml", &text).unwrap()
    };
    compare(&document(base), &document(head), &Options::default())
}

#[test]
fn same_unresolved_reference_is_no_change() {
    for schema in [
        "{$ref: gone.yaml}",
        "{$ref: 'https://example.com/a.yaml'}",
        "{$ref: '#/components/schemas/Gone'}",
        "{$ref: ''}",
        "{type: object, properties: {a: {$ref: gone.yaml}}}",
        "{type: array, items: {$ref: gone.yaml}}",
        "{allOf: [{$ref: gone.yaml}, {$ref: '#/components/schemas/Known'}]}",
        "{oneOf: [{$ref: gone.yaml}, {type: string}]}",
    ] {
        assert_eq!(changes(schema, schema), [], "{schema}");
    }
}

#[test]
fn changed_unresolved_reference_is_unproven() {
    for (base, head, name) in [
        ("{$ref: gone.yaml}", "{$ref: other.yaml}", "other.yaml"),
        (
            "{$ref: gone.yaml}",
            "{$ref: '#/components/schemas/Known'}",
            "gone.yaml",
        ),
        (
            "{$ref: '#/components/schemas/Known'}",
            "{$ref: gone.yaml}",
            "gone.yaml",
        ),
        ("{$ref: '#/$defs/A'}", "{$ref: '#/$defs/B'}", "#/$defs/B"),
        (
            "{anyOf: [{$ref: '#/$defs/A'}, {type: string}]}",
            "{anyOf: [{$ref: '#/$defs/B'}, {type: string}]}",
            "#/$defs/B",
        ),
        (
            "{type: array, items: {$ref: a.yaml}}",
            "{type: array, items: {$ref: b.yaml}}",
            "b.yaml",
        ),
        (
            "{allOf: [{$ref: a.yaml}, {type: object}]}",
            "{allOf: [{$ref: b.yaml}, {type: object}]}",
            "b.yaml",
        ),
    ] {
        let changes = changes(base, head);
        let [change] = &changes[..] else {
            panic!("{base} -> {head}: {changes:#?}");
        };
        assert_eq!(change.id, ChangeId::ReferenceUnresolved);
        assert_eq!((change.level, change.proven), (Level::Breaking, false));
        assert_eq!(change.operations, ["GET /a"]);
        let message = change.message();
        assert!(
            message.contains(&format!("the reference `{name}` leads nowhere")),
            "{message}"
        );
    }
}
