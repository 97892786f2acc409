//! `opentact-api/src/generated.rs` is what `openapi/groups.yaml` yields, on every machine.
#![allow(clippy::panic)] // helpers of tests

use opentact_gen::{Source, generate};

const SPEC: &str = include_str!("../../openapi/groups.yaml");
const CHECKED_IN: &str = include_str!("../../opentact-api/src/generated.rs");

fn code(spec: &str) -> String {
    match generate(Source::new("openapi/groups.yaml", spec)) {
        Ok(generated) => generated.code,
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
fn the_generated_code_is_what_the_spec_yields() {
    // Where git was told to write Windows line ends, it wrote them here, too.
    let checked_in = CHECKED_IN.replace("\r\n", "\n");
    if let Some(difference) = first_difference(&checked_in, &code(SPEC)) {
        panic!(
            "opentact-api/src/generated.rs is not what openapi/groups.yaml yields: run \
             `cargo xtask generate`, and commit the result\n{difference}"
        );
    }
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    assert_eq!(first_difference(&code(SPEC), &code(SPEC)), None);
}

#[test]
fn windows_line_ends_give_the_same_bytes() {
    let unix = SPEC.replace("\r\n", "\n");
    let windows = unix.replace('\n', "\r\n");
    assert_ne!(unix, windows);
    assert_eq!(first_difference(&code(&unix), &code(&windows)), None);
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
