//! Entries of a report: one for each cause, and one for each sentence.

use openapi_compat::{Change, ChangeId, Direction, Extent, Format, Level, Report};
use openapi_tree::{Pointer, Style};
use serde_json::json;

use crate::support::changes;
use crate::support::report_schemas::{json_of, sarif_results_of};
use crate::support::reports::{READING, WRITING, change, report};

/// Returns a document with these paths and schemas.
fn document(paths: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: 1.0.0 }}\npaths:\n{paths}components:\n  \
         schemas:\n{schemas}"
    )
}

/// Returns an operation that receives and sends a schema.
fn operation(path: &str, schema: &str) -> String {
    let content = format!("content: {{ application/json: {{ schema: {schema} }} }}");
    format!(
        "  {path}:\n    put:\n      requestBody: {{ required: true, {content} }}\n      responses: \
         {{ 200: {{ description: Done., {content} }} }}\n"
    )
}

fn reference(name: &str) -> String {
    format!("{{ $ref: '#/components/schemas/{name}' }}")
}

/// Returns the report on an edit of a document.
fn edited(base: &str, from: &str, to: &str) -> Report {
    assert!(base.contains(from), "{from}");
    on(changes(base, &base.replace(from, to)))
}

fn on(changes: Vec<Change>) -> Report {
    let report = report(("1.0.0", "1.0.0"), changes, Vec::new());
    Report::new(report.base, report.head, report.changes, None)
}

