//! Keywords in sentences, under the names that the author wrote.

use std::collections::BTreeSet;

use openapi_compat::Change;

use super::{around, changes};

/// Two schemas of OpenAPI 3.1, and the only fact about the request.
const EDITS: &[(&str, &str, &str)] = &[
    (
        "{ type: string, contentEncoding: base64 }",
        "{ type: string, contentEncoding: base64url }",
        "`contentEncoding` of the request body changed from `base64` to `base64url`",
    ),
    (
        "{ type: string, contentEncoding: base64 }",
        "{ type: string }",
        "`contentEncoding` of the request body is now unset (was `base64`)",
    ),
    (
        "{ type: string, contentEncoding: base64 }",
        "{ type: string, format: binary }",
        "`format` of the request body changed from `byte` to `binary`",
    ),
    (
        "{ type: object, properties: { a: true } }",
        "{ type: object, properties: { a: false } }",
        "the schema of `a` in the request body changed from `true` to `false`",
    ),
    (
        "{ if: { minLength: 3 }, then: true }",
        "{ if: { minLength: 3 }, then: false }",
        "the schema of `[then]` in the request body changed from `true` to `false`",
    ),
    (
        "{ if: { minLength: 3 }, then: { maxLength: 9 } }",
        "{ if: { minLength: 3 }, then: { maxLength: 9 }, else: false }",
        "`else` of the request body is now `false` (was unset)",
    ),
    (
        "{ type: array, prefixItems: [{ type: string }], items: false }",
        "{ type: array, prefixItems: [{ type: string }] }",
        "`items` of the request body is now unset (was `false`)",
    ),
    (
        "{ type: string }",
        "{ type: string, if: { minLength: 3 }, then: { pattern: '^a' } }",
        "`if` of the request body is now `{\"minLength\":3}` (was unset)",
    ),
];

#[test]
fn keyword_of_openapi_3_1_has_the_name_that_the_author_wrote() {
    for (older, newer, expected) in EDITS {
        let changes = changes(&around("3.1.0", older), &around("3.1.0", newer));
        let facts = changes.iter().map(Change::fact);
        let facts: BTreeSet<String> = facts.filter(|fact| fact.contains("request")).collect();
        assert_eq!(facts, BTreeSet::from([(*expected).to_owned()]));
    }
}
