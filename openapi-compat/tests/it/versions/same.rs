//! The same API in both versions: there is no change.

use openapi_compat::Change;

use super::{around, changes};

/// Schemas with the same meaning in OpenAPI 3.0 and in OpenAPI 3.1.
const SCHEMAS: &[(&str, &str, &str)] = &[
    (
        "null",
        "{ type: string, nullable: true }",
        "{ type: [string, 'null'] }",
    ),
    (
        "null before the type",
        "{ type: string, nullable: true }",
        "{ type: ['null', string] }",
    ),
    (
        "null as an alternative",
        "{ type: string, maxLength: 3, nullable: true }",
        "{ anyOf: [{ type: string, maxLength: 3 }, { type: 'null' }] }",
    ),
    (
        "null as an alternative with a title",
        "{ title: N, type: integer, nullable: true }",
        "{ title: N, oneOf: [{ type: integer }, { type: 'null' }] }",
    ),
    (
        "no null",
        "{ type: string, nullable: false }",
        "{ type: string }",
    ),
    ("list of one type", "{ type: string }", "{ type: [string] }"),
    (
        "listed values with null",
        "{ type: string, nullable: true, enum: [a, null] }",
        "{ type: [string, 'null'], enum: [a, null] }",
    ),
    (
        "listed values without null",
        "{ type: string, nullable: true, enum: [a] }",
        "{ type: [string, 'null'], enum: [a] }",
    ),
    (
        "listed values or null",
        "{ type: string, nullable: true, enum: [a, null] }",
        "{ anyOf: [{ type: string, enum: [a] }, { type: 'null' }] }",
    ),
    (
        "exclusive minimum",
        "{ type: number, minimum: 0, exclusiveMinimum: true }",
        "{ type: number, exclusiveMinimum: 0 }",
    ),
    (
        "exclusive maximum",
        "{ type: number, maximum: 9, exclusiveMaximum: true }",
        "{ type: number, exclusiveMaximum: 9 }",
    ),
    (
        "inclusive limits",
        "{ type: number, minimum: 0, exclusiveMinimum: false }",
        "{ type: number, minimum: 0 }",
    ),
    (
        "two limits at one end",
        "{ type: number, minimum: 5 }",
        "{ type: number, minimum: 5, exclusiveMinimum: 3 }",
    ),
    (
        "one value",
        "{ type: string, enum: [card] }",
        "{ type: string, const: card }",
    ),
    ("one object", "{ enum: [{ a: 1 }] }", "{ const: { a: 1 } }"),
    (
        "example",
        "{ type: string, example: a }",
        "{ type: string, examples: [a] }",
    ),
    (
        "description beside a reference",
        "{ allOf: [{ $ref: '#/components/schemas/Name' }], description: D }",
        "{ $ref: '#/components/schemas/Name', description: D }",
    ),
    (
        "limit beside a reference",
        "{ allOf: [{ $ref: '#/components/schemas/Name' }], maxLength: 9 }",
        "{ $ref: '#/components/schemas/Name', maxLength: 9 }",
    ),
    (
        "base64",
        "{ type: string, format: byte }",
        "{ type: string, contentEncoding: base64 }",
    ),
    (
        "binary",
        "{ type: string, format: binary }",
        "{ type: string, contentMediaType: application/octet-stream }",
    ),
    (
        "binary encoding",
        "{ type: string, format: binary }",
        "{ type: string, contentEncoding: binary }",
    ),
    (
        "binary encoding of a binary media type",
        "{ type: string, format: binary }",
        "{ type: string, contentEncoding: binary, contentMediaType: application/octet-stream }",
    ),
    (
        "base64 with its format",
        "{ type: string, format: byte }",
        "{ type: string, format: byte, contentEncoding: base64 }",
    ),
    (
        "any property",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: true } }",
    ),
    (
        "excluded property",
        "{ type: object, properties: { a: { not: {} } } }",
        "{ type: object, properties: { a: false } }",
    ),
    (
        "any additional property",
        "{ type: object, additionalProperties: {} }",
        "{ type: object, additionalProperties: true }",
    ),
    (
        "closed object",
        "{ type: object, properties: { a: {} }, additionalProperties: false }",
        "{ type: object, properties: { a: {} }, unevaluatedProperties: false }",
    ),
    (
        "closed object with a negation",
        "{ type: object, additionalProperties: false }",
        "{ type: object, additionalProperties: { not: {} } }",
    ),
    (
        "items",
        "{ type: array, items: { type: string, nullable: true } }",
        "{ type: array, items: { type: [string, 'null'] } }",
    ),
    (
        "nested",
        "{ type: object, properties: { type: { type: string, nullable: true } } }",
        "{ type: object, properties: { type: { type: [string, 'null'] } } }",
    ),
    (
        "data that looks like a schema",
        "{ type: object, default: { type: string, nullable: true } }",
        "{ type: object, default: { type: string, nullable: true } }",
    ),
    (
        "definitions",
        "{ type: object, properties: { a: { type: string } } }",
        "{ type: object, $defs: { A: { type: string } }, $id: value, properties: { a: { $ref: '#/$defs/A' } } }",
    ),
    (
        "anchor",
        "{ type: object, properties: { a: { type: string } } }",
        "{ type: object, $defs: { A: { $anchor: a, type: string } }, properties: { a: { $ref: '#a' } } }",
    ),
    (
        "name of a resource",
        "{ type: object, properties: { a: { type: string } } }",
        "{ type: object, $defs: { A: { $id: 'https://example.com/a', type: string } }, properties: { a: { $ref: 'https://example.com/a' } } }",
    ),
];

