//! Several files as one document: shared parts, contradictions, and the places of findings.

use openapi_tree::{Document, Findings, Source, Sources, Style, load_valid};
use serde_json::{Value, json};

/// The entry document.
const COMMON: &str = r##"
openapi: 3.0.3
info: { title: All, version: 0.1.0 }
servers: [{ url: https://api.example.com/rest }]
security: [{ Token: [] }]
paths: {}
components:
  securitySchemes:
    Token: { type: apiKey, in: header, name: X-Token }
  schemas:
    Name: { type: string, maxLength: 80 }
    Envelope:
      type: object
      required: [success, payload]
      properties:
        success: { type: boolean, enum: [true] }
        payload: { $ref: "#/components/schemas/Name" }
"##;

/// A second file with `GET` and `POST` of one path.
const PAGE: &str = r##"
openapi: 3.0.3
info: { title: A page, version: 0.1.0 }
tags: [{ name: names }]
paths:
  /name:
    get:
      operationId: GetName
      x-rust-name: get_name
      x-idempotent: true
      tags: [names]
      responses:
        "200":
          description: The name.
          content:
            application/json:
              schema: { $ref: "./common.yaml#/components/schemas/Envelope" }
    post:
      operationId: SetName
      x-rust-name: set_name
      x-idempotent: true
      tags: [names]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "./common.yaml#/components/schemas/Name" }
      responses:
        "200":
          description: The name.
          content:
            application/json:
              schema: { $ref: "common.yaml#/components/schemas/Envelope" }
"##;

fn sources(files: &[(&str, &str)]) -> Sources {
    let files = files.iter();
    Sources::new(
        files.map(|(name, text)| Source::new(format!("openapi/{name}"), text.trim_start())),
    )
}

fn document(files: &[(&str, &str)]) -> Document {
    load_valid(sources(files)).unwrap()
}

fn findings(files: &[(&str, &str)]) -> Findings {
    load_valid(sources(files)).expect_err("nothing was found")
}

/// Replaces a text of the second file.
#[track_caller]
fn page(from: &str, to: &str) -> String {
    assert!(PAGE.contains(from), "the page does not contain `{from}`");
    PAGE.replacen(from, to, 1)
}

#[test]
fn load_of_two_files_returns_one_document() {
    let document = document(&[("common.yaml", COMMON), ("page.yaml", PAGE)]);
    let root = document.root.to_json();
    assert_eq!(root["info"]["title"], "All");
    assert_eq!(root["security"], json!([{ "Token": [] }]));
    assert_eq!(root["tags"], json!([{ "name": "names" }]));
    let get = &root["paths"]["/name"]["get"];
    assert_eq!(get["security"], Value::Null, "inherited from the document");
    let schema = &get["responses"]["200"]["content"]["application/json"]["schema"];
    assert_eq!(schema["$ref"], "#/components/schemas/Envelope");
}

#[test]
fn load_of_files_in_another_order_returns_the_same_document() {
    let usual = document(&[("common.yaml", COMMON), ("page.yaml", PAGE)]);
    let page = PAGE.replace("common.yaml", "z.yaml");
    let files = [("a.yaml", page.as_str()), ("z.yaml", COMMON)];
    let turned = document(&files);
    let turned_back = document(&[files[1], files[0]]);
    assert_eq!(turned.root.to_json(), turned_back.root.to_json());
    assert!(usual.root.same(&turned.root));
}

#[test]
fn security_of_a_file_applies_to_its_operations() {
    let own = page("tags: [{", "security: [{ Other: [] }]\ntags: [{");
    let own = own.replacen(
        "x-rust-name: set_name",
        "x-rust-name: set_name\n      security: [{ Token: [] }]",
        1,
    ) + "components:\n  securitySchemes:\n    Other: { type: apiKey, in: header, name: X-Other }\n";
    let root = document(&[("common.yaml", COMMON), ("page.yaml", &own)])
        .root
        .to_json();
    assert_eq!(root["security"], json!([{ "Token": [] }]));
    let operations = &root["paths"]["/name"];
    assert_eq!(operations["get"]["security"], json!([{ "Other": [] }]));
    assert_eq!(operations["post"]["security"], json!([{ "Token": [] }]));
    let schemes = root["components"]["securitySchemes"].as_object().unwrap();
    assert_eq!(schemes.len(), 2);
}

#[test]
fn path_item_and_component_in_two_files_are_merged() {
    let (get, post) = PAGE.split_once("    post:").unwrap();
    let head = PAGE.split_once("    get:").unwrap().0;
    let same = "components:\n  schemas:\n    Name: { maxLength: 80, type: string } # the same\n";
    let post = format!("{head}    post:{post}{same}");
    let two = document(&[
        ("common.yaml", COMMON),
        ("get.yaml", get),
        ("post.yaml", &post),
    ]);
    let one = document(&[("common.yaml", COMMON), ("page.yaml", PAGE)]);
    assert_eq!(two.root.to_json(), one.root.to_json());
}

#[test]
fn contradictions_between_files_are_reported_with_both_places() {
    let conflicting = page("paths:\n  /name:\n", "servers: [{ url: https://other.example.com }]\npaths:\n  /name:\n    summary: Another one\n    parameters: [{ name: x, in: query, schema: { type: string } }]\n")
        .replace("tags: [{ name: names }]", "tags: [{ name: names, description: Others }]")
        + "components:\n  schemas:\n    Name: { type: string, maxLength: 81 }\n";
    let summary = page("  /name:\n", "  /name:\n    summary: A name\n");
    let found = findings(&[
        ("common.yaml", COMMON),
        ("first.yaml", &summary),
        ("second.yaml", &conflicting),
    ]);
    insta::assert_snapshot!(found.render(Style::Plain));
}

#[test]
fn tags_of_one_file_are_compared_if_they_have_a_name() {
    let tags = "tags: [{ name: names }, { name: names, description: Others }, {}, { x-id: 1 }]";
    let repeated = page("tags: [{ name: names }]", tags);
    let found = findings(&[("common.yaml", COMMON), ("page.yaml", &repeated)]);
    let messages: Vec<&str> = found.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the tag `names` is described differently elsewhere",
            "`name` is missing here",
            "`name` is missing here",
        ]
    );
}

