//! `PROGENITOR.md` is about the versions in `Cargo.lock`, and names tests and rules that there are.
#![allow(clippy::expect_used)] // helpers of tests

use std::collections::BTreeMap;

const AUDIT: &str = include_str!("../PROGENITOR.md");
const TESTS: [&str; 2] = [include_str!("progenitor.rs"), include_str!("rules.rs")];
const RULES: &str = include_str!("../../openapi/README.md");

/// The cells of all rows of tables with so many columns.
fn rows(columns: usize) -> impl Iterator<Item = Vec<&'static str>> {
    let rows = AUDIT.lines().filter_map(|line| line.strip_prefix("| "));
    let cells = rows.map(|row| row.trim_end_matches(" |").split(" | ").collect::<Vec<_>>());
    cells.filter(move |cells| cells.len() == columns)
}

#[test]
fn the_audited_versions_are_those_in_use() {
    let lock: toml::Table = toml::from_str(include_str!("../../Cargo.lock")).expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    let locked: BTreeMap<&str, &str> = packages
        .iter()
        .filter_map(|package| Some((package["name"].as_str()?, package["version"].as_str()?)))
        .collect();
    let audited: Vec<_> = rows(2).filter(|cells| cells[0] != "Crate").collect();
    assert_eq!(audited.len(), 5);
    for cells in audited {
        assert_eq!(
            locked.get(cells[0]),
            Some(&cells[1]),
            "audit {} again: opentact-gen/PROGENITOR.md says how",
            cells[0]
        );
    }
}

#[test]
fn what_the_audit_names_is_there() {
    let mut named = 0;
    for cells in rows(3).filter(|cells| cells[2] != "Held by") {
        for (index, part) in cells[2].split(['`', ' ', ',', ':', ';']).enumerate() {
            let is_test =
                part.contains('_') && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            let is_rule = index == 1 && cells[2].starts_with('`');
            if is_test {
                let is_there = |text: &&str| {
                    text.contains(&format!("    {part}: "))
                        || text.contains(&format!("fn {part}()"))
                };
                assert!(TESTS.iter().any(is_there), "there is no test `{part}`");
                named += 1;
            }
            if is_rule {
                assert!(
                    RULES.contains(&format!("| `{part}` |")),
                    "there is no rule `{part}`"
                );
            }
        }
    }
    assert!(named > 40, "only {named} tests are named");
}
