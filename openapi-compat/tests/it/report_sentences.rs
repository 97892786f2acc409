//! Sentences of a report that several changes share, and values that they name already.

use openapi_compat::{Change, Direction, Level, Report};
use openapi_tree::Style;
use serde_json::json;

use crate::support::changes;
use crate::support::reports::{WRITING, change, report};

fn on(changes: Vec<Change>) -> Report {
    report(("1.0.0", "2.0.0"), changes, Vec::new())
}

/// Returns a document with operations that share their responses.
fn document(responses: &str) -> String {
    let paths = ["/a", "/b", "/c", "/d"].map(|path| {
        format!("  {path}: {{ get: {{ responses: {{ '200': {{ description: Done. }}{responses} }} }} }}\n")
    });
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: 1.0.0 }}\npaths:\n{}components:\n  responses:\n    \
         Busy: {{ description: Too many requests. }}\n",
        paths.concat()
    )
}

#[test]
fn response_of_several_operations_is_one_entry_that_counts_them() {
    let base = document("");
    let head = document(", '429': { $ref: '#/components/responses/Busy' }");
    let text = on(changes(&base, &head)).to_text(Style::Plain);
    let entry = "Additive: 1 change\n\n  the response 429 of 4 operations is now described\n    \
                 response: GET /a, GET /b, GET /c and 1 more\n";
    assert!(text.contains(entry), "{text}");
    let removed = on(changes(&head, &base)).to_text(Style::Plain);
    let line = "- **Breaking:** `GET /a`, `GET /b`, `GET /c` and 1 more: the response 429 of 4 operations \
                was removed: clients that read it can no longer rely on it.\n";
    assert!(removed.contains(line), "{removed}");
}

#[test]
fn operations_that_were_added_are_entries_of_their_own() {
    let base = "openapi: 3.0.3\ninfo: { title: T, version: 1.0.0 }\npaths: {}\n";
    let text = on(changes(base, &document(""))).to_text(Style::Plain);
    assert!(text.contains("Additive: 4 changes\n"), "{text}");
    assert!(text.contains("\n  `GET /d` was added\n"), "{text}");
}

#[test]
fn example_that_the_sentence_names_is_not_repeated() {
    let with = |example, old, new| {
        let mut changed = change(Level::Breaking, Direction::Request, WRITING, "`size`");
        changed.id = openapi_compat::ChangeId::EnumChanged;
        changed.name = Some("enum".to_owned());
        (changed.old, changed.new) = (Some(old), Some(new));
        changed.example = Some(example);
        on(vec![changed]).to_text(Style::Plain)
    };
    let named = with(json!("small"), json!(["small"]), json!([]));
    assert!(named.contains("no longer allows `small`"), "{named}");
    assert!(!named.contains("for example"), "{named}");
    let other = with(json!("large"), json!(["small"]), json!([]));
    assert!(other.contains("\n    for example, \"large\"\n"), "{other}");
}

#[test]
fn code_beside_code_is_text_in_the_changelog_entry() {
    let entry = |subject| {
        let changed = change(Level::Breaking, Direction::Request, WRITING, subject);
        on(vec![changed]).changelog_entry()
    };
    assert!(
        entry("`a` `b`").contains(": `a` `b` "),
        "{}",
        entry("`a` `b`")
    );
    let beside = entry("`a``b`");
    assert!(beside.contains(r"\`a\`\`b\`"), "{beside}");
}

#[test]
fn sentence_that_is_cut_in_code_keeps_its_code() {
    let subject = format!("`{}`", "long ".repeat(100));
    let changed = change(Level::Breaking, Direction::Request, WRITING, &subject);
    let report = on(vec![changed]);
    let markdown = report.to_markdown();
    assert!(markdown.contains("| <code>long long "), "{markdown}");
    assert!(markdown.contains("…</code> | "), "{markdown}");
    let entry = report.changelog_entry();
    assert!(
        entry.contains(": `long long ") && entry.contains("…`."),
        "{entry}"
    );
}
