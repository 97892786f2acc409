//! What has to be true of the comparison of any two specs, tried with specs drawn at random.
//!
//! The same specs are drawn each time; `PROPTEST_RNG_SEED` draws others, `PROPTEST_CASES` more.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests

#[path = "support/drawing.rs"]
mod drawing;
#[path = "diff_properties/edits.rs"]
mod edits;
#[path = "diff_properties/rewriting.rs"]
mod rewriting;
#[path = "diff_properties/schemas.rs"]
mod schemas;
#[path = "diff_properties/values.rs"]
mod values;

use drawing::config;
use opentact_gen::diff::{Level, WireChange, wire_changes};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use schemas::{document, document_of, schema, spec};
use serde_json::Value;

/// The specs with everything that specs may say.
const SPECS: [&str; 2] = [
    include_str!("fixtures/orders.yaml"),
    include_str!("fixtures/groups.yaml"),
];

/// What is said to break: for those who send, and for those who receive.
fn breaking(changes: &[WireChange]) -> (Vec<&str>, Vec<&str>) {
    let of = |operation: &str| {
        let breaking = changes
            .iter()
            .filter(|change| change.level == Level::Breaking);
        let breaking =
            breaking.filter(|change| change.operations.iter().any(|title| title == operation));
        breaking.map(|change| change.message.as_str()).collect()
    };
    (of("PUT /value"), of("GET /value"))
}

/// A schema after some edits, each one of those that a list has.
fn edited(schema: &Value, edits: &[Index], list: fn(&Value) -> Vec<Value>) -> Value {
    edits.iter().fold(schema.clone(), |schema, edit| {
        let edited = list(&schema);
        match edited.is_empty() {
            true => schema,
            false => edit.get(&edited).clone(),
        }
    })
}

/// Values that are fine by one schema and not by the other.
fn lost(from: &Value, to: &Value) -> Vec<Value> {
    let allowed = values::validator(&document_of(to));
    let members = values::members(from, to);
    members
        .into_iter()
        .filter(|value| !allowed.is_valid(value))
        .collect()
}

/// What a comparison does not say of two schemas although a value shows it.
fn contradictions(base: &Value, head: &Value) -> Result<(), TestCaseError> {
    let changes = wire_changes(&document_of(base), &document_of(head));
    let (requests, responses) = breaking(&changes);
    if requests.is_empty() {
        let lost = lost(base, head);
        prop_assert!(
            lost.is_empty(),
            "{base}\nto {head}\nrefuses {lost:?}, which is not said: {changes:#?}"
        );
    }
    if responses.is_empty() {
        let new = lost(head, base);
        prop_assert!(
            new.is_empty(),
            "{base}\nto {head}\nyields {new:?}, which is not said: {changes:#?}"
        );
    }
    Ok(())
}

/// That two ways to write a spec say the same.
fn assert_same(base: &str, head: &str) -> Result<(), TestCaseError> {
    let changes = wire_changes(&document(base), &document(head));
    prop_assert!(changes.is_empty(), "{changes:#?}\nof {base}\nand {head}");
    Ok(())
}

/// A spec that is written in another way says the same.
fn rewriting(spec: &Value, order: &[Index]) -> Result<(), TestCaseError> {
    let base = spec.to_string();
    let mut left = order.iter().cycle();
    let mut choose = |among| left.next().map_or(0, |index| index.index(among));
    let shuffled = rewriting::shuffled(spec, &mut choose);
    assert_same(&base, &base)?;
    assert_same(&base, &shuffled.to_string())?;
    assert_same(&base, &format!("{shuffled:#}"))?;
    assert_same(&base, &rewriting::yaml(spec, 1))?;
    assert_same(&base, &rewriting::yaml(&shuffled, 4))?;
    for head in [rewriting::inlined(spec), rewriting::extracted(spec)] {
        assert_same(&base, &head.to_string())?;
        assert_same(&head.to_string(), &base)?;
    }
    Ok(())
}

#[test]
fn specs_written_otherwise_are_the_same() {
    let config = ProptestConfig {
        max_shrink_iters: 0, // an order does not get simpler
        ..config(3)
    };
    proptest!(config, |(order in vec(any::<Index>(), 40))| {
        for text in SPECS {
            let spec = rewriting::json_of(&document(text));
            assert_same(text, &spec.to_string())?;
            rewriting(&spec, &order)?;
        }
    });
}

#[test]
fn schemas_written_otherwise_are_the_same() {
    proptest!(config(60), |(schema in schema(), order in vec(any::<Index>(), 20))| {
        rewriting(&spec(&schema.0), &order)?;
    });
}

#[test]
fn what_is_widened_breaks_those_who_receive_only() {
    proptest!(config(100), |(schema in schema(), edits in vec(any::<Index>(), 1..5))| {
        let wider = edited(&schema.0, &edits, edits::wider);
        let there = wire_changes(&document_of(&schema.0), &document_of(&wider));
        let back = wire_changes(&document_of(&wider), &document_of(&schema.0));
        let (there, back) = (breaking(&there), breaking(&back));
        prop_assert!(there.0.is_empty(), "{schema:?}\nto {wider}: {:?}", there.0);
        prop_assert!(back.1.is_empty(), "{wider}\nto {schema:?}: {:?}", back.1);
        prop_assert_eq!(there.1.is_empty(), back.0.is_empty(), "{:?}\nand {}", schema, wider);
    });
}

#[test]
fn compatible_changes_together_are_compatible() {
    proptest!(config(100), |(schema in schema(), edits in vec(any::<Index>(), 2..5))| {
        let other = edited(&schema.0, &edits, edits::compatible);
        let changes = wire_changes(&document_of(&schema.0), &document_of(&other));
        let (requests, _) = breaking(&changes);
        prop_assert!(requests.is_empty(), "{schema:?}\nto {other}: {requests:?}");
    });
}

#[test]
fn what_is_said_of_edited_schemas_is_so() {
    proptest!(config(200), |(schema in schema(), edits in vec(any::<Index>(), 1..4))| {
        let other = edited(&schema.0, &edits, edits::others);
        contradictions(&schema.0, &other)?;
        contradictions(&other, &schema.0)?;
    });
}

#[test]
fn what_is_said_of_any_two_schemas_is_so() {
    proptest!(config(200), |(base in schema(), head in schema())| {
        contradictions(&base.0, &head.0)?;
    });
}

#[test]
fn what_once_was_not_said_is_said() {
    let kept = |additional: &str| {
        let part = format!(r#"{{"required": ["c"], "additionalProperties": {additional}}}"#);
        serde_json::from_str::<Value>(&part).unwrap()
    };
    let text = serde_json::json!({"type": "string"});
    let cases = [
        // A required property that had no schema becomes optional as it gets one.
        (
            serde_json::json!({"required": ["b"]}),
            serde_json::json!({"properties": {"b": {}}}),
        ),
        // It gets one that does not allow all that it was.
        (
            serde_json::json!({"required": ["b"]}),
            serde_json::json!({"required": ["b"], "properties": {"b": text}}),
        ),
        // An alternative is narrower where a new one allows nothing new.
        (
            serde_json::json!({"anyOf": [kept("{}"), {"type": "integer"}]}),
            serde_json::json!({"anyOf": [kept(r#"{"type": "string"}"#), {"type": "integer"}, text]}),
        ),
    ];
    for (base, head) in cases {
        assert!(contradictions(&base, &head).is_ok(), "{base} to {head}");
    }
}
