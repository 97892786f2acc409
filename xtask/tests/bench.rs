//! `cargo xtask bench`, as far as it can be had without measuring anything.
#![allow(clippy::unwrap_used)] // helpers of tests

use std::process::Command;

const BENCHMARKS: &str = include_str!("../../BENCHMARKS.md");

fn bench(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("bench")
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .env("PATH", "") // nothing is installed
        .output()
        .unwrap()
}

#[test]
fn what_is_not_installed_is_said_in_the_table() {
    let output = bench(&["--only", "call"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(
        text.contains("| all rows | skipped: valgrind is not installed |"),
        "{text}"
    );
}

#[test]
fn those_who_wait_are_told_what_for() {
    let output = bench(&["--only", "call", "--only", "decode"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "One call ...\nDecoding a list of users ...\n");
}

#[test]
fn what_cannot_be_measured_meets_no_goal() {
    let output = bench(&["--only", "call", "--check"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_document_has_every_table_and_the_method_that_is_used() {
    let output = bench(&["--only", "call"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let (introduction, _) = text.split_once("Measured on").unwrap();
    assert!(BENCHMARKS.starts_with(introduction));
    let titles = BENCHMARKS.lines().filter(|line| line.starts_with("## "));
    assert_eq!(titles.count(), 6);
}
