//! The checked-in generated files equal those that `openapi/*.yaml` yields, on every machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use opentact_gen::{Generated, generate};

use crate::support::spec::Spec;

const TEST_CALLS: &str = "opentact-api/tests/it/pages/operations.rs";

fn generated(spec: &Spec) -> Generated {
    generate(spec.sources()).unwrap_or_else(|findings| panic!("{findings}"))
}

/// Returns the checked-in files by their path in the repository.
fn checked_in() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: String| {
        let text = fs::read_to_string(root.join(&path)).unwrap();
        // Git may have written Windows line ends.
        (path, text.replace("\r\n", "\n"))
    };
    let modules = fs::read_dir(root.join("opentact-api/src/generated")).unwrap();
    let modules = modules.map(|entry| entry.unwrap().file_name());
    let modules = modules.map(|name| format!("opentact-api/src/generated/{}", name.display()));
    let document = "opentact-sandbox/src/openapi.json".to_owned();
    let test_calls = TEST_CALLS.to_owned();
    modules.chain([document, test_calls]).map(read).collect()
}

#[test]
fn checked_in_files_equal_the_generated_ones() {
    let generated = generated(&Spec::of_today());
    let modules = generated.modules.into_iter();
    let modules = modules.map(|module| {
        (
            format!("opentact-api/src/generated/{}", module.name),
            module.code,
        )
    });
    let document = (
        "opentact-sandbox/src/openapi.json".to_owned(),
        generated.document,
    );
    let test_calls = (TEST_CALLS.to_owned(), generated.test_calls);
    let generated: BTreeMap<String, String> = modules.chain([document, test_calls]).collect();
    let checked_in = checked_in();
    const HELP: &str = "run `cargo xtask generate`, and commit the result";
    assert!(
        checked_in.keys().eq(generated.keys()),
        "{HELP}: {:?}",
        checked_in.keys()
    );
    for ((path, checked_in), generated) in checked_in.iter().zip(generated.values()) {
        let mut lines = checked_in
            .split('\n')
            .zip(generated.split('\n'))
            .enumerate();
        let different = lines.find(|(_, (checked_in, generated))| checked_in != generated);
        assert!(
            checked_in == generated,
            "{path} is stale: {HELP}\n{different:#?}"
        );
    }
}

#[test]
fn checked_in_manifest_has_the_features_of_the_pages() {
    const MANIFEST: &str = include_str!("../../../opentact-api/Cargo.toml");
    let features = generated(&Spec::of_today()).features;
    let manifest = MANIFEST.replace("\r\n", "\n");
    assert!(
        manifest.contains(&format!(" from here on.\n{features}# The end of the pages")),
        "run `cargo xtask generate`, and commit the result:\n{features}"
    );
}

#[test]
fn generate_twice_returns_the_same_bytes() {
    let spec = Spec::of_today();
    assert_eq!(generated(&spec), generated(&spec));
}

#[test]
fn generate_with_windows_line_ends_returns_the_same_bytes() {
    let unix = Spec::of_today().map(|text| text.replace("\r\n", "\n"));
    let windows = unix.map(|text| text.replace('\n', "\r\n"));
    assert_eq!(generated(&unix), generated(&windows));
}