#[test]
fn mistakes_in_several_files_are_reported_together() {
    let common = COMMON.replacen("maxLength: 80", "maxlength: 80", 1);
    let wrong = page(
        "./common.yaml#/components/schemas/Envelope",
        "#/components/schemas/Envelope",
    )
    .replacen(
        "./common.yaml#/components/schemas/Name",
        "./comon.yaml#/components/schemas/Name",
        1,
    )
    .replacen(
        "\"common.yaml#/components/schemas/Envelope\"",
        "./common.yaml#/components/schemas/Envelop",
        1,
    );
    let found = findings(&[("common.yaml", &common), ("page.yaml", &wrong)]);
    insta::assert_snapshot!(found.render(Style::Plain));
}

#[test]
fn several_broken_files_are_reported_together() {
    let found = findings(&[
        ("a.yaml", "a: [1"),
        ("b.yaml", "b: 1\nb: 2\n"),
        ("c.yaml", "c: 1\n"),
    ]);
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["yaml", "duplicate-key"]);
    let shown = found.to_string();
    assert!(shown.contains("openapi/a.yaml:1:"), "{shown}");
    assert!(shown.contains("openapi/b.yaml:2:1"), "{shown}");
}

#[test]
fn findings_to_json_have_path_line_and_column() {
    let other =
        "openapi: 3.0.3\ninfo: { title: Ümlaut, version: 0.1.0 }\npaths:\n  /name: { get: {} }\n";
    let found = findings(&[
        ("common.yaml", COMMON),
        ("other.yaml", other),
        ("page.yaml", PAGE),
    ]);
    let found = found.to_json();
    let twice = found.as_array().unwrap().iter();
    let twice: Vec<_> = twice
        .filter(|finding| finding["rule"] == "duplicate-operation")
        .collect();
    assert_eq!(
        twice,
        [&json!({
            "rule": "duplicate-operation",
            "severity": "error",
            "message": "another file describes `GET /name`, too",
            "help": "keep one of the two",
            "path": "openapi/page.yaml",
            "start": { "line": 6, "column": 5 },
            "end": { "line": 6, "column": 8 },
            "related": [{
                "path": "openapi/other.yaml",
                "start": { "line": 4, "column": 12 },
                "end": { "line": 4, "column": 15 },
                "message": "the other is here",
            }],
        })]
    );
}
