//! Comparing large and deep documents: the time grows with the size, and the stack does not.
//!
//! How long it takes on this machine is shown by
//! `cargo test --release -p opentact-gen --test diff_scale -- --nocapture`, for documents of up to
//! 10,000 operations; a debug build has up to 500.
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)] // helpers of tests

#[path = "support/large.rs"]
mod large;

use std::fmt::Write;
use std::thread;
use std::time::{Duration, Instant};

use opentact_gen::diff::{Level, WireChange, wire_changes};
use opentact_gen::{Document, Source, check, load};

use self::large::{PAGE, large};

fn loaded(text: &str) -> Document {
    load(Source::new("large.yaml", text)).unwrap()
}

/// All that is done to two specs, and how long it takes: the shortest of some times, for a machine
/// may be busy with something else.
fn compared(base: &str, head: &str) -> (Vec<WireChange>, Duration) {
    let once = || {
        let start = Instant::now();
        let (base, head) = (loaded(base), loaded(head));
        // What it finds is not about OpenAPI, but about what can be a client.
        let _ = (check(&base), check(&head));
        (wire_changes(&base, &head), start.elapsed())
    };
    (0..3)
        .map(|_| once())
        .min_by_key(|(_, time)| *time)
        .unwrap()
}

#[test]
fn ten_times_the_operations_take_about_ten_times_as_long() {
    let sizes: &[usize] = match cfg!(debug_assertions) {
        true => &[50, 500],
        false => &[100, 1_000, 10_000],
    };
    let edits: [(&str, &str, &str); 4] = [
        ("nothing", "", ""),
        ("one operation", "updateThing7\n", "changeThing7\n"),
        ("what all share", "maxLength: 500", "maxLength: 400"),
        ("each page", "maxLength: 80", "maxLength: 60"),
    ];
    for (what, from, to) in edits {
        let mut previous: Option<Duration> = None;
        for size in sizes {
            let base = large(size / PAGE);
            check(&loaded(&base)).unwrap();
            let head = base.replace(from, to);
            let (changes, time) = compared(&base, &head);
            println!(
                "{size} operations, edited {what}: {} changes, {time:?}",
                changes.len()
            );
            let expected = match what {
                "nothing" => 0,
                "each page" => size / PAGE,
                _ => 1,
            };
            assert_eq!(changes.len(), expected, "{what}");
            if let Some(previous) = previous.replace(time) {
                assert!(
                    time < previous * 20,
                    "{what}: {previous:?}, ten times as much: {time:?}"
                );
            }
        }
    }
}

/// A document with one operation, which answers with the first schema.
fn answering(schemas: &str) -> String {
    format!(
        "\
openapi: 3.0.3
info: {{ title: Deep, version: 1.0.0 }}
paths:
  /:
    get:
      responses:
        200:
          description: All of it.
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/S0' }} }} }}
components:
  schemas:
{schemas}"
    )
}

/// Schemas of which each leads to the next one, as `link` says where it has `NEXT`; the last one is
/// `end`.
fn chain(length: usize, link: &str, end: &str) -> String {
    let mut schemas = String::new();
    for index in 0..length {
        let next = format!("$ref: '#/components/schemas/S{}'", index + 1);
        writeln!(schemas, "    S{index}: {}", link.replace("NEXT", &next)).unwrap();
    }
    writeln!(schemas, "    S{length}: {end}").unwrap();
    answering(&schemas)
}

/// Compares two specs where there is no more stack than a thread of Rust has.
fn compared_with_a_small_stack(base: String, head: String) -> (Vec<WireChange>, Duration) {
    const STACK: usize = 2 << 20;
    let work = move || compared(&base, &head);
    let thread = thread::Builder::new().stack_size(STACK).spawn(work);
    thread.unwrap().join().unwrap()
}

#[test]
fn a_long_chain_of_schemas_needs_no_more_stack() {
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
        // What is taken over by `allOf` is read again by each that takes it over.
        (100, "allOf", "{ allOf: [{ NEXT }, { type: string }] }"),
        (1_000, "oneOf", "{ oneOf: [{ NEXT }, { type: integer }] }"),
        (1_000, "not", "{ not: { NEXT } }"),
    ];
    for (length, what, link) in links {
        let base = chain(length, link, ends);
        let head = base.replace("maxLength: 80", "maxLength: 60");
        let (changes, time) = compared_with_a_small_stack(base, head);
        println!("{length} times {what}: {} changes, {time:?}", changes.len());
        assert!(!changes.is_empty(), "{what}");
    }
}

#[test]
fn schemas_that_lead_to_each_other_need_no_more_stack() {
    let ring = "{ type: object, properties: { next: { $ref: '#/components/schemas/S0' } } }";
    let base = chain(
        1_000,
        "{ type: object, properties: { name: { type: string, maxLength: 80 }, next: { NEXT } } }",
        ring,
    );
    let head = base.replace("maxLength: 80", "maxLength: 60");
    let (changes, time) = compared_with_a_small_stack(base, head);
    println!(
        "1000 schemas in a ring: {} changes, {time:?}",
        changes.len()
    );
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
        // Two levels for a list in a mapping, of the 64 that are read.
        let levels = if open.contains('[') { 29 } else { 58 };
        let schema = format!(
            "{}{{ type: string, maxLength: 80 }}{}",
            open.repeat(levels),
            close.repeat(levels)
        );
        let base = answering(&format!("    S0: {schema}\n"));
        let head = base.replace("maxLength: 80", "maxLength: 60");
        let (changes, time) = compared_with_a_small_stack(base, head);
        println!("{levels} times {open}: {} changes, {time:?}", changes.len());
        assert!(!changes.is_empty());
    }
}

#[test]
fn a_schema_that_is_made_of_itself_comes_to_an_end() {
    // jsoncompat's stack overflows on it.
    let circle = "{ anyOf: [{ oneOf: [{}, { $ref: '#/components/schemas/S0' }] }] }";
    let base = answering("    S0: { type: string }\n");
    let head = answering(&format!("    S0: {circle}\n"));
    let (changes, time) = compared_with_a_small_stack(base, head);
    println!("a circle: {} changes, {time:?}", changes.len());
    assert!(!changes.is_empty());
}
