//! The extent of a report: large reports, summaries, and reports of everything.

use std::collections::HashSet;

use openapi_compat::{ChangeId, Direction, Extent, Format, Level, Report};
use openapi_tree::{Pointer, Style};

use crate::support::reports::{change, report};

const COMMENT: usize = 65_536;

/// Returns a report of `number` breaking changes of one type, and one of each other type.
fn one_sided(number: usize) -> Report {
    let ids = std::iter::repeat_n(&ChangeId::PropertyRemoved, number).chain(ChangeId::ALL);
    let changes = ids.enumerate().map(|(number, &id)| {
        let operation = format!("GET /things/{}", number % 40);
        let subject = format!("`Thing{number}.name`");
        let mut change = change(Level::Breaking, Direction::Request, &[&operation], &subject);
        change.id = id;
        change.name = Some(format!("name{number}"));
        let pointer = Pointer::root().child("paths").child(number);
        change.base.pointer = pointer.clone();
        change.head.pointer = pointer;
        change
    });
    let report = report(("1.0.0", "1.0.0"), changes.collect(), Vec::new());
    Report::new(report.base, report.head, report.changes, None)
}

fn text(report: &Report, extent: Extent) -> String {
    report.render(Format::Text, extent, Style::Plain)
}

/// Returns the operations that change with each number of the subjects.
fn subjects(text: &str) -> HashSet<&str> {
    let starts = text.match_indices("Thing").map(|(start, _)| start);
    let names = starts.map(|start| text[start..].split('.').next().unwrap());
    names.collect()
}

#[test]
fn large_report_begins_with_the_operations() {
    for (number, is_large) in [
        (199 - ChangeId::ALL.len(), false),
        (200 - ChangeId::ALL.len(), true),
    ] {
        let report = one_sided(number);
        let text = text(&report, Extent::Selection);
        let second = text.split("\n\n").nth(1).unwrap();
        assert_eq!(
            second == "Operations with changes: 40",
            is_large,
            "{second}"
        );
        let markdown = report.to_markdown();
        assert_eq!(
            markdown.contains("| Operation | Breaking |"),
            is_large,
            "{markdown}"
        );
    }
}

#[test]
fn large_report_shows_each_type_of_change_and_counts_the_rest() {
    let report = one_sided(5_000);
    let text = text(&report, Extent::Selection);
    let markdown = report.to_markdown();
    for id in ChangeId::ALL {
        assert!(text.contains(&format!("\n  {id}: ")), "{id}");
    }
    assert!(
        text.contains("\n  property-removed: 5001 changes\n"),
        "{text}"
    );
    let more = "\n  and 4991 more of property-removed (--all shows them)\n";
    assert!(text.contains(more), "{text}");
    let lines = text.lines().count();
    assert!(lines < 7 * ChangeId::ALL.len(), "{lines} lines");
    assert!(markdown.len() < COMMENT, "{} bytes", markdown.len());
    assert!(
        markdown.contains("5001 <code>property-removed</code>"),
        "{markdown}"
    );
    for fact in ["was removed", "`minLength`", "is now deprecated"] {
        assert!(text.contains(fact) || fact == "`minLength`", "{fact}");
    }
    // The types of the second section, and one row for each of the first.
    let rows = markdown
        .lines()
        .filter(|line| line.starts_with("| "))
        .count();
    assert!(rows > ChangeId::ALL.len(), "{rows}");
}

#[test]
fn summary_is_one_screen() {
    let report = one_sided(5_000);
    let summary = text(&report, Extent::Summary);
    assert!(summary.lines().count() <= 48, "{summary}");
    for part in [
        "Undeclared: the changes require a major bump",
        "  Breaking, requests may be refused\n",
        "\nTypes of changes: ",
        "\n      5001         0              0  property-removed\n",
        "\nOperations with changes: 40\n",
        "\n  required bump  major\n",
    ] {
        assert!(summary.contains(part), "{part}: {summary}");
    }
    assert!(subjects(&summary).is_empty(), "{summary}");
    let markdown = report.render(Format::Markdown, Extent::Summary, Style::Plain);
    assert!(
        markdown.contains("| <code>property-removed</code> | 5001 | 0 | 0 |"),
        "{markdown}"
    );
    assert!(subjects(&markdown).is_empty(), "{markdown}");
}

#[test]
fn report_of_everything_shows_every_change() {
    let report = one_sided(3_000);
    let selected = subjects(&text(&report, Extent::Selection)).len();
    assert!(selected < 200, "{selected}");
    let everything = text(&report, Extent::Everything);
    assert!(subjects(&everything).len() >= 3_000);
    let markdown = report.render(Format::Markdown, Extent::Everything, Style::Plain);
    assert_eq!(subjects(&markdown), subjects(&everything));
    assert!(!everything.contains(" more of "), "{everything}");
}
