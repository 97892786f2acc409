//! What a change of generated code does to those who use it: each claim is put to the compiler
//! with a program that a user may have written.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests

#[path = "diff_rust/pieces.rs"]
mod pieces;
#[path = "diff_rust/rows.rs"]
#[rustfmt::skip] // a table
mod rows;
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use opentact_gen::diff::{RustChange, RustChangeKind, rust_changes};
use opentact_gen::{Source, Sources, generate};
use rows::{Code, ROWS, Row};
use support::Spec;

/// A change in one line.
fn line(change: &RustChange) -> String {
    let RustChange {
        kind,
        item,
        breaking,
        message,
    } = change;
    let level = if *breaking { "breaking" } else { "compatible" };
    format!("{level} {kind} {item}: {message}")
}

fn lines(base: &str, head: &str) -> Vec<String> {
    rust_changes(base, head).unwrap().iter().map(line).collect()
}

/// The text of generated code.
fn generated(code: Code) -> String {
    match code {
        Code::Types(types) => format!("pub mod types {{ {types} }} pub mod builder {{}}"),
        Code::Whole(code) => code.to_owned(),
    }
}

#[test]
fn every_change_is_found_as_what_it_is() {
    for row in ROWS {
        let found = lines(&generated(row.base), &generated(row.head));
        assert_eq!(found, row.found, "{}", row.name);
    }
}

#[test]
fn the_way_back_is_the_opposite() {
    for row in ROWS {
        let (base, head) = (generated(row.base), generated(row.head));
        let there = rust_changes(&base, &head).unwrap();
        let back = rust_changes(&head, &base).unwrap();
        let sorted = |changes: &[RustChange], opposite: bool| {
            let items = changes.iter().map(|change| {
                let kind = match change.kind {
                    RustChangeKind::Added if opposite => RustChangeKind::Removed,
                    RustChangeKind::Removed if opposite => RustChangeKind::Added,
                    kind => kind,
                };
                (kind, change.item.clone())
            });
            let mut items: Vec<_> = items.collect();
            items.sort();
            items
        };
        assert_eq!(sorted(&there, false), sorted(&back, true), "{}", row.name);
        assert_eq!(lines(&base, &base), Vec::<String>::new(), "{}", row.name);
    }
}

/// The claim of every row, against `rustc`: a program that worked before does not compile
/// exactly where something is said to be breaking.
#[test]
fn the_compiler_agrees() {
    let numbered: Vec<(usize, &Row)> = ROWS.iter().enumerate().collect();
    let wrong: Vec<String> = thread::scope(|scope| {
        let chunks = numbered.chunks(numbered.len().div_ceil(4));
        let checks: Vec<_> = chunks
            .map(|rows| scope.spawn(|| rows.iter().filter_map(refuted).collect::<Vec<_>>()))
            .collect();
        checks
            .into_iter()
            .flat_map(|check| check.join().unwrap())
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Why a row is wrong by the compiler, or nothing.
fn refuted((number, row): &(usize, &Row)) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("diff_rust/{number}"));
    std::fs::create_dir_all(&folder).unwrap();
    let breaks = row.found.iter().any(|line| line.starts_with("breaking"));
    let before = program(row.program, row.base, &folder);
    let after = program(row.program, row.head, &folder);
    match (before, after) {
        (Err(error), _) => Some(format!("{}: was wrong before\n{error}", row.name)),
        (_, Err(error)) if !breaks => Some(format!("{}: is broken\n{error}", row.name)),
        (_, Ok(())) if breaks => Some(format!("{}: is not broken", row.name)),
        _ => None,
    }
}

/// Compiles a program against a crate that is made of generated code as `opentact-api` is.
fn program(program: &str, code: Code, folder: &Path) -> Result<(), String> {
    let code = generated(code);
    let library = format!(
        "mod generated {{ {code} }} pub use generated::{{builder, types}};
         pub struct Client; pub struct ClientBuilder; pub struct Secret;"
    );
    rustc("api", &library, folder).unwrap_or_else(|error| panic!("{error}\n{code}"));
    let program = format!("use api::{{builder, types, Client, ClientBuilder, Secret}};\n{program}");
    rustc("program", &program, folder)
}

fn rustc(name: &str, code: &str, folder: &Path) -> Result<(), String> {
    let file = folder.join(format!("{name}.rs"));
    std::fs::write(&file, code).unwrap();
    let output = Command::new("rustc")
        .args([
            "--edition=2024",
            "--crate-type=lib",
            "--emit=metadata",
            "--cap-lints=allow",
        ])
        .args(["--crate-name", name, "--out-dir", "."])
        .arg(file)
        .current_dir(folder)
        .args((name != "api").then_some("--extern=api=libapi.rmeta"))
        .output()
        .unwrap();
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn code(spec: impl Into<Sources>) -> String {
    match generate(spec) {
        Ok(generated) => generated.single_file(),
        Err(findings) => panic!("{findings}"),
    }
}

/// The spec of today with a few edits, as users of the crate notice them.
#[test]
fn edits_of_the_spec() {
    let edits = [
        (
            "a property is added",
            "        gender:",
            "        state:\n          description: New.\n          type: string\n          \
             nullable: true\n        gender:",
        ),
        (
            "a property is required",
            "      required: [name]\n",
            "      required: [name, users]\n",
        ),
        (
            "an operation is renamed",
            "x-rust-name: delete_group\n",
            "x-rust-name: drop_group\n",
        ),
        (
            "the longest name is longer",
            "maxLength: 80",
            "maxLength: 100",
        ),
        (
            "a format is taken away",
            "          type: string\n          format: date-time\n",
            "          type: string\n",
        ),
        (
            "a description is changed",
            "A named list of SIP users.",
            "A list of SIP users.",
        ),
    ];
    let spec = Spec::of_today();
    let base = code(spec.sources());
    let mut report = String::new();
    for (name, from, to) in edits {
        let changes = lines(&base, &code(spec.replaced(from, to).sources()));
        report += &format!("{name}\n");
        for change in changes {
            report += &format!("    {change}\n");
        }
    }
    insta::assert_snapshot!(report);
}

/// Of all that is public in real code, and in code of every shape, nothing is lost unnoticed;
/// what is not public can go.
#[test]
fn nothing_public_is_lost_unnoticed() {
    let shapes = code(Source::new(
        "shapes.yaml",
        include_str!("fixtures/shapes.yaml"),
    ));
    for (code, at_least) in [(code(Spec::of_today().sources()), 200), (shapes, 80)] {
        let whole = pieces::skeleton(&code);
        assert_eq!(lines(&code, &whole), Vec::<String>::new());
        let mut pieces = 0;
        while let Some((piece, rest)) = pieces::without(&whole, pieces) {
            let changes = rust_changes(&whole, &rest).unwrap();
            let is_lost =
                |change: &RustChange| change.breaking && change.kind == RustChangeKind::Removed;
            assert!(changes.iter().any(is_lost), "{piece}: {changes:?}");
            pieces += 1;
        }
        assert!(pieces >= at_least, "{pieces} pieces");
    }
}

/// What `opentact-api` exports of generated code is what is compared.
#[test]
fn the_crate_exports_what_is_compared() {
    let exports = include_str!("../../opentact-api/src/lib.rs");
    assert!(exports.contains("pub use generated::{builder, types};"));
    // The other export is hidden: the list of operations, for tests.
    assert_eq!(exports.matches("generated::").count(), 2);
}
