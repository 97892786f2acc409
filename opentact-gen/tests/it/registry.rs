//! The registry of rules and the table of them in `openapi/README.md`.

use std::collections::BTreeSet;

const README: &str = include_str!("../../../openapi/README.md");

#[test]
fn readme_table_equals_the_registry() {
    let (_, section) = README
        .split_once("| Rule | Reports |\n|---|---|\n")
        .expect("the table");
    let rows = section.lines().take_while(|line| line.starts_with("| "));
    let rules = opentact_gen::rules().map(|(id, summary)| format!("| `{id}` | {summary} |"));
    let (rows, rules): (Vec<_>, Vec<_>) = (rows.collect(), rules.collect());
    assert_eq!(rows, rules, "the table must be:\n{}", rules.join("\n"));
}

#[test]
fn rule_ids_are_unique() {
    let ids: BTreeSet<_> = opentact_gen::rules().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), opentact_gen::rules().count());
}
