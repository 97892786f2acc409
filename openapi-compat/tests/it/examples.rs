//! The values that show a break, and the proofs behind them.

use openapi_compat::{Change, ChangeId, Level};
use serde_json::json;

use crate::cases::markdown::revisions;
use crate::support::changes;

/// Returns the breaking changes of an edit of component schemas.
fn breaking(edit: &str) -> Vec<Change> {
    let [base, head] = revisions("schemas", &edit.lines().collect::<Vec<_>>());
    let mut changes = changes(&base, &head);
    changes.retain(|change| change.level == Level::Breaking);
    changes
}

#[test]
fn example_of_a_keyword_satisfies_the_keywords_beside_it() {
    for (base, head, example) in [
        (
            "type: number, maximum: 0",
            "type: integer, maximum: 0",
            json!(-0.5),
        ),
        (
            "type: integer, minimum: 100, multipleOf: 7",
            "type: integer, minimum: 100, multipleOf: 14",
            json!(105),
        ),
        (
            "type: integer, minimum: 4",
            "type: integer, minimum: 4, maximum: 9",
            json!(10),
        ),
        (
            "type: number, multipleOf: 0.25",
            "type: number, multipleOf: 0.5",
            json!(0.75),
        ),
    ] {
        let changes = breaking(&format!("- Request: {{ {base} }}\n+ Request: {{ {head} }}"));
        let examples: Vec<_> = changes
            .iter()
            .map(|change| change.example.clone())
            .collect();
        assert_eq!(examples, [Some(example)], "{base} to {head}");
    }
}

#[test]
fn one_of_very_many_alternatives_that_is_removed_has_an_example() {
    let alternative = |number: usize| {
        format!(
            "    - {{ type: object, required: [type, id], properties: {{ type: {{ enum: [t{number}] }}, \
             id: {{ type: string, format: uuid }} }} }}\n"
        )
    };
    let kept: String = (0..300)
        .map(|number| format!("  {}", alternative(number)))
        .collect();
    for list in ["oneOf", "anyOf"] {
        let edit = format!("  Request:\n    {list}:\n{kept}-   {}", alternative(300));
        let changes = breaking(&edit.replace("-       - ", "-     - "));
        let [change] = &changes[..] else {
            panic!("{changes:#?}");
        };
        assert_eq!(change.id, ChangeId::AlternativeRemoved, "{list}");
        let example = change
            .example
            .as_ref()
            .and_then(|example| example.get("type"));
        assert_eq!(example, Some(&json!("t300")), "{change:#?}");
    }
}
