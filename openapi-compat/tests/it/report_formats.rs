//! The formats of a report.

use openapi_compat::{
    ChangeId, ChangeKind, ClientComparison, ClientOutcome, Direction, FailOn, Level, Report,
    Verdict,
};
use openapi_tree::{Pointer, Style};
use serde_json::json;

use crate::support::report_schemas::json_of;
use crate::support::reports::{ALL, READING, WRITING, change, client_change, report, revision};

/// Returns a report with a change of each level and kind.
fn ordinary(base: &str, head: &str) -> Report {
    use Direction::{Both, Metadata, Request, Response};
    use Level::{Additive, Breaking, Documentation};

    let mut shorter = change(Breaking, Request, WRITING, "`name`");
    shorter.id = ChangeId::LimitChanged;
    shorter.old = Some(json!({ "minLength": 3 }));
    shorter.new = Some(json!({ "minLength": 5 }));
    let mut removed = change(Breaking, Both, &["GET /old"], "`GET /old`");
    removed.id = ChangeId::OperationRemoved;
    removed.kind = ChangeKind::Removed;
    removed.base.pointer = Pointer::root().child("paths").child("/old");
    let mut added = change(Additive, Both, &["GET /new"], "`GET /new`");
    added.id = ChangeId::OperationAdded;
    added.kind = ChangeKind::Added;
    added.head.pointer = Pointer::root().child("paths").child("/new");
    let mut nullable = change(Additive, Response, ALL, "`state` of a sip_user");
    nullable.id = ChangeId::TypeChanged;
    nullable.subject = "`state` of a sip_user | null".to_owned();
    nullable.old = Some(json!({ "nullable": true }));
    let mut deprecated = change(Documentation, Metadata, READING, "`GET /app/group`");
    deprecated.id = ChangeId::Deprecated;
    let mut text = change(
        Documentation,
        Metadata,
        &[],
        "the API at snake_case and <b>",
    );
    text.id = ChangeId::AnnotationChanged;
    text.name = Some("description".to_owned());
    let changes = vec![shorter, removed, added, nullable, deprecated, text];
    let mut builder = client_change(ChangeKind::Changed, "types::builder::GroupName", true, "");
    builder.derived = true;
    let client = vec![
        client_change(
            ChangeKind::Added,
            "types::SipUser::state",
            false,
            "`Option<String>`",
        ),
        client_change(
            ChangeKind::Added,
            "types::SipUser::_since",
            false,
            "`Option<String>`",
        ),
        client_change(
            ChangeKind::Changed,
            "types::GroupName",
            true,
            "`len < 5`, was `len < 3`",
        ),
        builder,
        client_change(ChangeKind::Removed, "Client::old", true, ""),
    ];
    report((base, head), changes, client)
}

fn texts_only() -> Report {
    let mut change = change(
        Level::Documentation,
        Direction::Metadata,
        READING,
        "the operation",
    );
    change.id = ChangeId::AnnotationChanged;
    change.name = Some("summary".to_owned());
    report(("0.1.0", "0.1.0"), vec![change], Vec::new())
}

fn unchanged() -> Report {
    report(("0.1.0", "0.1.0"), Vec::new(), Vec::new())
}

fn headline(report: &Report) -> String {
    let text = report.to_text(Style::Plain);
    text.lines().next().unwrap().to_owned()
}

#[test]
fn text_shows_every_change() {
    insta::assert_snapshot!("text", ordinary("0.1.0", "0.1.0").to_text(Style::Plain));
}

#[test]
fn markdown_shows_every_change() {
    insta::assert_snapshot!("markdown", ordinary("0.1.0", "0.1.0").to_markdown());
}

#[test]
fn markdown_of_documentation_is_folded() {
    insta::assert_snapshot!("markdown_of_texts", texts_only().to_markdown());
}

#[test]
fn json_shows_every_change() {
    insta::assert_snapshot!("json", ordinary("0.1.0", "0.1.0").to_json());
}

#[test]
fn github_annotates_undeclared_changes_as_errors() {
    insta::assert_snapshot!("github", ordinary("0.1.0", "0.1.0").to_github());
}

#[test]
fn github_annotates_declared_changes_as_warnings() {
    insta::assert_snapshot!("github_declared", ordinary("0.1.0", "0.2.0").to_github());
}

