//! `cargo xtask bench` without measurements.

use crate::support::{Ended, project, xtask};

const BENCHMARKS: &str = include_str!("../../../BENCHMARKS.md");

fn bench(arguments: &[&str]) -> Ended {
    let mut command = xtask();
    command.arg("bench").args(arguments);
    Ended::of(command.current_dir(project()).env("PATH", "")) // nothing is installed
}

#[test]
fn bench_without_valgrind_shows_the_reason_in_the_table() {
    let ended = bench(&["--only", "call"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let row = "| all rows | skipped: valgrind is not installed |";
    assert!(ended.out.contains(row), "{ended:?}");
}

#[test]
fn bench_of_several_tables_announces_each() {
    let ended = bench(&["--only", "call", "--only", "decode"]);
    assert_eq!(ended.err, "One call ...\nDecoding a list of users ...\n");
}

#[test]
fn bench_check_without_valgrind_exits_with_2() {
    let ended = bench(&["--only", "call", "--check"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("valgrind is not installed"), "{ended:?}");
}

#[test]
fn bench_check_without_cargo_exits_with_2() {
    let mut command = xtask();
    command.args(["bench", "--only", "build", "--check"]);
    let ended = Ended::of(
        command
            .current_dir(project())
            .env("PATH", "")
            .env("CARGO", "cargo"),
    );
    assert_eq!(ended.code, Some(2), "{ended:?}");
}

#[test]
fn bench_prints_the_introduction_of_benchmarks_md() {
    let ended = bench(&["--only", "call"]);
    let (introduction, _) = ended.out.split_once("Measured on").unwrap();
    assert!(BENCHMARKS.starts_with(introduction));
}
