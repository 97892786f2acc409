//! `cargo xtask diff`: the level of an edit on the wire and in Rust, and the bump that both require.

use serde_json::Value;

use crate::support::Workspace;
use crate::support::mutations::MUTATIONS;

/// A fixed revision of the real document, so that operations added later do not change the tables.
const GROUPS: &str = include_str!("../../../opentact-gen/tests/fixtures/groups.yaml");
const SCHEMES: &str = include_str!("fixtures/schemes.yaml");

/// Returns the levels of a comparison of two documents with version 0.1.0, and the required bump.
fn levels(workspace: &Workspace, base: &str, head: &str) -> String {
    workspace.write("base.yaml", base);
    workspace.write("head.yaml", head);
    let report = workspace.report(&["base.yaml", "head.yaml"]);
    let wire = report["wire"][0]["level"].as_str().unwrap_or("none");
    let is_breaking = |change: &Value| change["breaking"] == true;
    let rust = match report["rust"].as_array().map(Vec::as_slice) {
        None => "not compared",
        Some([]) => "none",
        Some(changes) if changes.iter().any(is_breaking) => "breaking",
        Some(_) => "compatible",
    };
    let bump = report["required_bump"].as_str().unwrap();
    format!("wire {wire}, Rust {rust}: {bump}")
}

/// Replaces every `from`.
#[track_caller]
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(
        text.contains(from),
        "the document does not contain `{from}`"
    );
    text.replace(from, to)
}

#[test]
fn edit_requires_the_bump_of_the_more_serious_of_both_levels() {
    #[rustfmt::skip] // a table
    let forward = [
        // More serious in Rust.
        ("method in Rust renamed", "wire documentation, Rust breaking: minor"),
        ("name no longer required to create", "wire additive, Rust breaking: minor"),
        ("users no longer required to add", "wire additive, Rust breaking: minor"),
        ("users by another kind of id", "wire additive, Rust breaking: minor"),
        ("a response property required", "wire additive, Rust breaking: minor"),
        ("a secret no longer a secret", "wire documentation, Rust breaking: minor"),
        // As serious, or less.
        ("operation id changed", "wire documentation, Rust none: none"),
        ("a response property added", "wire additive, Rust compatible: patch"),
        ("name may be longer", "wire additive, Rust none: patch"),
    ];
    #[rustfmt::skip] // a table
    let backward = [
        // More serious in Rust.
        ("users required to create", "wire additive, Rust breaking: minor"),
        ("a group's name may be missing", "wire additive, Rust breaking: minor"),
        ("a time a string", "wire additive, Rust breaking: minor"),
        // Less serious.
        ("name may be longer", "wire breaking, Rust none: minor"),
    ];
    let workspace = Workspace::small();
    let edited = |name: &str| {
        let edit = MUTATIONS.iter().find(|edit| edit.name == name);
        edit.and_then(|edit| edit.of(GROUPS)).unwrap()
    };
    let forward = forward.map(|(name, expected)| {
        let levels = levels(&workspace, GROUPS, &edited(name));
        (format!("{name}, forward: {levels}"), levels == expected)
    });
    let backward = backward.map(|(name, expected)| {
        let levels = levels(&workspace, &edited(name), GROUPS);
        (format!("{name}, backward: {levels}"), levels == expected)
    });
    let rows = forward.into_iter().chain(backward);
    let wrong = rows.filter_map(|(row, is_right)| (!is_right).then_some(row));
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn edit_of_a_security_scheme_is_breaking_in_rust_even_if_the_wire_stays() {
    let second = "    Second: { type: apiKey, in: header, name: X-Second }\n";
    let own = "security: [{ Second: [] }]";
    let moved = replaced(SCHEMES, own, "security: [{ Main: [] }]");
    #[rustfmt::skip] // a table
    let table = [
        ("setter renamed", replaced(SCHEMES, "name: X-Second", "name: X-Second, x-rust-name: account"), "wire documentation, Rust breaking: minor"),
        ("scheme renamed", replaced(SCHEMES, "Second:", "Account:"), "wire none, Rust breaking: minor"),
        ("another scheme required by the document", replaced(SCHEMES, "  - Main: []", "  - Second: []"), "wire none, Rust none: none"),
        ("main scheme required by the operation", replaced(&moved, second, ""), "wire breaking, Rust breaking: minor"),
        ("header renamed", replaced(SCHEMES, "X-Second", "X-Account"), "wire breaking, Rust none: minor"),
    ];
    let workspace = Workspace::small();
    let wrong = table.iter().filter_map(|(name, edited, expected)| {
        let levels = levels(&workspace, SCHEMES, edited);
        (levels != *expected).then(|| format!("{name}: {levels}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn document_whose_code_cannot_be_generated_is_compared_on_the_wire() {
    let workspace = Workspace::small();
    let without_name = |text: &str| replaced(text, "      x-rust-name: get_group\n", "");
    let breaking = replaced(SCHEMES, "  /account:", "  /user:");
    workspace.write("good.yaml", SCHEMES);
    workspace.write("nameless.yaml", &without_name(SCHEMES));
    workspace.write("breaking.yaml", &without_name(&breaking));
    for (base, head, code, documents) in [
        ("nameless.yaml", "good.yaml", 0, "the base"),
        ("good.yaml", "nameless.yaml", 0, "the head"),
        ("good.yaml", "breaking.yaml", 1, "the head"),
        ("nameless.yaml", "breaking.yaml", 1, "either document"),
    ] {
        let ended = workspace.run(&["diff", base, head]);
        assert_eq!(ended.code, Some(code), "{ended:?}");
        let line = format!("Rust is not compared: no client can be generated from {documents}\n");
        assert!(ended.out.contains(&line), "{line}: {ended:?}");
    }
    assert_eq!(
        levels(&workspace, SCHEMES, &without_name(&breaking)),
        "wire breaking, Rust not compared: minor"
    );
}