#[test]
fn headline_names_verdict_and_versions() {
    let headlines = [
        ordinary("0.1.0", "0.1.0"),
        ordinary("0.1.0", "0.1.1"),
        ordinary("0.1.0", "0.2.0"),
        ordinary("0.1.0", "?"),
        ordinary("?", "0.2.0"),
        texts_only(),
        unchanged(),
    ];
    let headlines = headlines.iter().map(headline);
    insta::assert_snapshot!(headlines.collect::<Vec<_>>().join("\n"), @r"
    Undeclared: the changes require a minor bump, but the version stays 0.1.0; raise it to 0.2.0
    Undeclared: the changes require a minor bump, but the version goes from 0.1.0 to 0.1.1; raise it to 0.2.0
    Declared: the changes require a minor bump, and the version goes from 0.1.0 to 0.2.0
    Unknown: the changes require a minor bump, and the version of the head is unknown and was 0.1.0
    Unknown: the changes require a major bump, and the version of the base is unknown, so that the rules for 1.0.0 apply
    Declared: the changes require no bump, and the version stays 0.1.0
    Unchanged: no differences on the wire or in Rust between 3f2a1c0 and 9be19e5
    ");
}

#[test]
fn text_with_colours_has_the_same_letters() {
    let report = ordinary("0.1.0", "0.1.0");
    let coloured = report.to_text(Style::Ansi);
    assert!(coloured.contains("\u{1b}["));
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(stripped, report.to_text(Style::Plain));
}

#[test]
fn report_without_changes_is_one_line() {
    let report = unchanged();
    let line = "Unchanged: no differences on the wire or in Rust between 3f2a1c0 and 9be19e5";
    assert_eq!(report.to_text(Style::Plain), format!("{line}\n"));
    assert_eq!(report.to_markdown(), format!("**{line}**\n"));
    assert_eq!(report.to_github(), format!("{line}\n"));
    assert_eq!(report.changelog_entry(), "");
}

#[test]
fn report_without_versions_requires_a_major_bump() {
    let report = ordinary("?", "0.1.0");
    let json = json_of(&report);
    assert!(json["made_bump"].is_null());
    assert_eq!(json["required_bump"], "major");
}

#[test]
fn report_with_a_client_that_was_not_compared_says_why() {
    let not_compared = |report: &Report| {
        let client = ClientComparison {
            language: "Rust".to_owned(),
            outcome: ClientOutcome::NotCompared("the base has no name".to_owned()),
        };
        let (base, head) = (report.base.clone(), report.head.clone());
        Report::new(base, head, report.changes.clone(), Some(client))
    };
    let report = not_compared(&ordinary("0.1.0", "0.1.0"));
    let json = json_of(&report);
    assert!(json["rust"].is_null());
    assert!(json.as_object().unwrap().contains_key("rust"));
    let text = report.to_text(Style::Plain);
    let expected = "\nRust is not compared: the base has no name\n";
    assert!(text.contains(expected), "{text}");
    let markdown = report.to_markdown();
    let expected = "Rust is not compared: the base has no name.";
    assert!(markdown.contains(expected), "{markdown}");
    let unchanged = headline(&not_compared(&unchanged()));
    insta::assert_snapshot!(
        unchanged,
        @"Unchanged: no differences on the wire between 3f2a1c0 and 9be19e5; Rust is not compared: the base has no name"
    );
}

#[test]
fn report_without_a_client_leaves_it_out() {
    let with_client = ordinary("0.1.0", "0.1.0");
    let (base, head) = (with_client.base, with_client.head);
    let report = Report::new(base, head, with_client.changes, None);
    let formats = [
        report.to_text(Style::Plain),
        report.to_markdown(),
        report.to_json(),
        report.to_github(),
        report.changelog_entry(),
    ];
    for format in formats {
        let lower_case = format.to_lowercase();
        assert!(!lower_case.contains("rust"), "{format}");
        assert!(!lower_case.contains("compatible"), "{format}");
    }
}

#[test]
fn json_key_of_a_client_is_its_language() {
    let client = ClientComparison {
        language: "Go".to_owned(),
        outcome: ClientOutcome::Compared(Vec::new()),
    };
    let (base, head) = (revision("a", "1.0.0"), revision("b", "1.0.0"));
    let json = json_of(&Report::new(base, head, Vec::new(), Some(client)));
    assert!(json["go"].is_array(), "{json}");
}

#[test]
fn fail_on_rejects_the_reports_that_it_names() {
    let breaking = ordinary("0.1.0", "0.2.0");
    assert_eq!(breaking.verdict, Verdict::Declared);
    let table = [
        // the report, and if each of breaking, undeclared, any and never rejects it
        (unchanged(), [false, false, false, false]),
        (texts_only(), [false, false, true, false]),
        (breaking, [true, false, true, false]),
        (ordinary("0.1.0", "0.1.0"), [true, true, true, false]),
    ];
    let all = [
        FailOn::Breaking,
        FailOn::Undeclared,
        FailOn::Any,
        FailOn::Never,
    ];
    for (report, expected) in table {
        let rejects = all.map(|fail_on| fail_on.objection(&report).is_some());
        assert_eq!(rejects, expected, "{}", headline(&report));
    }
}

#[test]
fn empty_version_is_named_in_the_headline() {
    let mut report = ordinary("?", "0.2.0");
    report.base.declared = Some(String::new());
    assert_eq!(
        headline(&report),
        "Unknown: the changes require a major bump, and the version of the base is empty, so that \
         the rules for 1.0.0 apply"
    );
}
