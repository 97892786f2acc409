//! The decisions of the caller: accepted changes, and levels.

use openapi_compat::{Change, Date, FailOn, Ignores, Judged, Level, Policy, Report, Verdict};
use openapi_tree::{Source, Style};

use crate::support::changes;
use crate::support::report_schemas::{json_of, sarif_results_of};
use crate::support::reports::revision;

const BASE: &str = include_str!("../fixtures/users-1.0.0.yaml");
const HEAD: &str = include_str!("../fixtures/users-1.1.0.yaml");
const EMAIL: &str = "ignore:
  - id: property-became-required
    pointer: /components/schemas/User/required/*
    reason: Each user has one.
";

fn fixtures() -> Vec<Change> {
    changes(BASE, HEAD)
}

fn ignores(text: &str) -> Ignores {
    Ignores::parse(Source::new("accepted.yaml", text)).unwrap()
}

fn applied(levels: &[&str], ignored: &str, changes: Vec<Change>) -> Judged {
    let policy = Policy {
        levels: levels.iter().map(|rule| rule.parse().unwrap()).collect(),
        ignores: vec![ignores(ignored)],
    };
    policy.apply(changes, Date::from_ymd_opt(2026, 6, 15).unwrap())
}

fn report(judged: Judged) -> Report {
    let (base, head) = (revision("a", "1.0.0"), revision("b", "1.1.0"));
    Report::new(base, head, judged.changes, None).with_ignored(judged.ignored)
}

/// Returns the warnings with their places.
fn warnings(judged: &Judged) -> String {
    let warnings = judged.warnings.iter();
    warnings.map(|file| file.render(Style::Plain)).collect()
}

/// Returns a list of ignores with one entry.
fn entry(fields: &str) -> String {
    format!("ignore: [{{ reason: It is known., {fields} }}]")
}

/// Returns the number of changes that an ignore accepts.
fn accepted(fields: &str) -> usize {
    applied(&[], &entry(fields), fixtures()).ignored.len()
}

#[test]
fn ignored_changes_leave_verdict_and_exit_code_alone() {
    let without = report(applied(&[], "ignore: []", fixtures()));
    assert_eq!(without.verdict, Verdict::Undeclared);
    let all = "ignore:
  - { id: property-became-required, reason: Each user has one. }
  - { id: limit-changed, reason: No client cuts names., until: 2026-06-15 }
  - { pointer: /info/version, reason: It is another one. }
";
    let judged = applied(&[], all, fixtures());
    assert_eq!(warnings(&judged), "");
    let report = report(judged);
    assert_eq!(
        (report.verdict, report.ignored.len()),
        (Verdict::Unchanged, 5)
    );
    assert_eq!(FailOn::Any.objection(&report), None);
    let text = report.to_text(Style::Plain);
    assert_eq!(
        text,
        "Unchanged: no other differences on the wire between a and b\n3 changes are ignored by accepted.yaml\n"
    );
    for text in [report.to_markdown(), report.to_github()] {
        assert!(text.contains("3 changes are ignored by"), "{text}");
    }
}

#[test]
fn ignored_changes_stay_in_json_and_sarif() {
    let report = report(applied(&[], EMAIL, fixtures()));
    let json = json_of(&report);
    assert_eq!(json["summary"]["ignored"], 1);
    assert_eq!(json["summary"]["breaking"], 1);
    let wire = json["wire"].as_array().unwrap();
    let ignored: Vec<_> = wire
        .iter()
        .filter(|change| !change["ignored"].is_null())
        .collect();
    assert_eq!(ignored.len(), 2);
    for change in ignored {
        assert_eq!(change["id"], "property-became-required");
        assert_eq!(change["ignored"]["reason"], "Each user has one.");
    }
    let results = sarif_results_of(&report);
    let suppressed = results
        .iter()
        .filter(|result| result.get("suppressions").is_some());
    let suppressed: Vec<_> = suppressed.collect();
    assert_eq!(suppressed.len(), 1);
    let suppression = &suppressed[0]["suppressions"][0];
    assert_eq!(suppression["justification"], "Each user has one.");
    let place = &suppression["location"]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "accepted.yaml");
    assert_eq!(place["region"]["startLine"], 2);
}

#[test]
fn ignore_selects_changes_by_all_its_keys() {
    for (fields, expected) in [
        ("id: property-became-required", 2),
        ("pointer: /components/schemas/User/required/1", 2),
        ("pointer: '/components/*/*/required/*'", 2),
        ("pointer: '/components/schemas/User'", 0),
        ("pointer: '/*'", 0),
        ("operation: POST /users", 4),
        ("operation: '*'", 4),
        ("operation: GET /users", 0),
        ("operation: POST /users, id: limit-changed", 2),
        ("operation: POST /users, id: property-added", 0),
    ] {
        assert_eq!(accepted(fields), expected, "{fields}");
    }
}

#[test]
fn ignore_for_an_operation_accepts_its_part_of_a_change() {
    let text = |limit: u32| {
        format!(
            "openapi: 3.0.3
info: {{ title: T, version: 1.0.0 }}
components: {{ parameters: {{ limit: {{ name: limit, in: query, schema: {{ type: integer, maximum: {limit} }} }} }} }}
paths:
  /a: {{ get: {{ parameters: [{{ $ref: '#/components/parameters/limit' }}], responses: {{ 204: {{ description: D }} }} }} }}
  /b: {{ get: {{ parameters: [{{ $ref: '#/components/parameters/limit' }}], responses: {{ 204: {{ description: D }} }} }} }}
"
        )
    };
    let judged = applied(
        &[],
        &entry("operation: GET /a"),
        changes(&text(9), &text(8)),
    );
    assert_eq!(judged.changes[0].operations, ["GET /b"]);
    assert_eq!(judged.ignored[0].change.operations, ["GET /a"]);
    assert_eq!((judged.changes.len(), judged.ignored.len()), (1, 1));
}

#[test]
fn unused_and_expired_ignores_are_warnings_with_their_places() {
    let text = "ignore:
  - { id: operation-removed, reason: Nobody calls it. }
  - { id: limit-changed, reason: It was agreed., until: 2026-06-14 }
  - { id: property-became-required, reason: It is so., until: 2026-06-15 }
";
    let judged = applied(&[], text, fixtures());
    assert_eq!(judged.ignored.len(), 2);
    let warnings = warnings(&judged);
    for part in [
        "warning[ignore-unused]: this ignore matches no change that is left",
        "accepted.yaml:2:5",
        "warning[ignore-expired]: this ignore no longer applies, because it ended on 2026-06-14",
        "accepted.yaml:3:5",
    ] {
        assert!(warnings.contains(part), "{part}: {warnings}");
    }
    assert!(!warnings.contains("accepted.yaml:4:5"), "{warnings}");
}

#[test]
fn mistakes_of_a_file_of_ignores_are_reported_with_their_places() {
    for (text, message, place) in [
        (
            "ignored: []",
            "unknown key `ignored`; did you mean `ignore`?",
            "1:1",
        ),
        ("ignore: {}", "`ignore` is no list", "1:9"),
        ("ignore:\n  - text", "there must be keys with values", "2:5"),
        (
            "ignore:\n  - id: limit-changed\n    reasonn: A.",
            "unknown key `reasonn`; did you mean `reason`?",
            "3:5",
        ),
        (
            "ignore:\n  - id: limit-changed",
            "the entry has no `reason`",
            "2:5",
        ),
        (
            "ignore:\n  - { id: limit-changed, reason: '' }",
            "`reason` is empty",
            "2:34",
        ),
        (
            "ignore:\n  - reason: A.",
            "the entry selects no change",
            "2:5",
        ),
        (
            "ignore:\n  - { reason: A., id: limit-change }",
            "there is no id `limit-change`; did you mean `limit-changed`?",
            "2:23",
        ),
        (
            "ignore:\n  - { reason: A., pointer: paths }",
            "`paths` is no JSON pointer",
            "2:28",
        ),
        (
            "ignore:\n  - { reason: A., operation: users }",
            "`users` is no operation",
            "2:30",
        ),
        (
            "ignore:\n  - { reason: A., id: limit-changed, until: 2026-02-30 }",
            "`2026-02-30` is no date",
            "2:45",
        ),
        (
            "ignore:\n  - { reason: 5, id: limit-changed }",
            "the value is no text",
            "2:15",
        ),
        ("ignore: [", "", "1:"),
        ("", "", "1:1"),
    ] {
        let findings = Ignores::parse(Source::new("accepted.yaml", text)).unwrap_err();
        let findings = findings.render(Style::Plain);
        assert!(findings.contains(message), "{text}: {findings}");
        let place = format!("accepted.yaml:{place}");
        assert!(findings.contains(&place), "{text}: {findings}");
    }
}

/// Returns the levels of the changes with an id, after some rules.
fn levels(rules: &[&str], id: &str) -> Vec<String> {
    let judged = applied(rules, "ignore: []", fixtures());
    let changes = judged.changes.iter();
    let of_id = changes.filter(|change| change.id.as_str() == id);
    let mut levels: Vec<String> = of_id
        .map(|change| format!("{} {}", change.level, change.direction))
        .collect();
    levels.sort();
    levels
}

#[test]
fn level_applies_to_all_changes_of_an_id_or_to_one_direction() {
    let id = "limit-changed";
    assert_eq!(levels(&[], id), ["additive request", "breaking response"]);
    for (rules, expected) in [
        (
            &["limit-changed=additive"][..],
            ["additive request", "additive response"],
        ),
        (
            &["limit-changed@response=documentation"],
            ["additive request", "documentation response"],
        ),
        (
            &["limit-changed=additive", "limit-changed@response=breaking"],
            ["additive request", "breaking response"],
        ),
        (
            &["limit-changed@response=breaking", "limit-changed=additive"],
            ["additive request", "additive response"],
        ),
        (
            &["enum-changed=additive"],
            ["additive request", "breaking response"],
        ),
    ] {
        assert_eq!(levels(rules, id), expected, "{rules:?}");
    }
}

#[test]
fn level_that_is_set_decides_the_verdict_and_is_shown() {
    let rules = [
        "limit-changed=additive",
        "property-became-required=additive",
    ];
    let judged = applied(&rules, "ignore: []", fixtures());
    let report = report(judged);
    assert_eq!(report.verdict, Verdict::Declared);
    let text = report.to_text(Style::Plain);
    for part in [
        "Additive: 2 changes",
        "(set to additive, breaking otherwise)",
        "clients may receive values that they do not expect",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let markdown = report.to_markdown();
    assert!(markdown.contains("set to additive"), "{markdown}");
    let json = json_of(&report);
    let wire = json["wire"].as_array().unwrap();
    let found: Vec<_> = wire.iter().map(|change| &change["found_level"]).collect();
    assert_eq!(
        found.iter().filter(|level| **level == "breaking").count(),
        2
    );
}

#[test]
fn level_of_an_extension_applies_to_that_extension() {
    let extended = |team: &str| {
        BASE.replace(
            "createUser",
            &format!("createUser\n      x-team: {team}\n      x-other: {team}"),
        )
    };
    let changes = changes(&extended("a"), &extended("b"));
    let judged = applied(&["x-team=breaking"], "ignore: []", changes);
    let levels: Vec<_> = judged
        .changes
        .iter()
        .map(|change| (change.name.as_deref(), change.level))
        .collect();
    assert_eq!(
        levels,
        [
            (Some("x-team"), Level::Breaking),
            (Some("x-other"), Level::Documentation)
        ]
    );
}

#[test]
fn rule_for_a_level_that_cannot_be_read_is_an_error() {
    use openapi_compat::LevelRule;
    for (text, message) in [
        ("limit-changed", "expected `ID=LEVEL`"),
        ("limit-changedd=additive", "did you mean `limit-changed`?"),
        (
            "limit-changed=aditive",
            "there is no level `aditive`; did you mean `additive`?",
        ),
        (
            "limit-changed@requestt=additive",
            "there is no direction `requestt`; did you mean `request`?",
        ),
    ] {
        let error = text.parse::<LevelRule>().unwrap_err();
        assert!(error.contains(message), "{text}: {error}");
    }
}