/// Returns the sections with changes of a report in text.
fn sections(report: &Report) -> String {
    let text = report.to_text(Style::Plain);
    let (changes, _) = text.split_once("\n\nVersion\n").unwrap();
    let (_, changes) = changes.split_once("\n\n").unwrap();
    // The prover selects examples, which are no subject of these tests.
    let lines = changes
        .lines()
        .filter(|line| !line.starts_with("    for example, "));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn edit_of_a_schema_in_both_directions_is_one_entry() {
    let user =
        "    User: { type: object, properties: { name: { type: string, maxLength: 80 } } }\n";
    let base = document(&operation("/users", &reference("User")), user);
    let report = edited(&base, "maxLength: 80", "maxLength: 60");
    insta::assert_snapshot!(sections(&report), @r"
    Breaking, requests may be refused: 1 change

      `maxLength` of `User.name` changed from `80` to `60`
        request: PUT /users (breaking: previously valid requests may be rejected)
        response: PUT /users (additive: clients receive only values that they already expect)
        api.yaml:10, was api.yaml:10
    ");
    let json = json_of(&report);
    assert_eq!(json["wire"].as_array().unwrap().len(), 2);
    assert_eq!(json["wire"][0]["entry"], json["wire"][1]["entry"]);
    assert_eq!(json["summary"]["breaking"], 1);
    assert_eq!(json["summary"]["additive"], 0);
}

#[test]
fn schema_shared_by_several_others_is_one_entry() {
    let schemas = "    Named: { type: object, properties: { name: { type: string, maxLength: 80 } } }
    Cat: { allOf: [{ $ref: '#/components/schemas/Named' }, { type: object, properties: { lives: { type: integer } } }] }
    Dog: { allOf: [{ $ref: '#/components/schemas/Named' }, { type: object, properties: { tail: { type: integer } } }] }
";
    let paths = operation("/cats", &reference("Cat")) + &operation("/dogs", &reference("Dog"));
    let report = edited(&document(&paths, schemas), "maxLength: 80", "maxLength: 60");
    insta::assert_snapshot!(sections(&report), @r"
    Breaking, requests may be refused: 1 change

      `maxLength` of `Named.name` changed from `80` to `60`
        request: PUT /cats, PUT /dogs (breaking: previously valid requests may be rejected)
        response: PUT /cats, PUT /dogs (additive: clients receive only values that they already expect)
        api.yaml:14, was api.yaml:14
    ");
}

/// Two operations share a list of requirements, and each is named in a sentence of its own.
#[test]
fn edit_with_several_subjects_is_one_entry_that_names_them() {
    let tightened = |operation: &str| {
        let mut change = change(Level::Breaking, Direction::Request, &[operation], operation);
        change.id = ChangeId::SecurityTightened;
        change
    };
    let operations = ["GET /a", "GET /b", "GET /c", "GET /d", "GET /e"];
    let report = on(operations.map(tightened).to_vec());
    let text = sections(&report);
    assert!(
        text.starts_with("Breaking, requests may be refused: 1 change\n"),
        "{text}"
    );
    assert!(
        text.contains("\n    request: GET /a, GET /b, GET /c and 2 more\n"),
        "{text}"
    );
    assert!(
        text.contains("\n    also in GET /b, GET /c, GET /d and 1 more\n"),
        "{text}"
    );
    let everything = report.render(Format::Text, Extent::Everything, Style::Plain);
    assert!(
        everything.contains("\n    also in GET /b, GET /c, GET /d, GET /e\n"),
        "{everything}"
    );
}

#[test]
fn equal_sentences_are_one_entry_with_all_operations_and_places() {
    let own = "{ type: object, properties: { name: { type: string, maxLength: 80 } } }";
    let paths: String = ["/a", "/b", "/c", "/d", "/e"]
        .map(|path| operation(path, own))
        .concat();
    let base = document(&paths, "    Unused: {}\n");
    let report = edited(&base, "maxLength: 80", "maxLength: 60");
    assert_eq!(json_of(&report)["wire"].as_array().unwrap().len(), 10);
    insta::assert_snapshot!(sections(&report), @r"
    Breaking, requests may be refused: 1 change

      `maxLength` of `name` in the request body changed from `80` to `60`: previously valid requests may be rejected
        request: PUT /a, PUT /b, PUT /c and 2 more
        api.yaml:6, was api.yaml:6, and 4 more places

    Additive: 1 change

      `maxLength` of `name` in the response 200 changed from `80` to `60`: clients receive only values that they already expect
        response: PUT /a, PUT /b, PUT /c and 2 more
        api.yaml:7, was api.yaml:7, and 4 more places
    ");
    assert!(report.to_markdown().contains(", and 4 more places |"));
}

#[test]
fn keywords_that_a_new_type_brings_are_shown_with_it() {
    let own = "{ type: object, properties: { id: { type: number, format: float } } }";
    let base = document(&operation("/a", own), "    Unused: {}\n");
    let old = "{ type: number, format: float }";
    let report = edited(&base, old, "{ type: integer, format: int32 }");
    insta::assert_snapshot!(sections(&report), @r"
    Breaking, requests may be refused: 1 change

      `type` of `id` in the request body changed from `number` to `integer`: previously valid requests may be rejected
        with it, `format` of `id` in the request body changed from `float` to `int32`
        request: PUT /a
        api.yaml:6, was api.yaml:6

    Additive: 1 change

      `type` of `id` in the response 200 changed from `number` to `integer`: clients receive only values that they already expect
        with it, `format` of `id` in the response 200 changed from `float` to `int32`
        response: PUT /a
        api.yaml:7, was api.yaml:7
    ");
    let markdown = report.to_markdown();
    assert!(
        markdown.contains("<br>with it, <code>format</code> of"),
        "{markdown}"
    );
}

#[test]
fn removed_element_is_at_its_place_in_the_base() {
    let paths = operation("/a", "{ type: string }") + &operation("/b", "{ type: string }");
    let base = document(&paths, "    Unused: {}\n");
    let report = edited(&base, &operation("/b", "{ type: string }"), "");
    insta::assert_snapshot!(sections(&report), @r"
    Breaking, requests may be refused: 1 change

      `PUT /b` was removed: clients that call it fail
        request: PUT /b
        was api.yaml:9
    ");
    let markdown = report.to_markdown();
    assert!(
        markdown.contains(
            "| [was api.yaml:9](https://github.com/example/opentact/blob/3f2a1c0/api.yaml#L9) |"
        ),
        "{markdown}"
    );
    assert!(!markdown.contains("/9be19e5/"), "{markdown}");
    assert!(report.to_github().contains("::error file=api.yaml,line=9,"));
}

#[test]
fn constraint_is_no_element_in_the_changelog_entry() {
    let own = "{ type: object, properties: { name: { type: string } } }";
    let base = document(&operation("/a", own), "    Unused: {}\n");
    let long = "name: { type: string, maxLength: 80 }";
    let report = edited(&base, "name: { type: string }", long);
    let sections = |report: &Report| -> Vec<String> {
        let entry = report.changelog_entry();
        let sections = entry.lines().filter_map(|line| line.strip_prefix("### "));
        sections.map(str::to_owned).collect()
    };
    assert_eq!(
        sections(&report),
        ["Changed"],
        "{}",
        report.changelog_entry()
    );
    let back = on(changes(
        &base.replace("name: { type: string }", long),
        &base,
    ));
    assert_eq!(sections(&back), ["Changed"], "{}", back.changelog_entry());
    let added = edited(&base, "name: {", "nick: { type: string }, name: {");
    assert_eq!(sections(&added), ["Added"], "{}", added.changelog_entry());
}

#[test]
fn sections_are_in_the_order_in_which_clients_fail() {
    use Direction::{Both, Metadata, Request, Response};
    use Level::{Additive, Breaking, Documentation};
    let of = |id, level, direction| {
        let mut change = change(level, direction, READING, "`a`");
        change.id = id;
        change.head.pointer = Pointer::root().child(id.as_str());
        change
    };
    let report = on(vec![
        of(ChangeId::AnnotationChanged, Documentation, Metadata),
        of(ChangeId::NullableIneffective, Documentation, Metadata),
        of(ChangeId::PropertyAdded, Additive, Both),
        of(ChangeId::DefaultChanged, Breaking, Request),
        of(ChangeId::HeaderRemoved, Breaking, Response),
        of(ChangeId::OperationRemoved, Breaking, Both),
    ]);
    let text = sections(&report);
    let titles: Vec<&str> = text
        .lines()
        .filter(|line| line.ends_with(": 1 change"))
        .collect();
    let titles: Vec<&str> = titles
        .iter()
        .map(|title| title.trim_end_matches(": 1 change"))
        .collect();
    let expected = [
        "Breaking, requests may be refused",
        "Breaking, responses may be unreadable",
        "Breaking in another way",
        "Additive",
        "Warnings",
        "Documentation",
    ];
    assert_eq!(titles, expected);
    let markdown = report.to_markdown();
    let places = expected.map(|title| markdown.find(title).expect(title));
    assert!(places.is_sorted(), "{markdown}");
}

#[test]
fn mistakes_in_the_documents_are_counted() {
    let change = change(Level::Breaking, Direction::Request, WRITING, "`name`");
    let mut report = on(vec![change]);
    assert!(!report.to_text(Style::Plain).contains("Warnings about"));
    report.base.warnings = 3;
    report.head.left_out = 2;
    let line = "\nWarnings about the documents: 3 in the base; references that lead nowhere, which are \
                left out: 2 in the head\n";
    assert!(report.to_text(Style::Plain).contains(line));
    assert!(report.to_markdown().contains(line));
    let json = json_of(&report);
    assert_eq!(json["warnings"], json!({ "base": 3, "head": 0 }));
    assert_eq!(json["left_out"], json!({ "base": 0, "head": 2 }));
    let mut unchanged = on(Vec::new());
    unchanged.head.warnings = 1;
    let line = "\nWarnings about the documents: 1 in the head\n";
    assert!(unchanged.to_text(Style::Plain).ends_with(line));
    assert!(unchanged.to_markdown().ends_with(line));
}

#[test]
fn schema_without_proof_is_named() {
    let mut unproven = change(Level::Breaking, Direction::Request, WRITING, "`name`");
    unproven.proven = false;
    unproven.unproven_schema = Some("Crate3".to_owned());
    let report = on(vec![unproven]);
    let text = report.to_text(Style::Plain);
    assert!(
        text.contains("\n    no proof was found at `Crate3`\n"),
        "{text}"
    );
    let markdown = report.to_markdown();
    let cell = "<br>no proof was found at <code>Crate3</code>";
    assert!(markdown.contains(cell), "{markdown}");
    assert_eq!(json_of(&report)["wire"][0]["unproven_schema"], "Crate3");
}

#[test]
fn null_is_an_example() {
    let mut forbidden = change(Level::Breaking, Direction::Request, WRITING, "`name`");
    forbidden.example = Some(serde_json::Value::Null);
    let text = on(vec![forbidden]).to_text(Style::Plain);
    assert!(text.contains("\n    for example, null\n"), "{text}");
}

#[test]
fn example_is_shown_on_a_line_of_its_own_and_cut() {
    let mut shorter = change(Level::Breaking, Direction::Request, WRITING, "`name`");
    shorter.id = ChangeId::LimitChanged;
    shorter.example = Some(json!({ "name": "a|b\u{1b}[31m<i>" }));
    let report = on(vec![shorter.clone()]);
    assert_eq!(
        json_of(&report)["wire"][0]["example"]["name"],
        "a|b\u{1b}[31m<i>"
    );
    let text = report.to_text(Style::Plain);
    let line = "\n    for example, {\"name\":\"a|b\\u001b[31m<i>\"}\n";
    assert!(text.contains(line), "{text}");
    let markdown = report.to_markdown();
    let cell = "<br>for example, <code>{\"name\":\"a&#124;b&#92;u001b\\[31m&lt;i&gt;\"}</code>";
    assert!(markdown.contains(cell), "{markdown}");
    shorter.example = Some("long ".repeat(1_000).into());
    let report = on(vec![shorter]);
    let text = report.to_text(Style::Plain);
    let line = text
        .lines()
        .find(|line| line.contains("for example, "))
        .unwrap();
    assert!(line.chars().count() < 220 && line.ends_with('…'), "{line}");
}

#[test]
fn breaking_changes_are_in_the_order_of_their_certainty() {
    let of = |id: ChangeId, proven| {
        let subject = format!("`{id}`");
        let mut change = change(Level::Breaking, Direction::Request, READING, &subject);
        change.id = id;
        change.proven = proven;
        change.head.pointer = Pointer::root().child(format!("{id} {proven}"));
        change.name = Some(format!("{id} {proven}"));
        change
    };
    let report = on(vec![
        of(ChangeId::ContentKeywordChanged, false),
        of(ChangeId::TypeChanged, true),
        of(ChangeId::FormatChanged, true),
        of(ChangeId::EnumChanged, false),
        of(ChangeId::EnumChanged, true),
        of(ChangeId::LimitChanged, true),
        of(ChangeId::PropertyRemoved, true),
        of(ChangeId::PropertyBecameRequired, true),
    ]);
    let results = sarif_results_of(&report);
    let ids: Vec<&str> = results
        .iter()
        .filter_map(|result| result["ruleId"].as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "property-removed",
            "property-became-required",
            "type-changed",
            "enum-changed",
            "enum-changed",
            "limit-changed",
            "format-changed",
            "content-keyword-changed",
        ]
    );
}
