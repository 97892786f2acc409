//! Large and deep documents: an edit is reported once, and the stack does not grow.
//!
//! `cargo xtask bench --only scale` measures the time for up to 1,000 operations.

use std::fmt::Write;
use std::thread;

use openapi_compat::{Change, Level, Options, compare};
use openapi_tree::{Document, Source, load};

use crate::support::large::{PAGE, large};

/// Loads without validation: what is tested here is the comparison.
fn loaded(text: &str) -> Document {
    load(Source::new("large.yaml", text)).unwrap()
}

fn compared(base: &str, head: &str) -> Vec<Change> {
    compare(&loaded(base), &loaded(head), &Options::default())
}

#[test]
fn edit_of_a_large_document_is_one_change_for_each_place() {
    const PAGES: usize = 10;
    let base = large(PAGES);
    for (edit, from, to, expected) in [
        ("nothing", "", "", 0),
        ("one operation", "updateThing7\n", "changeThing7\n", 1),
        ("a shared schema", "maxLength: 500", "maxLength: 400", 1),
        (
            "a schema of each page",
            "maxLength: 80",
            "maxLength: 60",
            PAGES,
        ),
    ] {
        let changes = compared(&base, &base.replace(from, to));
        assert_eq!(changes.len(), expected, "{edit}");
    }
    let shared = compared(&base, &base.replace("maxLength: 500", "maxLength: 400"));
    assert_eq!(shared[0].operations.len(), PAGES * PAGE);
}

/// Returns a document with one operation, whose response has the first schema.
fn responding_with(schemas: &str) -> String {
    format!(
        "\
openapi: 3.0.3
info: {{ title: Deep, version: 1.0.0 }}
paths:
  /:
    get:
      responses:
        200:
          description: All.
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/S0' }} }} }}
components:
  schemas:
{schemas}"
    )
}

/// Returns schemas that lead to each other by `link`, in which `NEXT` becomes the reference to the
/// next schema. The last one is `end`.
fn chain(length: usize, link: &str, end: &str) -> String {
    let mut schemas = String::new();
    for index in 0..length {
        let next = format!("$ref: '#/components/schemas/S{}'", index + 1);
        writeln!(schemas, "    S{index}: {}", link.replace("NEXT", &next)).unwrap();
    }
    writeln!(schemas, "    S{length}: {end}").unwrap();
    responding_with(&schemas)
}

/// Compares two documents with the stack of an ordinary thread.
fn compared_with_a_small_stack(base: String, head: String) -> Vec<Change> {
    const STACK: usize = 2 << 20;
    let work = move || compared(&base, &head);
    let thread = thread::Builder::new().stack_size(STACK).spawn(work);
    thread.unwrap().join().unwrap()
}

#[test]
fn long_chain_of_schemas_needs_no_more_stack() {
    let ends = "{ type: string, maxLength: 80 }";
    let links = [
        (
            1_000,
            "property",
            "{ type: object, properties: { next: { NEXT } } }",
        ),
        (1_000, "item", "{ type: array, items: { NEXT } }"),
        (
            1_000,
            "entry",
            "{ type: object, additionalProperties: { NEXT } }",
        ),
        (1_000, "reference", "{ NEXT }"),
        (1_000, "anyOf", "{ anyOf: [{ NEXT }, { type: integer }] }"),
        (1_000, "allOf", "{ allOf: [{ NEXT }, { type: string }] }"),
        // Reading each part once for each way to it would not end.
        (1_000, "repeated allOf", "{ allOf: [{ NEXT }, { NEXT }] }"),
        (1_000, "oneOf", "{ oneOf: [{ NEXT }, { type: integer }] }"),
        (1_000, "not", "{ not: { NEXT } }"),
    ];
    for (length, what, link) in links {
        let base = chain(length, link, ends);
        let head = base.replace("maxLength: 80", "maxLength: 60");
        let changes = compared_with_a_small_stack(base, head);
        assert!(!changes.is_empty(), "{what}");
    }
}

#[test]
fn ring_of_schemas_needs_no_more_stack() {
    let ring = "{ type: object, properties: { next: { $ref: '#/components/schemas/S0' } } }";
    let base = chain(
        1_000,
        "{ type: object, properties: { name: { type: string, maxLength: 80 }, next: { NEXT } } }",
        ring,
    );
    let head = base.replace("maxLength: 80", "maxLength: 60");
    let changes = compared_with_a_small_stack(base, head);
    assert_eq!(changes.len(), 1_000);
    assert!(changes.iter().all(|change| change.level == Level::Additive));
}

#[test]
fn deep_nesting_needs_no_more_stack() {
    for (open, close) in [
        ("{ type: array, items: ", " }"),
        ("{ allOf: [", "] }"),
        ("{ oneOf: [{ type: integer }, ", "] }"),
    ] {
        // A list in a mapping takes two of the 64 levels that are read.
        let levels = if open.contains('[') { 29 } else { 58 };
        let schema = format!(
            "{}{{ type: string, maxLength: 80 }}{}",
            open.repeat(levels),
            close.repeat(levels)
        );
        let base = responding_with(&format!("    S0: {schema}\n"));
        let head = base.replace("maxLength: 80", "maxLength: 60");
        let changes = compared_with_a_small_stack(base, head);
        assert!(!changes.is_empty(), "{open}");
    }
}

#[test]
fn schema_composed_of_itself_is_compared() {
    // No value is valid if and only if it is not.
    let circle = "{ anyOf: [{ oneOf: [{}, { $ref: '#/components/schemas/S0' }] }] }";
    let base = responding_with("    S0: { type: string }\n");
    let head = responding_with(&format!("    S0: {circle}\n"));
    let changes = compared_with_a_small_stack(base, head);
    assert!(!changes.is_empty());
}
