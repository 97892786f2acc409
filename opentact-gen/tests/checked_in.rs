//! What is generated and checked in is what `openapi/*.yaml` yields, on every machine.
#![allow(clippy::panic)] // helpers of tests

mod support;

use opentact_gen::{Generated, generate};
use support::Spec;

const CODE: [(&str, &str); 5] = [
    (
        "mod.rs",
        include_str!("../../opentact-api/src/generated/mod.rs"),
    ),
    (
        "service.rs",
        include_str!("../../opentact-api/src/generated/service.rs"),
    ),
    (
        "client.rs",
        include_str!("../../opentact-api/src/generated/client.rs"),
    ),
    (
        "types.rs",
        include_str!("../../opentact-api/src/generated/types.rs"),
    ),
    (
        "builder.rs",
        include_str!("../../opentact-api/src/generated/builder.rs"),
    ),
];
const DOCUMENT: &str = include_str!("../../opentact-sandbox/src/openapi.json");

fn generated(spec: &Spec) -> Generated {
    match generate(spec.sources()) {
        Ok(generated) => generated,
        Err(findings) => panic!("{findings}"),
    }
}

/// The first line that differs, or nothing where the texts are the same.
fn first_difference(checked_in: &str, yielded: &str) -> Option<String> {
    if checked_in == yielded {
        return None;
    }
    let mut yielded = yielded.split('\n');
    let mut line = 1;
    for checked_in in checked_in.split('\n') {
        let yielded = yielded.next();
        if Some(checked_in) != yielded {
            let yielded = yielded.unwrap_or("(nothing)");
            return Some(format!(
                "line {line}\n  is:          {checked_in:?}\n  is to be:    {yielded:?}"
            ));
        }
        line += 1;
    }
    Some(format!("line {line} is missing"))
}

#[test]
fn the_generated_files_are_what_the_spec_yields() {
    let Generated {
        modules, document, ..
    } = generated(&Spec::of_today());
    let names: Vec<&str> = modules.iter().map(|module| module.name).collect();
    assert_eq!(names, CODE.map(|(name, _)| name));
    let code = CODE
        .iter()
        .zip(modules)
        .map(|((name, checked_in), module)| {
            let path = format!("opentact-api/src/generated/{name}");
            (path, *checked_in, module.code)
        });
    let document = (
        "opentact-sandbox/src/openapi.json".to_owned(),
        DOCUMENT,
        document,
    );
    for (path, checked_in, yielded) in code.chain([document]) {
        // Where git was told to write Windows line ends, it wrote them here, too.
        let checked_in = checked_in.replace("\r\n", "\n");
        if let Some(difference) = first_difference(&checked_in, &yielded) {
            panic!(
                "{path} is not what openapi/*.yaml yields: run `cargo xtask generate`, and \
                 commit the result\n{difference}"
            );
        }
    }
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    let spec = Spec::of_today();
    assert_eq!(generated(&spec), generated(&spec));
}

#[test]
fn windows_line_ends_give_the_same_bytes() {
    let unix = Spec::of_today().map(|text| text.replace("\r\n", "\n"));
    let windows = unix.map(|text| text.replace('\n', "\r\n"));
    assert_eq!(generated(&unix), generated(&windows));
}

#[test]
fn the_first_difference_is_shown() {
    assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
    let changed = first_difference("a\nb\n", "a\nc\n").unwrap();
    assert!(changed.starts_with("line 2\n"), "{changed}");
    assert!(changed.contains(r#""b""#) && changed.contains(r#""c""#));
    let longer = first_difference("a", "a\nb").unwrap();
    assert_eq!(longer, "line 2 is missing");
    let shorter = first_difference("a\nb", "a").unwrap();
    assert!(shorter.contains("(nothing)"), "{shorter}");
}
