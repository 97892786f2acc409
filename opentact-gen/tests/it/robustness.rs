//! Truncated and damaged specs cause no panic, and a rule reports each: progenitor sees none of them.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use openapi_tree::{Source, load};
use opentact_gen::{check, generate_from};
use serde_json::Value;

/// A copy of the spec, so that edits of the real one do not change the cases.
const SPEC: &str = include_str!("../fixtures/groups.yaml");

/// Asserts that each text yields code, or findings with places. Neither progenitor nor the stage after
/// it reports one.
fn assert_no_panic(texts: impl Iterator<Item = (String, String)>) {
    let mut panics = Vec::new();
    let mut unforeseen = Vec::new();
    let mut refused = 0;
    let mut generated = HashSet::new();
    for (name, text) in texts {
        let result = catch_unwind(AssertUnwindSafe(|| {
            let document = load(Source::new("spec.yaml", &text))?;
            // Specs that differ in descriptions only become the same code.
            let code = without_texts(&document.root.to_json()).to_string();
            if generated.contains(&code) {
                return check(&document);
            }
            generate_from(&document)?;
            generated.insert(code);
            Ok(())
        }));
        match result {
            Ok(Ok(())) => {}
            Ok(Err(findings)) => {
                refused += 1;
                assert!(!findings.is_empty(), "{name}: no finding");
                assert!(
                    findings.to_string().contains("spec.yaml:"),
                    "{name}: no place"
                );
                let late = |rule| matches!(rule, "progenitor" | "rewrite");
                unforeseen.extend(
                    findings
                        .iter()
                        .filter(|finding| late(finding.rule))
                        .map(|finding| format!("{name}: {}", finding.message)),
                );
            }
            Err(_) => panics.push(name),
        }
    }
    assert!(refused > 0, "none was refused");
    assert!(panics.is_empty(), "generate panics: {panics:#?}");
    assert!(
        unforeseen.is_empty(),
        "no rule reports these: {unforeseen:#?}"
    );
}

fn without_texts(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let is_text = |key: &str, value: &Value| match key {
                "description" | "summary" => value.is_string(),
                key => matches!(key, "example" | "examples"),
            };
            let others = object.iter().filter(|(key, value)| !is_text(key, value));
            let others = others.map(|(key, value)| (key.clone(), without_texts(value)));
            Value::Object(others.collect())
        }
        Value::Array(items) => items.iter().map(without_texts).collect(),
        other => other.clone(),
    }
}

#[test]
fn truncated_spec_causes_no_panic() {
    assert_no_panic((0..SPEC.len()).step_by(97).map(|byte| {
        let end = (0..=byte).rfind(|at| SPEC.is_char_boundary(*at)).unwrap();
        (format!("the first {end} bytes"), SPEC[..end].to_owned())
    }));
}

/// Does the same for each of these lines that a spec can lack.
fn assert_no_panic_without(missing: impl Iterator<Item = usize>) {
    let lines: Vec<&str> = SPEC.lines().collect();
    assert_no_panic(missing.map(|gone| {
        let mut rest = lines.clone();
        rest.remove(gone);
        (format!("without line {}", gone + 1), rest.join("\n"))
    }));
}

// Two tests, because tests run in parallel and these take long.

#[test]
fn missing_odd_line_causes_no_panic() {
    assert_no_panic_without((0..SPEC.lines().count()).step_by(2));
}

#[test]
fn missing_even_line_causes_no_panic() {
    assert_no_panic_without((1..SPEC.lines().count()).step_by(2));
}

#[test]
fn repeated_line_causes_no_panic() {
    let lines: Vec<&str> = SPEC.lines().collect();
    // The steps scatter the lines.
    assert_no_panic((0..150).map(|step| {
        let (from, to) = (step * 83 % lines.len(), step * 149 % lines.len());
        let mut more = lines.clone();
        more.insert(to, lines[from]);
        let name = format!("line {} once more before line {}", from + 1, to + 1);
        (name, more.join("\n"))
    }));
}

#[test]
fn text_that_is_no_spec_causes_no_panic() {
    let texts = [
        "\u{feff}openapi: 3.0.3\n",
        "\0",
        "\t",
        "- - -",
        "%YAML 9.9\n---\n",
        "*a",
        "&a",
        "!!x y",
        "? a",
        "[",
        "{",
        "|",
        ">",
        "'",
        "\"",
        "\"\\",
        "...",
        "---\n...\n---",
        "a: b: c",
        "é",
        "🦀: [",
        "openapi: 3.0.3\npaths: []\ncomponents: 7\nsecurity: x\n",
        "openapi: 3.0.3\npaths: { /a: { get: { parameters: x, responses: [] } } }\n",
        "openapi: 3.0.3\npaths: { '/{': null, '': { get: null } }\n",
        "openapi: 3.0.3\ncomponents: { schemas: { '': { $ref: '#' }, a: { $ref: '#/components' } } }\n",
        "openapi: 3.0.3\ncomponents: { schemas: { a: { $ref: '#/%/~2' } } }\n",
    ];
    assert_no_panic(
        texts
            .iter()
            .map(|text| (format!("{text:?}"), (*text).to_owned())),
    );
}
