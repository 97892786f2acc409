//! Sentences about alternatives and listed values of OpenAPI 3.1.

use std::collections::BTreeSet;

use openapi_compat::Change;

use super::{around, changes};

#[test]
fn null_among_alternatives_is_no_change_if_another_one_is_added() {
    let [few, many] = ["", ", { type: integer }"].map(|more| {
        let schema = format!("{{ oneOf: [{{ type: 'null' }}, {{ type: boolean }}{more}] }}");
        around("3.1.0", &schema)
    });
    for (base, head, change) in [(&few, &many, "now"), (&many, &few, "no longer")] {
        let changes = changes(base, head);
        let facts: BTreeSet<String> = changes.iter().map(Change::fact).collect();
        let fact = |body| format!("`oneOf` of {body} {change} includes `integer`");
        let expected = ["the request body", "the response 200"].map(fact);
        assert_eq!(facts, BTreeSet::from(expected));
    }
}

#[test]
fn change_of_const_names_it_if_both_revisions_have_it() {
    let facts = |base: &str, head: &str| {
        let changes = changes(&around("3.1.0", base), &around("3.1.0", head));
        let facts = changes.iter().map(Change::fact);
        facts.collect::<BTreeSet<String>>()
    };
    let of_const = facts("{ const: a }", "{ const: b }");
    assert!(
        of_const.contains("`const` of the request body changed from `a` to `b`"),
        "{of_const:?}"
    );
    let of_enum = facts("{ const: a }", "{ enum: [a, b] }");
    assert!(
        of_enum.contains("`enum` of the request body now allows `b`"),
        "{of_enum:?}"
    );
}

#[test]
fn alternatives_that_became_a_list_of_types_are_not_shown() {
    let [base, head] = ["string", "integer"].map(|kind| {
        let nullable = format!("{{ anyOf: [{{ type: {kind} }}, {{ type: 'null' }}] }}");
        let schema = format!(
            "{{ if: {{ properties: {{ a: {nullable} }} }}, then: {{ maxProperties: 1 }} }}"
        );
        around("3.1.0", &schema)
    });
    let changes = changes(&base, &head);
    assert!(!changes.is_empty());
    let shows = |change: &Change| format!("{change:?}").contains("folded");
    assert!(!changes.iter().any(shows), "{changes:#?}");
}
