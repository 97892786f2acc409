//! Generates from any spec, and compares it with the spec it was made from: without a panic and
//! within the time limit. The result is code, or findings that have a place.
//!
//! The first byte of the input selects the meaning of the rest: the text of a file of a document,
//! changes to the files of a test document, or schemas for one. A choice takes two bytes.
#![no_main]

#[path = "../../opentact-gen/tests/it/support/hostile.rs"]
mod hostile;

use std::hint;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use openapi_compat::{Options, Report, Revision, compare};
use openapi_tree::{
    Document, File, Findings, Source, Sources, Style, load, load_lenient, load_valid,
};
use opentact_gen::{Pages, generate, generate_public_api};
use serde_json::Value;

/// The path and text of each file of a document.
type Files = &'static [(&'static str, &'static str)];

const SPECS: [Files; 4] = [
    &[(
        "groups.yaml",
        include_str!("../../opentact-gen/tests/fixtures/groups.yaml"),
    )],
    &[(
        "shapes.yaml",
        include_str!("../../opentact-gen/tests/fixtures/shapes.yaml"),
    )],
    &[(
        "things.yaml",
        include_str!("../../opentact-gen/tests/fixtures/things.yaml"),
    )],
    &[
        ("common.yaml", include_str!("../../openapi/common.yaml")),
        (
            "connections.yaml",
            include_str!("../../opentact-gen/tests/fixtures/connections.yaml"),
        ),
        ("groups.yaml", include_str!("../../openapi/groups.yaml")),
    ],
];

/// The index of the document that takes schemas.
const THINGS: usize = 2;

static TREES: LazyLock<Vec<Vec<Value>>> = LazyLock::new(|| {
    let tree = |(path, text): &(&str, &str)| {
        let loaded = load(Source::new(*path, *text)).expect("a document");
        let mut tree = loaded.root.to_json();
        hostile::without_examples(&mut tree);
        tree
    };
    let trees = SPECS.iter().map(|files| files.iter().map(tree).collect());
    trees.collect()
});

/// The largest number of changes for one input.
const MAX_CHANGES: usize = 8;

fuzz_target!(|input: &[u8]| {
    let [kind, rest @ ..] = input else {
        return;
    };
    let index = usize::from(kind >> 2) % SPECS.len();
    let texts = SPECS[index].iter().map(|(_, text)| (*text).to_owned());
    let mut texts: Vec<String> = texts.collect();
    let written = |trees: &[Value]| trees.iter().map(Value::to_string).collect();
    match kind % 4 {
        0 => {
            let (Ok(text), Some(last)) = (std::str::from_utf8(rest), texts.last_mut()) else {
                return;
            };
            text.clone_into(last);
            check(SPECS[index], texts);
        }
        1 => {
            change(rest, |choose| {
                let file = choose(texts.len());
                texts[file] = hostile::change_text(&texts[file], choose);
            });
            check(SPECS[index], texts);
        }
        2 => {
            let mut trees = TREES[index].clone();
            change(rest, |choose| {
                let file = choose(trees.len());
                hostile::change(&mut trees[file], choose);
            });
            check(SPECS[index], written(&trees));
        }
        _ => {
            let mut trees = TREES[THINGS].clone();
            let mut draws = draws(rest);
            hostile::fill(&mut trees[0], &mut |among| {
                usize::from(draws.next().unwrap_or_default()) % among
            });
            check(SPECS[THINGS], written(&trees));
        }
    }
});

fn draws(input: &[u8]) -> impl ExactSizeIterator<Item = u16> {
    input
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
}

/// Makes changes until the input has no more choices.
fn change(input: &[u8], mut change: impl FnMut(&mut hostile::Choose<'_>)) {
    let mut draws = draws(input);
    for _ in 0..MAX_CHANGES {
        if draws.len() == 0 {
            return;
        }
        change(&mut |among| usize::from(draws.next().unwrap_or_default()) % among);
    }
}

/// Reads files leniently. References to other files lead nowhere.
fn lenient(sources: &Sources) -> Result<Document, Findings> {
    let files = sources.iter().map(|source| File {
        path: source.path().to_owned(),
        bytes: source.text().into(),
    });
    let loaded = load_lenient(files, &mut |_| Err("no such file".to_owned()))?;
    hint::black_box(loaded.warnings.render(Style::Plain));
    Ok(loaded.document)
}

/// Generates from `texts`, and compares them with the files of `spec` they were made from.
fn check(spec: Files, texts: Vec<String>) {
    let base = Sources::new(spec.iter().map(|(path, text)| Source::new(*path, *text)));
    let changed = spec.iter().zip(texts);
    let head = Sources::new(changed.map(|((path, _), text)| Source::new(*path, &text)));
    match generate(head.clone()) {
        Ok(generated) => {
            for module in &generated.modules {
                syn::parse_file(&module.code).expect("Rust");
            }
        }
        Err(findings) => {
            let has_place = |message: &str| !message.contains("this spec cannot be generated");
            assert!(
                findings.iter().all(|finding| has_place(&finding.message)),
                "{findings}"
            );
        }
    }
    if let (Ok(base), Ok(head)) = (load_valid(base.clone()), load_valid(head.clone())) {
        let public_apis =
            [&base, &head].map(|document| generate_public_api(document, Pages::United));
        if let [Ok(base), Ok(head)] = public_apis {
            hint::black_box(base.changes(&head));
        }
    }
    if let (Ok(base), Ok(head)) = (lenient(&base), lenient(&head)) {
        let changes = compare(&base, &head, &Options::default());
        let revision = |name: &str| Revision {
            name: name.to_owned(),
            version: None,
            declared: None,
            link: None,
            warnings: 0,
            left_out: 0,
        };
        let report = Report::new(revision("base"), revision("head"), changes, None);
        assert!(!report.to_markdown().is_empty());
    }
}
