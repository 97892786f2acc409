//! What a report of a change says in each format, and what two specs are compared for.
#![allow(clippy::unwrap_used)] // helpers of tests

mod support;

use opentact_gen::Style;
use opentact_gen::diff::{
    Bump, Direction, Level, Report, RustChange, RustChangeKind, RustFace, Verdict, review,
};
use support::reports::{ALL, READING, WRITING, at, report, rust, side, wire};

const SPEC: &str = include_str!("fixtures/groups.yaml");

/// A change of each level and kind.
fn ordinary(base: &str, head: &str) -> Report {
    use Direction::{Both, Metadata, Request, Response};
    use Level::{Additive, Breaking, Documentation};
    use RustChangeKind::{Added, Changed, Removed};

    let shorter = "`minLength` of `name` was 3 and is 5: shorter names are refused";
    let wire = vec![
        wire(Breaking, Request, WRITING, shorter),
        at(
            "/paths/~1old",
            wire(Breaking, Both, &["GET /old"], "the path is gone"),
        ),
        at(
            "/paths/~1new",
            wire(Additive, Both, &["GET /new"], "the path is new"),
        ),
        wire(
            Additive,
            Response,
            ALL,
            "`state` of a sip_user may be null | absent",
        ),
        at(
            "/paths/~1both/get/deprecated",
            wire(Documentation, Metadata, READING, "deprecated, was not"),
        ),
        wire(
            Documentation,
            Metadata,
            &[],
            "another text at snake_case and <b>",
        ),
    ];
    let rust = vec![
        rust(Added, "types::SipUser::state", false, "`Option<String>`"),
        rust(Added, "types::SipUser::_since", false, "`Option<String>`"),
        rust(
            Changed,
            "types::GroupName",
            true,
            "`len < 5`, was `len < 3`",
        ),
        rust(Removed, "Client::old", true, ""),
    ];
    report((base, head), wire, rust)
}

fn texts_only() -> Report {
    let message = "another `summary`";
    let change = wire(Level::Documentation, Direction::Metadata, READING, message);
    report(("0.1.0", "0.1.0"), vec![change], Vec::new())
}

fn unchanged() -> Report {
    report(("0.1.0", "0.1.0"), Vec::new(), Vec::new())
}

// The formats.

#[test]
fn as_text() {
    insta::assert_snapshot!("text", ordinary("0.1.0", "0.1.0").to_text(Style::Plain));
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!("markdown", ordinary("0.1.0", "0.1.0").to_markdown());
}

#[test]
fn as_markdown_for_a_text() {
    insta::assert_snapshot!("markdown_of_texts", texts_only().to_markdown());
}

#[test]
fn as_json() {
    insta::assert_snapshot!("json", ordinary("0.1.0", "0.1.0").to_json());
}

#[test]
fn as_annotations() {
    insta::assert_snapshot!("github", ordinary("0.1.0", "0.1.0").to_github());
    insta::assert_snapshot!("github_declared", ordinary("0.1.0", "0.2.0").to_github());
}

#[test]
fn the_headline() {
    let headlines: Vec<String> = [
        ordinary("0.1.0", "0.1.0"),
        ordinary("0.1.0", "0.2.0"),
        ordinary("0.1.0", "?"),
        ordinary("?", "0.2.0"),
        texts_only(),
        unchanged(),
    ]
    .iter()
    .map(|report| {
        report
            .to_text(Style::Plain)
            .lines()
            .next()
            .unwrap()
            .to_owned()
    })
    .collect();
    insta::assert_snapshot!("headlines", headlines.join("\n"));
}

#[test]
fn colours_change_no_letter() {
    let report = ordinary("0.1.0", "0.1.0");
    let coloured = report.to_text(Style::Ansi);
    assert!(coloured.contains("\u{1b}["));
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(stripped, report.to_text(Style::Plain));
}

#[test]
fn no_change_is_one_line() {
    let report = unchanged();
    let line = "Unchanged: 3f2a1c0 and 9be19e5 say the same";
    assert_eq!(report.to_text(Style::Plain), format!("{line}\n"));
    assert_eq!(report.to_markdown(), format!("**{line}**\n"));
    assert_eq!(report.to_github(), format!("{line}\n"));
    assert_eq!(report.changelog_entry(), "");
}

#[test]
fn what_is_not_known_is_said() {
    let mut report = ordinary("?", "0.1.0");
    report.rust = RustFace::NotGenerated("the older side has no name".to_owned());
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert!(json["made_bump"].is_null());
    assert!(json["rust"].is_null());
    assert_eq!(json["required_bump"], "major");
    let text = report.to_text(Style::Plain);
    let said = "\nRust: not compared\n\n  the older side has no name\n";
    assert!(text.contains(said), "{text}");
    let markdown = report.to_markdown();
    let said = "Rust is not compared: the older side has no name.";
    assert!(markdown.contains(said), "{markdown}");
}

// A review of real specs.

#[test]
fn a_method_by_another_name_breaks_programs() {
    let renamed = SPEC.replacen("x-rust-name: list_groups", "x-rust-name: groups", 1);
    assert_ne!(renamed, SPEC);
    let (base, head) = (
        side("HEAD~1", "0.1.0", SPEC),
        side("HEAD", "0.1.0", &renamed),
    );
    let report = review(base, head).unwrap();
    let is_gone = |change: &RustChange| change.item == "Client::list_groups" && change.breaking;
    assert!(report.rust.changes().iter().any(is_gone));
    assert_eq!(report.required, Bump::Minor);
    assert_eq!(report.verdict, Verdict::Undeclared);
}

#[test]
fn a_spec_is_reviewed_though_its_code_cannot_be_generated() {
    let without_name = SPEC.replacen("x-rust-name: list_groups", "x-tool: none", 1);
    assert_ne!(without_name, SPEC);
    let base = side("HEAD~1", "0.1.0", &without_name);
    let report = review(base, side("HEAD", "0.1.0", SPEC)).unwrap();
    let RustFace::NotGenerated(why) = &report.rust else {
        unreachable!("generated without a name")
    };
    let start = "the older side (HEAD~1) cannot be generated: 1 finding, at openapi/groups.yaml:";
    assert!(why.starts_with(start), "{why}");
}

#[test]
fn what_is_no_spec_is_refused() {
    let spec = || side("HEAD", "0.1.0", SPEC);
    for broken in [
        "a: [",
        "openapi: 3.1.0",
        "{ openapi: 3.0.3, info: { title: T, version: 1.0.0 } }",
        &SPEC.replacen("$ref: \"#/components/", "$ref: \"#/nowhere/", 1),
    ] {
        let broken = || side("HEAD~1", "0.1.0", broken);
        assert!(review(broken(), spec()).is_err());
        assert!(review(spec(), broken()).is_err());
        assert!(review(broken(), broken()).is_err());
    }
}

#[test]
fn the_same_spec_is_unchanged() {
    let report = review(side("HEAD~1", "0.1.0", SPEC), side("HEAD", "0.2.0", SPEC)).unwrap();
    assert_eq!(report.verdict, Verdict::Unchanged);
    assert_eq!(report.made, Some(Bump::Minor));
}
