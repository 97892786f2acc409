//! The cases in `tests/cases`: pairs of small documents with their verdicts in both directions.
//!
//! The comparison with other tools (`comparison/`) reads the same files.

pub(crate) mod markdown;
mod verdict;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use openapi_compat::{Change, Level};
use openapi_tree::Findings;

use self::markdown::{Case, cases};
use self::verdict::{actual, fits};
use crate::support::{changes_between, lenient};

/// Returns the cases of all files.
fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    texts.flat_map(|text| cases(&text)).collect()
}

fn compared(base: &str, head: &str) -> Result<Vec<Change>, Findings> {
    let base = lenient("base.yaml", base)?;
    let head = lenient("head.yaml", head)?;
    Ok(changes_between(&base, &head))
}

/// Returns an error for each expectation that the changes of a case do not meet.
fn wrong(case: &Case) -> Vec<String> {
    let mut wrong = Vec::new();
    for (title, expected, base, head) in [
        ("forward", &case.forward, &case.base, &case.head),
        ("back", &case.back, &case.head, &case.base),
    ] {
        let changes = match compared(base, head) {
            Ok(changes) => changes,
            Err(findings) => {
                let first = findings.to_string().lines().next().unwrap().to_owned();
                wrong.push(format!("{title}: {first}"));
                continue;
            }
        };
        let messages: Vec<String> = changes.iter().map(Change::message).collect();
        if messages.iter().any(|message| message.starts_with(':')) {
            wrong.push(format!(
                "{title}: a change without a sentence: {messages:#?}"
            ));
        }
        let mut places = changes.iter().map(|change| &change.unproven_schema);
        if places.any(|place| place.as_deref() == Some("")) {
            wrong.push(format!("{title}: no place of a proof: {messages:#?}"));
        }
        if !fits(expected, &changes) {
            let actual = actual(&changes);
            wrong.push(format!("{title}: {actual}, not {expected}: {messages:#?}"));
        }
        let lines = changes
            .iter()
            .filter(|change| change.level != Level::Documentation);
        let lines = lines.count();
        if case.lines.is_some_and(|most| lines > most) {
            wrong.push(format!("{title}: {lines} lines: {messages:#?}"));
        }
        for untrue in &case.never_says {
            if messages.iter().any(|message| message.contains(untrue)) {
                wrong.push(format!("{title}: says {untrue:?}: {messages:#?}"));
            }
        }
        if title == "forward" {
            for part in &case.says {
                if !messages.iter().any(|message| message.contains(part)) {
                    wrong.push(format!("{title}: does not say {part:?}: {messages:#?}"));
                }
            }
        }
    }
    wrong
}

#[test]
fn cases_have_their_verdicts_in_both_directions() {
    let cases = all();
    assert!(cases.len() > 180, "{}", cases.len());
    let mut failed = Vec::new();
    for case in &cases {
        let wrong = wrong(case);
        if !wrong.is_empty() {
            failed.push(format!("{}\n  {}", case.name, wrong.join("\n  ")));
        }
    }
    let report = failed.join("\n");
    assert!(failed.is_empty(), "{} cases:\n{report}", failed.len());
}

#[test]
fn cases_have_names_of_their_own() {
    let cases = all();
    let names: BTreeSet<&str> = cases.iter().map(|case| &*case.name).collect();
    assert_eq!(names.len(), cases.len());
}
