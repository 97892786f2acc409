//! Whatever a spec says: it becomes code or findings with a place, and is compared with the one it
//! was made of, without a panic and in time.
//!
//! The first byte of the input says what the rest is: the text of a document, the changes to make
//! in one of those that the tests have, or the schemas to put into one, two bytes for each choice.
#![no_main]

#[path = "../../opentact-gen/tests/support/hostile.rs"]
mod hostile;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use opentact_gen::diff::{Side, review};
use opentact_gen::{Source, generate, load};
use serde_json::Value;

const SPECS: [&str; 3] = [
    include_str!("../../opentact-gen/tests/fixtures/groups.yaml"),
    include_str!("../../opentact-gen/tests/fixtures/shapes.yaml"),
    include_str!("../../opentact-gen/tests/fixtures/things.yaml"),
];

/// The one that takes schemas.
const THINGS: usize = 2;

static TREES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let tree = |text: &&str| {
        load(Source::new("spec.yaml", text))
            .expect("a document")
            .root
            .to_json()
    };
    SPECS.iter().map(tree).collect()
});

/// How many changes an input may make.
const MAX_CHANGES: usize = 8;

fuzz_target!(|input: &[u8]| {
    let [kind, rest @ ..] = input else {
        return;
    };
    let which = usize::from(kind >> 2) % SPECS.len();
    match kind % 4 {
        0 => {
            if let Ok(text) = std::str::from_utf8(rest) {
                check(SPECS[which], text);
            }
        }
        1 => {
            let mut text = SPECS[which].to_owned();
            change(rest, |choose| text = hostile::change_text(&text, choose));
            check(SPECS[which], &text);
        }
        2 => {
            let mut tree = TREES[which].clone();
            change(rest, |choose| hostile::change(&mut tree, choose));
            check(SPECS[which], &tree.to_string());
        }
        _ => {
            let mut tree = TREES[THINGS].clone();
            let mut draws = draws(rest);
            hostile::fill(&mut tree, &mut |among| {
                usize::from(draws.next().unwrap_or_default()) % among
            });
            check(SPECS[THINGS], &tree.to_string());
        }
    }
});

fn draws(input: &[u8]) -> impl ExactSizeIterator<Item = u16> {
    input
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
}

/// Makes changes for as long as the input has choices for them.
fn change(input: &[u8], mut change: impl FnMut(&mut hostile::Choose<'_>)) {
    let mut draws = draws(input);
    for _ in 0..MAX_CHANGES {
        if draws.len() == 0 {
            return;
        }
        change(&mut |among| usize::from(draws.next().unwrap_or_default()) % among);
    }
}

fn check(base: &str, head: &str) {
    match generate(Source::new("spec.yaml", head)) {
        Ok(generated) => {
            syn::parse_file(&generated.code).expect("Rust");
        }
        Err(findings) => {
            let has_place = |message: &str| !message.contains("this spec cannot be generated");
            assert!(
                findings.iter().all(|finding| has_place(&finding.message)),
                "{findings}"
            );
        }
    }
    let side = |name: &str, text: &str| Side {
        sources: Source::new("spec.yaml", text).into(),
        name: name.to_owned(),
        version: None,
        link: None,
    };
    if let Ok(report) = review(side("base", base), side("head", head)) {
        assert!(!report.to_markdown().is_empty());
    }
}
