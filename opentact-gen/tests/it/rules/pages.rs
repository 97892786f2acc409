//! The findings about the names of files.

use std::iter::once;

use openapi_tree::{Source, Sources, load};
use opentact_gen::check;

use super::{FILE, SPEC};
use crate::support::findings::findings;

const LIBRARY: &str = include_str!("../../../../opentact-api/src/lib.rs");
const GENERATED: &str = include_str!("../../../../opentact-api/src/generated/mod.rs");
const MANIFEST: &str = include_str!("../../../../opentact-api/Cargo.toml");

/// Returns `true` if the rule reports a file of this name.
fn is_reported(name: &str) -> bool {
    let document = load(Source::new(name, SPEC)).unwrap();
    let found = check(&document).err();
    let found = found.iter().flat_map(|findings| findings.iter());
    found.into_iter().any(|finding| finding.rule == "page-name")
}

/// Returns the rest of each line, trimmed, that starts with `start`.
fn lines<'a>(text: &'a str, start: &str) -> impl Iterator<Item = &'a str> {
    text.lines()
        .filter_map(move |line| line.trim_start().strip_prefix(start))
}

#[test]
fn file_with_the_name_of_a_module_or_crate_is_reported() {
    let modules = lines(LIBRARY, "mod ").chain(lines(LIBRARY, "pub mod "));
    let generated = lines(GENERATED, "mod ").chain(lines(GENERATED, "pub(crate) mod "));
    let modules = modules.chain(generated);
    let modules = modules.filter_map(|rest| rest.strip_suffix(';'));
    let crates = lines(LIBRARY, "pub use ").filter_map(|rest| {
        let (name, items) = rest.split_once("::").unwrap_or((rest, "self"));
        (items.contains("self")).then(|| name.trim_end_matches(';'))
    });
    let names: Vec<&str> = modules.chain(crates).collect();
    assert!(names.contains(&"call") && names.contains(&"service") && names.contains(&"uuid"));
    for name in names {
        assert!(is_reported(&format!("{name}.yaml")), "{name}");
    }
}

#[test]
fn file_with_the_name_of_a_feature_is_reported() {
    let (_, features) = MANIFEST.split_once("[features]").unwrap();
    let (own, _) = features.split_once("# The pages of the API").unwrap();
    let names = own.lines().filter_map(|line| line.split_once(" = "));
    let names: Vec<&str> = names.map(|(name, _)| name).chain(once("full")).collect();
    assert!(names.contains(&"rustls"));
    for name in names {
        assert!(is_reported(&format!("{name}.yaml")), "{name}");
    }
}

#[test]
fn file_of_a_page_is_not_reported() {
    for name in [
        FILE,
        "types.yaml",
        "2024.json",
        "Sip Domains.yaml",
        "_.yaml",
    ] {
        assert!(!is_reported(name), "{name}");
    }
}

#[test]
fn bad_name_of_a_file_is_reported() {
    let rows = [
        "openapi/client.yaml",
        "openapi/default.yaml",
        "openapi/-groups.yaml",
    ];
    let rows = rows.map(|path| findings(path, SPEC).to_string());
    let two = ["a/groups.yaml", "b/groups.yaml"];
    let two = Sources::new(two.map(|path| Source::new(path, SPEC)));
    let two = load(two).and_then(|document| check(&document)).unwrap_err();
    let two = two.iter().find(|finding| finding.rule == "page-name");
    insta::with_settings!({omit_expression => true}, {
        insta::assert_snapshot!(format!("{}\n{}\n", rows.join("\n"), two.unwrap().message));
    });
}
