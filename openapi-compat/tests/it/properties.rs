//! Properties of the comparison of any two documents.
//!
//! Each run draws the same documents. `PROPTEST_RNG_SEED` draws others, `PROPTEST_CASES` more.

mod edits;
mod linked;
mod messages;
mod rewriting;
mod schemas;
mod values;

use openapi_compat::{Change, Direction, Level, Options};
use openapi_tree::Document;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use self::linked::without_discriminators;
use self::schemas::{document, document_of, one_of, schema, spec};
use crate::support::drawing::config;

/// Documents that use most of OpenAPI.
const DOCUMENTS: [&str; 2] = [
    include_str!("../fixtures/orders.yaml"),
    include_str!("../../../opentact-gen/tests/fixtures/groups.yaml"),
];

fn compare(base: &Document, head: &Document) -> Vec<Change> {
    openapi_compat::compare(base, head, &Options::default())
}

/// Returns the messages of the breaking changes of the request and of the response.
fn breaking(changes: &[Change]) -> (Vec<String>, Vec<String>) {
    let of = |operation: &str| {
        let breaking = changes
            .iter()
            .filter(|change| change.level == Level::Breaking);
        let breaking =
            breaking.filter(|change| change.operations.iter().any(|title| title == operation));
        breaking.map(Change::message).collect()
    };
    (of("PUT /value"), of("GET /value"))
}

/// Applies some edits to a schema, each selected from those that `list` returns.
fn edited(schema: &Value, edits: &[Index], list: fn(&Value) -> Vec<Value>) -> Value {
    edits.iter().fold(schema.clone(), |schema, edit| {
        let edited = list(&schema);
        match edited.is_empty() {
            true => schema,
            false => edit.get(&edited).clone(),
        }
    })
}

/// Returns values that one schema allows and the other does not.
fn lost(from: &Value, to: &Value) -> Vec<Value> {
    let allowed = values::validator(&document_of(&without_discriminators(to)));
    let members = values::members(from, to);
    members
        .into_iter()
        .filter(|value| !allowed.is_valid(value))
        .collect()
}

/// Fails if the example of a changed list of alternatives is no value of one schema only.
fn examples(changes: &[Change], base: &Value, head: &Value) -> Result<(), TestCaseError> {
    let valid = |schema: &Value, value: &Value| {
        let plain = without_discriminators(schema);
        values::validator(&document_of(&plain)).is_valid(value)
    };
    let lists = ["anyOf", "oneOf"].map(|list| format!("/components/schemas/Value/{list}"));
    let of_whole = |change: &&Change| {
        lists
            .iter()
            .any(|list| list == change.head.pointer.as_str())
            && lists
                .iter()
                .any(|list| list == change.base.pointer.as_str())
    };
    for change in changes.iter().filter(of_whole) {
        let (narrow, wide) = match change.direction {
            Direction::Response => (head, base),
            _ => (base, head),
        };
        if let Some(example) = &change.example {
            let is_lost = valid(narrow, example) && !valid(wide, example);
            prop_assert!(
                is_lost,
                "{example} is no example of {narrow}\nbut not {wide}"
            );
        }
    }
    Ok(())
}

/// Fails if a value shows a breaking change that the comparison does not report.
fn contradictions(base: &Value, head: &Value) -> Result<(), TestCaseError> {
    let changes = compare(&document_of(base), &document_of(head));
    examples(&changes, base, head)?;
    let (requests, responses) = breaking(&changes);
    if requests.is_empty() {
        let lost = lost(base, head);
        prop_assert!(
            lost.is_empty(),
            "{base}\nto {head}\nrefuses {lost:?}, which is not reported: {changes:#?}"
        );
    }
    if responses.is_empty() {
        let new = lost(head, base);
        prop_assert!(
            new.is_empty(),
            "{base}\nto {head}\nyields {new:?}, which is not reported: {changes:#?}"
        );
    }
    Ok(())
}

/// Fails if two documents differ.
fn assert_same(base: &str, head: &str) -> Result<(), TestCaseError> {
    let changes = compare(&document(base), &document(head));
    prop_assert!(changes.is_empty(), "{changes:#?}\nof {base}\nand {head}");
    Ok(())
}

/// Fails if a document differs from the same document in another form.
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
fn document_in_another_form_is_unchanged() {
    let config = ProptestConfig {
        max_shrink_iters: 0, // an order does not get simpler
        ..config(3)
    };
    proptest!(config, |(order in vec(any::<Index>(), 40))| {
        for text in DOCUMENTS {
            let spec = rewriting::json_of(&document(text));
            assert_same(text, &spec.to_string())?;
            rewriting(&spec, &order)?;
        }
    });
}

#[test]
fn schema_in_another_form_is_unchanged() {
    proptest!(config(60), |(schema in schema(), order in vec(any::<Index>(), 20))| {
        rewriting(&spec(&schema.0), &order)?;
    });
}