/// Documents with the same meaning in OpenAPI 3.0 and in OpenAPI 3.1, after the line of the version.
const DOCUMENTS: &[(&str, &str, &str)] = &[
    (
        "no paths",
        "info: { title: T, version: 1.0.0 }\npaths: {}\n",
        "info: { title: T, version: 1.0.0 }\n",
    ),
    (
        "binary body",
        "paths: { /a: { put: { requestBody: { content: { image/png: { schema: { type: string, format: binary } } } }, responses: {} } } }\n",
        "paths: { /a: { put: { requestBody: { content: { image/png: {} } }, responses: {} } } }\n",
    ),
    (
        "path item by reference",
        "paths: { /a: { get: { responses: { '204': { description: D } } } } }\n",
        "paths: { /a: { $ref: '#/components/pathItems/A' } }\ncomponents: { pathItems: { A: { get: { responses: { '204': { description: D } } } } } }\n",
    ),
    (
        "schema of a parameter, header and callback",
        "paths: { /a: { get: { parameters: [{ name: a, in: query, schema: { type: string, nullable: true } }], callbacks: { c: { '{$url}': { post: { requestBody: { content: { a/b: { schema: { type: string, nullable: true } } } }, responses: {} } } } }, responses: { '200': { description: D, headers: { h: { schema: { type: string, nullable: true } } } } } } } }\n",
        "paths: { /a: { get: { parameters: [{ name: a, in: query, schema: { type: [string, 'null'] } }], callbacks: { c: { '{$url}': { post: { requestBody: { content: { a/b: { schema: { type: [string, 'null'] } } } }, responses: {} } } } }, responses: { '200': { description: D, headers: { h: { schema: { type: [string, 'null'] } } } } } } } }\n",
    ),
];

fn assert_same(name: &str, older: &str, newer: &str) {
    for (base, head) in [(older, newer), (newer, older)] {
        let changes = changes(base, head);
        let messages: Vec<String> = changes.iter().map(Change::message).collect();
        assert!(changes.is_empty(), "{name}: {messages:?}");
    }
}

#[test]
fn schema_in_another_version_is_unchanged() {
    for (name, older, newer) in SCHEMAS {
        assert_same(name, &around("3.0.3", older), &around("3.1.0", newer));
    }
}

#[test]
fn document_in_another_version_is_unchanged() {
    for (name, older, newer) in DOCUMENTS {
        let (older, newer) = (
            format!("openapi: 3.0.3\n{older}"),
            format!("openapi: 3.1.0\n{newer}"),
        );
        assert_same(name, &older, &newer);
    }
}

/// Documents with the same in OpenAPI 3.1, as `@scalar/openapi-upgrader` 0.1.11 writes it.
const UPGRADED: [(&str, &str); 2] = [
    (
        include_str!("../../fixtures/orders.yaml"),
        include_str!("../../fixtures/orders-3.1.json"),
    ),
    (
        include_str!("../../../../opentact-gen/tests/fixtures/groups.yaml"),
        include_str!("../../fixtures/groups-3.1.json"),
    ),
];

#[test]
fn document_that_another_tool_upgraded_is_unchanged() {
    for (older, newer) in UPGRADED {
        assert_same("upgraded", older, newer);
    }
}
