//! Reports for programs: JSON and SARIF.

use std::collections::HashSet;

use openapi_compat::{ChangeId, Direction, Extent, Format, Level, Report};
use openapi_tree::Style;
use serde_json::Value;

use crate::change_table::COMPARISONS;
use crate::support::report_schemas::{json_of, sarif_of, sarif_results_of, valid_json};
use crate::support::reports::{READING, change, many, report};

#[test]
fn summary_in_json_is_valid_and_counts_the_entries() {
    let report = many(300, "a");
    let summary = report.render(Format::Json, Extent::Summary, Style::Plain);
    let summary = valid_json(&summary);
    assert!(summary.get("wire").is_none(), "{summary}");
    assert_eq!(summary["summary"], json_of(&report)["summary"]);
    assert_eq!(summary["summary"]["breaking"], 150);
    assert_eq!(summary["summary"]["kinds"][0]["additive"], 150);
    assert_eq!(summary["summary"]["operations"][0]["operation"], "GET /a");
}

#[test]
fn sarif_has_a_rule_with_help_for_each_id() {
    let sarif = sarif_of(&many(1, "a"));
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    let ids: HashSet<&str> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), ChangeId::ALL.len());
    for rule in rules {
        let help = rule["help"]["text"].as_str().unwrap();
        assert!(help.contains(' ') && !help.contains(['{', '`']), "{help}");
    }
}

#[test]
fn sarif_level_follows_from_level_and_verdict() {
    use Level::{Additive, Breaking, Documentation};
    for (level, head, expected) in [
        (Breaking, "1.0.0", "error"),
        (Breaking, "2.0.0", "warning"),
        (Additive, "1.0.0", "note"),
        (Documentation, "1.0.0", "note"),
    ] {
        let change = change(level, Direction::Both, READING, "m");
        let result = &sarif_results_of(&report(("1.0.0", head), vec![change], Vec::new()))[0];
        assert_eq!(result["level"], expected, "{level} to {head}");
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "openapi/groups.yaml");
        assert_eq!(location["region"]["startLine"], 14);
    }
}

#[test]
fn sarif_fingerprint_stays_if_lines_move_and_differs_by_change() {
    let prints = |report: &Report| -> Vec<Value> {
        let results = sarif_results_of(report).into_iter();
        results
            .map(|result| result["partialFingerprints"].clone())
            .collect()
    };
    let report = many(20, "a");
    let mut moved = report.clone();
    for change in &mut moved.changes {
        change.base.line += 7;
        change.head.line += 9;
    }
    let (before, after) = (prints(&report), prints(&moved));
    assert_eq!(before, after);
    let different: HashSet<String> = before.iter().map(Value::to_string).collect();
    assert_eq!(different.len(), 20);
}

#[test]
fn sarif_has_no_more_results_than_github_reads() {
    let report = many(25_001, "a");
    let mut sarif: Value = serde_json::from_str(&report.to_sarif()).unwrap();
    let run = sarif["runs"][0].take();
    assert_eq!(run["results"].as_array().unwrap().len(), 25_000);
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    let text = notification["message"]["text"].as_str().unwrap();
    assert!(text.contains("1 more change"), "{text}");
}

/// Every kind of change gives valid reports, and each change belongs to one entry.
#[test]
fn reports_on_every_kind_of_change_are_valid() {
    for comparison in COMPARISONS.iter() {
        let report = report(("1.0.0", "1.0.0"), comparison.changes.clone(), Vec::new());
        let json = json_of(&report);
        let changes = json["wire"].as_array().unwrap();
        let numbers = changes
            .iter()
            .map(|change| change["entry"].as_u64().unwrap());
        let entries: HashSet<u64> = numbers.collect();
        let levels = ["breaking", "additive", "documentation"];
        let counts = levels.map(|level| json["summary"][level].as_u64().unwrap());
        assert_eq!(entries.len() as u64, counts.iter().sum::<u64>());
        assert_eq!(sarif_results_of(&report).len(), entries.len());
    }
}
