//! Comparing documents that people published: those with which `openapiv3`, a dependency, is
//! tested. They are read where Cargo keeps its sources.
#![allow(clippy::panic, clippy::unwrap_used)] // helpers of tests

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use opentact_gen::diff::{Level, WireChange, wire_changes};
use opentact_gen::{Document, Source, check, load};
use serde_json::Value;
use support::edits::{each_edit, operations};

/// Documents that are refused, and the rule that is broken.
///
/// - `api-with-examples.yaml` closes a bracket further to the left than YAML allows.
/// - `fitbit.json` has an empty `$ref`: the whole document, which is no schema.
/// - `petstore.yaml` refers to schemas that it does not have.
const REFUSED: [(&str, &str, usize); 3] = [
    ("api-with-examples.yaml", "yaml", 1),
    ("fitbit.json", "unknown-ref", 8),
    ("petstore.yaml", "unknown-ref", 3),
];

/// The rules that a document has to pass to be compared.
const FOUNDATIONS: [&str; 5] = [
    "yaml",
    "duplicate-key",
    "openapi-version",
    "openapi",
    "unknown-ref",
];

/// The folder with the documents.
fn folder() -> PathBuf {
    let cargo = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO")).args(arguments).output();
        let output = output.unwrap();
        assert!(
            output.status.success(),
            "cargo {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let about = cargo(&["--version", "--verbose"]);
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let metadata = cargo(&[
        "metadata",
        "--format-version=1",
        "--locked",
        "--offline",
        "--filter-platform",
        host.unwrap(),
        "--manifest-path",
        concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
    ]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages
        .iter()
        .find(|package| package["name"] == "openapiv3");
    let manifest = PathBuf::from(package.unwrap()["manifest_path"].as_str().unwrap());
    manifest.with_file_name("fixtures")
}

/// Every document, by the name of its file.
fn published() -> Vec<Source> {
    let entries = fs::read_dir(folder()).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let source = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        Source::new(name, &fs::read_to_string(path).unwrap())
    };
    paths.iter().map(source).collect()
}

/// The documents that can be compared.
fn name_of(document: &Document) -> &str {
    document.sources.iter().next().unwrap().path()
}

fn comparable() -> impl Iterator<Item = (Document, Value)> {
    let is_refused = |source: &Source| REFUSED.iter().any(|(name, ..)| *name == source.path());
    let sources = published().into_iter();
    sources
        .filter(move |source| !is_refused(source))
        .map(|source| {
            let document = load(source).unwrap();
            let json = document.root.to_json();
            (document, json)
        })
}

fn loaded(name: &str, json: &Value) -> Document {
    load(Source::new(name, &json.to_string())).unwrap()
}

/// The level of the most serious change.
fn level(changes: &[WireChange]) -> Option<Level> {
    changes.iter().map(|change| change.level).max()
}

#[test]
fn what_can_be_read_is_read() {
    let (mut documents, mut count) = (0, 0);
    for source in published() {
        let name = source.path().to_owned();
        let outcome = load(source).and_then(|document| {
            count += operations(&document.root.to_json()).len();
            check(&document)
        });
        let findings = outcome.err();
        let findings: Vec<&str> = findings
            .iter()
            .flat_map(|findings| findings.iter().map(|finding| finding.rule))
            .filter(|rule| FOUNDATIONS.contains(rule))
            .collect();
        match REFUSED.iter().find(|(refused, ..)| *refused == name) {
            Some((_, rule, count)) => assert_eq!(findings, vec![*rule; *count], "{name}"),
            None => {
                assert!(findings.is_empty(), "{name}: {findings:?}");
                documents += 1;
            }
        }
    }
    assert!(documents >= 15, "{documents} documents");
    assert!(count >= 800, "{count} operations");
}

#[test]
fn a_document_does_not_differ_from_itself_as_yaml_or_json() {
    for (document, json) in comparable() {
        let name = name_of(&document);
        assert_eq!(wire_changes(&document, &document), [], "{name}");
        let copy = loaded(name, &json);
        assert_eq!(wire_changes(&document, &copy), [], "{name}");
        assert_eq!(wire_changes(&copy, &document), [], "{name}");
    }
}

#[test]
fn an_edit_has_its_level_in_both_directions() {
    let mut wrong = Vec::new();
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    for (document, json) in comparable() {
        let name = name_of(&document);
        each_edit(&json, &mut |edit| {
            *tried.entry(edit.what).or_default() += 1;
            let edited = loaded(name, &edit.edited);
            let sides = [
                (&document, &edited, edit.forth),
                (&edited, &document, edit.back),
            ];
            for (base, head, expected) in sides {
                let changes = wire_changes(base, head);
                // One change, or one to senders and one to receivers.
                if level(&changes) != expected || changes.len() > 2 {
                    let (what, at) = (edit.what, &edit.at);
                    wrong.push(format!(
                        "{name}, {at}: {what}: {expected:?}, is {changes:#?}"
                    ));
                }
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(tried.len(), 6, "{tried:?}");
    assert!(tried.values().all(|times| *times >= 15), "{tried:?}");
}