#[test]
fn widened_schema_breaks_responses_only() {
    proptest!(config(100), |(schema in schema(), edits in vec(any::<Index>(), 1..5))| {
        let wider = edited(&schema.0, &edits, edits::wider);
        let forward = compare(&document_of(&schema.0), &document_of(&wider));
        let backward = compare(&document_of(&wider), &document_of(&schema.0));
        let (forward, backward) = (breaking(&forward), breaking(&backward));
        prop_assert!(forward.0.is_empty(), "{schema:?}\nto {wider}: {:?}", forward.0);
        prop_assert!(backward.1.is_empty(), "{wider}\nto {schema:?}: {:?}", backward.1);
        prop_assert_eq!(forward.1.is_empty(), backward.0.is_empty(), "{:?}\nand {}", schema, wider);
    });
}

#[test]
fn compatible_edits_together_are_compatible() {
    proptest!(config(100), |(schema in schema(), edits in vec(any::<Index>(), 2..5))| {
        let other = edited(&schema.0, &edits, edits::compatible);
        let changes = compare(&document_of(&schema.0), &document_of(&other));
        let (requests, _) = breaking(&changes);
        prop_assert!(requests.is_empty(), "{schema:?}\nto {other}: {requests:?}");
    });
}

#[test]
fn edited_schema_has_no_unreported_value() {
    proptest!(config(200), |(schema in schema(), edits in vec(any::<Index>(), 1..4))| {
        let other = edited(&schema.0, &edits, edits::others);
        contradictions(&schema.0, &other)?;
        contradictions(&other, &schema.0)?;
    });
}

#[test]
fn edited_alternatives_have_no_unreported_value() {
    proptest!(config(200), |(schema in one_of(), edits in vec(any::<Index>(), 1..3))| {
        let other = edited(&schema.0, &edits, edits::alternatives);
        contradictions(&schema.0, &other)?;
        contradictions(&other, &schema.0)?;
    });
}

#[test]
fn edited_components_have_no_unreported_value() {
    proptest!(config(200), |(schema in linked::schema(), edits in vec(any::<Index>(), 1..3))| {
        let other = edited(&schema.0, &edits, linked::edited);
        contradictions(&schema.0, &other)?;
        contradictions(&other, &schema.0)?;
    });
}

#[test]
fn unrelated_components_have_no_unreported_value() {
    let config = ProptestConfig {
        max_global_rejects: u32::MAX, // most draws are rejected
        ..config(100)
    };
    proptest!(config, |(base in linked::schema(), head in linked::schema())| {
        prop_assume!(linked::listing(&base.0) == linked::listing(&head.0));
        contradictions(&base.0, &head.0)?;
    });
}

#[test]
fn unrelated_schemas_have_no_unreported_value() {
    proptest!(config(200), |(base in schema(), head in schema())| {
        contradictions(&base.0, &head.0)?;
    });
}

#[test]
fn edited_operation_has_no_unreported_message() {
    let picks = vec(prop::bool::weighted(0.3), 24);
    proptest!(config(60), |(base in messages::operation(), other in messages::operation(), picks in picks)| {
        let mut picks = picks.iter().cycle();
        let mut take = || picks.next().copied().unwrap_or_default();
        let head = messages::mixed(&base.0, &other.0, &mut take);
        for (base, head) in [(&base.0, &head), (&head, &base.0)] {
            let changes = compare(&messages::document_with(base), &messages::document_with(head));
            let is_reported = |direction| {
                let breaking = changes.iter().filter(|change| change.level == Level::Breaking);
                breaking
                    .map(|change| change.direction)
                    .any(|to| to == direction || to == Direction::Both)
            };
            if !is_reported(Direction::Request) {
                let lost = messages::lost_request(base, head);
                prop_assert!(lost.is_none(), "{base}\nto {head}\nrefuses {lost:?}: {changes:#?}");
            }
            if !is_reported(Direction::Response) {
                let unknown = messages::unknown_response(base, head);
                prop_assert!(unknown.is_none(), "{base}\nto {head}\nyields {unknown:?}: {changes:#?}");
            }
        }
    });
}

#[test]
fn schemas_that_once_had_an_unreported_value_have_none() {
    let part = |additional: &str| {
        let text = format!(r#"{{"required": ["c"], "additionalProperties": {additional}}}"#);
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let text = json!({"type": "string"});
    let cases = [
        // A required property that had no schema becomes optional as it gets one.
        (json!({"required": ["b"]}), json!({"properties": {"b": {}}})),
        // It gets one that does not allow all former values.
        (
            json!({"required": ["b"]}),
            json!({"required": ["b"], "properties": {"b": text}}),
        ),
        // An alternative becomes narrower, and the new one does not make up for it.
        (
            json!({"anyOf": [part("{}"), {"type": "integer"}]}),
            json!({"anyOf": [part(r#"{"type": "string"}"#), {"type": "integer"}, text]}),
        ),
    ];
    for (base, head) in cases {
        assert!(contradictions(&base, &head).is_ok(), "{base} to {head}");
    }
}
