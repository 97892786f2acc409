//! What a report says where a page of the API brings a token of its own.
#![allow(clippy::unwrap_used)] // helpers of tests

use opentact_gen::Source;
use opentact_gen::diff::{RustFace, Side, review};

/// A spec with two operations, each of which asks for the scheme that is named, of which the first
/// is the main one.
fn spec(main: &str, list: Option<&str>, get: &str, schemes: &[&str]) -> String {
    let headers = [
        ("Key", "X-Key"),
        ("Other", "X-Other"),
        ("Another", "X-Other"),
    ];
    let operation = |name: &str, scheme: &str| {
        format!(
            "  /{name}:
    get:
      operationId: {name}
      x-rust-name: {name}
      x-idempotent: true
      security: [{{ {scheme}: [] }}]
      responses:
        '200':
          description: Names.
          content:
            application/json:
              schema:
                type: object
                required: [success, payload]
                properties:
                  success: {{ type: boolean, enum: [true] }}
                  payload: {{ type: object, properties: {{ name: {{ type: string }} }} }}
"
        )
    };
    let list = list.map_or(String::new(), |scheme| operation("list", scheme));
    let schemes = schemes.iter().map(|name| {
        let (_, header) = headers.iter().find(|(known, _)| known == name).unwrap();
        format!("    {name}: {{ type: apiKey, in: header, name: {header} }}\n")
    });
    let schemes: String = schemes.collect();
    format!(
        "openapi: 3.0.3
info: {{ title: Names, version: 0.1.0 }}
servers: [{{ url: https://api.example.com }}]
security: [{{ {main}: [] }}]
paths:
{}{list}components:
  securitySchemes:
{schemes}",
        operation("get", get)
    )
}

/// A report in a line for each change.
fn report(base: &str, head: &str) -> String {
    let side = |text: &str| Side {
        sources: Source::new("spec.yaml", text).into(),
        name: "spec.yaml".to_owned(),
        version: Some("0.1.0".parse().unwrap()),
        link: None,
    };
    let report = review(side(base), side(head)).unwrap();
    let mut lines = vec![format!("required: {}", report.required)];
    for change in &report.wire {
        let operations = change.operations.join(", ");
        let (level, message) = (change.level, &change.message);
        lines.push(format!("wire, {level}: {operations}: {message}"));
    }
    if let RustFace::NotGenerated(why) = &report.rust {
        lines.push(format!("not generated: {why}"));
    }
    for change in report.rust.changes() {
        let level = if change.breaking {
            "breaking"
        } else {
            "compatible"
        };
        let (item, message) = (&change.item, &change.message);
        lines.push(format!("Rust, {level}: {} {item}: {message}", change.kind));
    }
    lines.join("\n")
}

#[test]
fn schemes_of_two_specs() {
    let one = spec("Key", None, "Key", &["Key"]);
    let two = spec("Key", Some("Other"), "Key", &["Key", "Other"]);
    let moved = spec("Key", Some("Key"), "Key", &["Key"]);
    let renamed = spec("Key", Some("Another"), "Key", &["Key", "Another"]);
    let other_main = spec("Other", Some("Other"), "Key", &["Key", "Other"]);
    let edits = [
        ("an operation with a scheme of its own", &one, &two),
        ("the operation is gone, and its scheme", &two, &one),
        ("it asks for the main scheme", &two, &moved),
        ("it asks for another one than the main scheme", &moved, &two),
        ("the further scheme is renamed", &two, &renamed),
        ("the further scheme becomes the main one", &two, &other_main),
        ("a new scheme becomes the main one", &one, &other_main),
    ];
    let reports = edits.map(|(name, base, head)| format!("--- {name}\n{}", report(base, head)));
    insta::assert_snapshot!(reports.join("\n"));
}
