//! What the load stage makes of YAML, and that no text makes any stage panic.
#![allow(clippy::panic, clippy::unwrap_used)] // helpers of tests

use std::panic::{AssertUnwindSafe, catch_unwind};

use opentact_gen::{LineColumn, Node, Source, Value, generate, load};

/// A copy of the spec, so that what is found does not depend on edits of the real one.
const SPEC: &str = include_str!("fixtures/groups.yaml");

fn loaded(text: &str) -> Node {
    match load(Source::new("spec.yaml", text)) {
        Ok(document) => document.root,
        Err(findings) => panic!("{findings}"),
    }
}

#[test]
fn places_are_right_in_text_that_is_not_ascii() {
    let text = "título: \"naïve 🦀\" # Größe\n\"日本\": { é: ok, ü: [ß, 7] }\n";
    let source = Source::new("spec.yaml", text);
    let root = loaded(text);
    let at = |line, column| LineColumn { line, column };
    let place = |pointer| source.line_column(root.span_of(pointer).start);
    assert_eq!(place("/título"), at(1, 1));
    assert_eq!(place("/日本"), at(2, 1));
    assert_eq!(place("/日本/é"), at(2, 9));
    assert_eq!(place("/日本/ü"), at(2, 16));
    assert_eq!(place("/日本/ü/0"), at(2, 20));
    assert_eq!(place("/日本/ü/1"), at(2, 23));

    let said = |node: &Node| text[node.span.clone()].to_owned();
    assert_eq!(said(&root.entries()[0].node), "\"naïve 🦀\"");
    assert_eq!(&text[root.entries()[0].key_span.clone()], "título");
    for (yaml, expected) in [
        (r#"{ a: "b \" # \\" } # ""#, r#""b \" # \\""#),
        ("'it''s' # it's", "'it''s'"),
        ("'' # none", "''"),
        ("\"two\n  lines\" # here", "\"two\n  lines\""),
        ("plain text # here", "plain text"),
    ] {
        let root = loaded(yaml);
        let node = root.get("a").unwrap_or(&root);
        assert_eq!(&yaml[node.span.clone()], expected);
    }
    assert_eq!(said(root.pointer("/日本/é").unwrap()), "ok");
    assert_eq!(said(root.pointer("/日本/ü/0").unwrap()), "ß");
}

#[test]
fn a_byte_has_a_line_and_a_column_in_characters() {
    let source = Source::new("spec.yaml", "a\nß🦀b\r\n");
    let at = |byte| {
        let LineColumn { line, column } = source.line_column(byte);
        (line, column)
    };
    assert_eq!(at(0), (1, 1));
    assert_eq!(at(1), (1, 2));
    assert_eq!(at(2), (2, 1));
    assert_eq!(at(4), (2, 2));
    assert_eq!(at(8), (2, 3));
    assert_eq!(at(9), (2, 4));
    assert_eq!(at(10), (3, 1));
    assert_eq!(at(10_000), (3, 1));
}

#[test]
fn every_key_and_scalar_of_the_spec_stands_where_its_span_says() {
    fn visit(node: &Node, text: &str) -> usize {
        let keys = node.entries().iter().map(|entry| {
            let said = &text[entry.key_span.clone()];
            assert_eq!(said.trim_matches('"'), entry.key);
            visit(&entry.node, text) + 1
        });
        let items = node.items().iter().map(|item| visit(item, text));
        match &node.value {
            Value::Bool(value) => assert_eq!(text[node.span.clone()], value.to_string()),
            Value::Number(value) => assert_eq!(text[node.span.clone()], value.to_string()),
            _ => {}
        }
        keys.chain(items).sum()
    }
    let source = Source::new("openapi/groups.yaml", SPEC);
    assert!(visit(&loaded(SPEC), source.text()) > 300);
}

#[test]
fn scalars_are_read_as_the_core_schema_of_yaml_1_2_says() {
    for (yaml, json) in [
        ("null", "null"),
        ("~", "null"),
        ("Null", "null"),
        ("", "null"),
        ("true", "true"),
        ("False", "false"),
        ("0", "0"),
        ("-12", "-12"),
        ("+12", "12"),
        ("0o17", "15"),
        ("0xff", "255"),
        ("1.5", "1.5"),
        ("-1e3", "-1000.0"),
        ("9223372036854775807", "9223372036854775807"),
        // What YAML 1.1 had beside these is text.
        ("yes", r#""yes""#),
        ("off", r#""off""#),
        ("on", r#""on""#),
        ("12:30", r#""12:30""#),
        ("2026-03-02", r#""2026-03-02""#),
        ("1_000", r#""1_000""#),
        // What is quoted is text, too.
        ("\"200\"", r#""200""#),
        ("'true'", r#""true""#),
        ("'~'", r#""~""#),
        ("4XX", r#""4XX""#),
        ("3.0.3", r#""3.0.3""#),
        ("!!str 7", r#""7""#),
        ("[1, a]", r#"[1,"a"]"#),
        ("{a: 1}", r#"{"a":1}"#),
    ] {
        let root = loaded(&format!("value: {yaml}\n"));
        let value = root.pointer("/value").unwrap().to_json();
        assert_eq!(value.to_string(), json, "{yaml}");
    }
}

#[test]
fn json_is_yaml() {
    let root = loaded("{\"a\": [1, true, null, \"\\u00e9\"]}");
    assert_eq!(root.to_json().to_string(), r#"{"a":[1,true,null,"é"]}"#);
}

/// Asserts that each text yields code, or findings with places, which the check stage found:
/// not one is left to progenitor, whose panics are caught, and to the stage behind it.
fn no_panic(texts: impl Iterator<Item = (String, String)>) {
    let mut panics = Vec::new();
    let mut unforeseen = Vec::new();
    let mut refused = 0;
    for (name, text) in texts {
        let source = Source::new("spec.yaml", &text);
        match catch_unwind(AssertUnwindSafe(|| generate(source.clone()).map(drop))) {
            Ok(Ok(())) => {}
            Ok(Err(findings)) => {
                refused += 1;
                assert!(findings.len() > 0, "{name}: refused for no reason");
                assert!(
                    findings.to_string().contains("spec.yaml:"),
                    "{name}: no place"
                );
                let late = |rule| matches!(rule, "progenitor" | "harden");
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
    assert!(refused > 0, "not one was refused");
    assert!(panics.is_empty(), "these make generate panic: {panics:#?}");
    assert!(
        unforeseen.is_empty(),
        "the check stage lets these pass: {unforeseen:#?}"
    );
}

#[test]
fn a_spec_that_was_cut_off_makes_nothing_panic() {
    no_panic((0..SPEC.len()).step_by(97).map(|byte| {
        let end = (0..=byte).rfind(|at| SPEC.is_char_boundary(*at)).unwrap();
        (format!("the first {end} bytes"), SPEC[..end].to_owned())
    }));
}

#[test]
fn a_line_that_is_missing_makes_nothing_panic() {
    let lines: Vec<&str> = SPEC.lines().collect();
    no_panic((0..lines.len()).map(|gone| {
        let mut rest = lines.clone();
        rest.remove(gone);
        (format!("without line {}", gone + 1), rest.join("\n"))
    }));
}

#[test]
fn a_line_that_stands_twice_makes_nothing_panic() {
    let lines: Vec<&str> = SPEC.lines().collect();
    // Scattered: 83 and the number of lines have no divisor in common, or hardly one.
    no_panic((0..150).map(|step| {
        let (from, to) = (step * 83 % lines.len(), step * 149 % lines.len());
        let mut more = lines.clone();
        more.insert(to, lines[from]);
        let name = format!("line {} once more before line {}", from + 1, to + 1);
        (name, more.join("\n"))
    }));
}

#[test]
fn texts_that_are_no_specs_make_nothing_panic() {
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
    no_panic(
        texts
            .iter()
            .map(|text| (format!("{text:?}"), (*text).to_owned())),
    );
}
