//! Random documents become code or findings with a place, in limited time.
//!
//! Each run draws the same documents. `PROPTEST_RNG_SEED` draws others, `PROPTEST_CASES` more. A failure
//! names the file with the last document.

use std::cell::Cell;
use std::sync::mpsc;
use std::time::Duration;
use std::{fs, thread};

use openapi_tree::{Findings, Source, Sources, load};
use opentact_gen::{Generated, generate};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::drawing::config;
use crate::support::hostile;
use crate::support::single_file::single_file;

const SPECS: [&str; 3] = [
    include_str!("../fixtures/groups.yaml"),
    include_str!("../fixtures/shapes.yaml"),
    include_str!("../fixtures/things.yaml"),
];

/// The files of one document.
const FILES: [(&str, &str); 3] = [
    ("common.yaml", include_str!("../../../openapi/common.yaml")),
    (
        "connections.yaml",
        include_str!("../fixtures/connections.yaml"),
    ),
    ("groups.yaml", include_str!("../../../openapi/groups.yaml")),
];

/// The time limit for one document, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Returns the draws one by one, and 0 after the last.
fn chooser(draws: &[u16]) -> impl FnMut(usize) -> usize {
    let mut draws = draws.iter();
    move |among| usize::from(draws.next().copied().unwrap_or_default()) % among
}

/// Returns the result for a document, or `None` after the time limit.
fn outcome(sources: Sources) -> Option<Result<Generated, Findings>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(generate(sources)));
    receiver.recv_timeout(PATIENCE).ok()
}

/// Returns `true` if the document became code.
fn check(name: &str, text: &str) -> Result<bool, TestCaseError> {
    check_files(name, &[("drawn.yaml", text.to_owned())])
}

/// Does the same for a document of several files.
fn check_files(name: &str, files: &[(&str, String)]) -> Result<bool, TestCaseError> {
    // A stack overflow ends the process, and leaves only this file.
    let file = format!("{}/{name}.yaml", env!("CARGO_TARGET_TMPDIR"));
    let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
    fs::write(&file, texts.join("\n# the next file\n")).unwrap();
    let sources = files.iter().map(|(path, text)| Source::new(*path, text));
    let Some(outcome) = outcome(Sources::new(sources)) else {
        return Err(TestCaseError::fail(format!("{file}: a panic, or no end")));
    };
    match outcome {
        Ok(generated) => {
            let parsed = syn::parse_file(&single_file(&generated));
            prop_assert!(
                parsed.is_ok(),
                "{file}: this is not Rust: {:?}",
                parsed.err()
            );
        }
        Err(findings) => {
            for finding in findings.iter() {
                prop_assert!(
                    !finding.message.contains("this spec cannot be generated"),
                    "{file}: without a place: {}",
                    finding.message
                );
            }
            prop_assert!(!findings.to_string().is_empty());
            for finding in findings.to_json().as_array().unwrap() {
                let path = finding["path"].as_str();
                prop_assert!(
                    files.iter().any(|(known, _)| path == Some(known)),
                    "{finding}"
                );
            }
            return Ok(false);
        }
    }
    Ok(true)
}

#[test]
fn changed_tree_becomes_code_or_findings() {
    let draws = vec(any::<u16>(), 1..40);
    proptest!(config(200), |(spec in 0..SPECS.len(), changes in vec(draws, 1..4))| {
        let loaded = load(Source::new("drawn.yaml", SPECS[spec])).unwrap();
        let mut document: Value = loaded.root.to_json();
        hostile::without_examples(&mut document);
        for draws in &changes {
            hostile::change(&mut document, &mut chooser(draws));
        }
        check("changed_tree", &document.to_string())?;
    });
}

#[test]
fn changed_files_become_code_or_findings() {
    let draws = vec(any::<u16>(), 1..40);
    let trees = FILES.map(|(path, text)| {
        let mut tree = load(Source::new(path, text)).unwrap().root.to_json();
        hostile::without_examples(&mut tree);
        (path, tree)
    });
    proptest!(config(150), |(changes in vec((0..FILES.len(), draws), 1..4))| {
        let mut trees = trees.clone();
        for (file, draws) in &changes {
            hostile::change(&mut trees[*file].1, &mut chooser(draws));
        }
        let files = trees.map(|(path, tree)| (path, tree.to_string()));
        check_files("changed_files", &files)?;
    });
}

#[test]
fn random_schemas_become_code_or_findings() {
    let taken = Cell::new(0);
    let things = load(Source::new("things.yaml", SPECS[2])).unwrap();
    let things = things.root.to_json();
    proptest!(config(300), |(draws in vec(any::<u16>(), 1..150))| {
        let mut document = things.clone();
        hostile::fill(&mut document, &mut chooser(&draws));
        let is_code = check("any_schemas", &document.to_string())?;
        taken.set(taken.get() + usize::from(is_code));
    });
    // If the rules refused all, progenitor would not be tested.
    let taken = taken.get();
    assert!(taken > 50, "only {taken} documents became code");
}

#[test]
fn changed_text_becomes_code_or_findings() {
    let draws = vec(any::<u16>(), 1..8);
    proptest!(config(150), |(spec in 0..SPECS.len(), changes in vec(draws, 1..4))| {
        let text = changes.iter().fold(SPECS[spec].to_owned(), |text, draws| {
            hostile::change_text(&text, &mut chooser(draws))
        });
        check("changed_text", &text)?;
    });
}

#[test]
fn random_text_becomes_findings() {
    proptest!(config(100), |(text in "[a-z{}\\[\\]:,#&*!|>'\"%@` \\n-]{0,60}|\\PC{0,40}")| {
        prop_assert!(!check("any_text", &text)?, "became code");
    });
}
