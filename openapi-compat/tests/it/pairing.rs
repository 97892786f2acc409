//! The elements that correspond to each other if a document repeats, shares or renames them.

use openapi_compat::Change;

use crate::support::changes;

/// Returns a document with the parts besides `openapi` and `info`.
fn api(parts: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{ title: Pairs, version: 1.0.0 }}\n{parts}\n")
}

/// Returns the ids of changes.
fn ids(changes: &[Change]) -> Vec<&str> {
    changes.iter().map(|change| change.id.as_str()).collect()
}

/// Both changes have the same level, lines, pointer into the head and message.
#[test]
fn report_of_changes_at_the_same_place_has_always_the_same_order() {
    let operation = |path: &str, schema: &str| {
        format!(
            "  /{path}: {{ get: {{ parameters: [{{ name: q, in: query, \
             schema: {{ $ref: '#/components/schemas/{schema}' }} }}], \
             responses: {{ 204: {{ description: None. }} }} }} }}\n"
        )
    };
    let text = |a: &str, b: &str, schemas: &str| {
        let (a, b) = (operation("a", a), operation("b", b));
        api(&format!(
            "paths:\n{a}{b}components: {{ schemas: {{ {schemas} }} }}"
        ))
    };
    let long = "{ type: string, maxLength: 80 }";
    let base = text("A", "B", &format!("A: {long}, B: {long}"));
    let head = text("C", "C", "C: { type: string, maxLength: 60 }");
    for _ in 0..20 {
        let changes = changes(&base, &head);
        let operations: Vec<_> = changes.iter().map(|change| &change.operations).collect();
        assert_eq!(operations, [&["GET /a"], &["GET /b"]]);
    }
}

#[test]
fn paths_that_differ_in_parameter_names_are_paired_by_name() {
    let path = |name: &str| {
        format!(
            "  /a/{{{name}}}: {{ get: {{ parameters: [{{ name: {name}, in: path, required: true, \
             schema: {{ type: string }} }}], responses: {{ 204: {{ description: None. }} }} }} }}\n"
        )
    };
    let text = |first: &str, second: &str| api(&format!("paths:\n{}{}", path(first), path(second)));
    let base = text("x", "y");
    assert_eq!(changes(&base, &base), []);
    for head in [text("z", "y"), text("y", "z")] {
        let changes = changes(&base, &head);
        assert_eq!(ids(&changes), ["path-rewritten", "parameter-renamed"]);
        assert_eq!(changes[0].old, Some("/a/{x}".into()));
    }
}
