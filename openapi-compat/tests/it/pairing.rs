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

#[test]
fn repeated_server_is_one_server() {
    let server = "{ url: https://api.example.com }";
    let servers = |list: &str| api(&format!("servers: [{list}]\npaths: {{}}"));
    let (once, twice) = (servers(server), servers(&format!("{server}, {server}")));
    for (base, head) in [(&twice, &twice), (&once, &twice), (&twice, &once)] {
        assert_eq!(changes(base, head), []);
    }
}

/// Returns a document with one operation, whose response has headers.
fn responding_with(headers: &str) -> String {
    api(&format!(
        "paths: {{ /a: {{ get: {{ responses: {{ 204: {{ description: None., \
         headers: {{ {headers} }} }} }} }} }} }}"
    ))
}

#[test]
fn content_type_header_is_not_compared() {
    let header = |schema: &str| format!("content-type: {{ schema: {{ type: {schema} }} }}");
    let (base, head) = (header("string"), header("integer"));
    let (base, head) = (responding_with(&base), responding_with(&head));
    assert_eq!(changes(&base, &head), []);
}

#[test]
fn headers_that_differ_in_case_are_one_header() {
    let header = |name: &str| format!("{name}: {{ schema: {{ type: string }} }}");
    let (upper, lower) = (header("X-Id"), header("x-id"));
    let both = responding_with(&format!("{upper}, {lower}"));
    assert_eq!(changes(&both, &both), []);
    let changes = changes(&responding_with(&upper), &responding_with(&lower));
    assert_eq!(ids(&changes), ["header-renamed"]);
}

#[test]
fn empty_list_of_tags_is_no_list() {
    let path = "paths: { /a: { get: { TAGS responses: { 204: { description: None. } } } } }";
    let without = api(&path.replace("TAGS", ""));
    let with = api(&format!("tags: []\n{}", path.replace("TAGS", "tags: [],")));
    assert_eq!(changes(&without, &with), []);
    assert_eq!(changes(&with, &without), []);
}

#[test]
fn response_component_is_named_after_the_component() {
    let text = |description: &str| {
        let reference = "{ $ref: '#/components/responses/Failed' }";
        api(&format!(
            "paths: {{ /a: {{ get: {{ responses: {{ 4XX: {reference}, 500: {reference} }} }} }} }}\n\
             components: {{ responses: {{ Failed: {{ description: {description} }} }} }}"
        ))
    };
    let changes = changes(&text("Failed."), &text("It failed."));
    let subjects: Vec<&str> = changes.iter().map(|change| &*change.subject).collect();
    assert_eq!(subjects, ["the response `Failed`"]);
}
