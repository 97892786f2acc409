//! The tour, as the README shows it.
#![allow(clippy::unwrap_used)] // helpers of tests

use std::process::Command;

const README: &str = include_str!("../../README.md");

/// Text with a name in place of UUIDs, which differ each time.
fn without_uuids(text: &str) -> String {
    let words = text.split_inclusive([' ', '/', '\n']);
    words
        .map(|word| match word.len() {
            36.. if word.matches('-').count() == 4 => format!("<uuid>{}", &word[36..]),
            _ => word.to_owned(),
        })
        .collect()
}

#[test]
fn the_readme_shows_parts_of_the_tour() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let tour = Command::new(cargo)
        .args(["run", "--quiet", "--example", "tour"])
        .output()
        .unwrap();
    assert!(tour.status.success(), "{tour:?}");
    let tour = without_uuids(&String::from_utf8(tour.stdout).unwrap());
    let shown = README.split("$ cargo run --example tour\n").nth(1).unwrap();
    let shown = without_uuids(shown.split("```").next().unwrap());
    for part in shown.split("...\n") {
        assert!(
            tour.contains(part),
            "it shows\n{part}\nand the tour says\n{tour}"
        );
    }
    assert_eq!(tour.matches("\n  -> 0 groups").count(), 2);
}
