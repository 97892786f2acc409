//! YAML becomes nodes with the right values and places.

use openapi_tree::{LineColumn, Node, Pointer, Source, Span, Value, load};

/// A document with scalars in every style, and comments.
const STYLES: &str = r##"
# A comment.
openapi: 3.0.3 # a version
"quoted key": { 'single': 'text', "double": "text # with a hash" } # flow
paths:
  /group/{uuid}: # a template
    get:
      parameters:
        - $ref: "#/components/parameters/Uuid" # a reference
        - { name: limit, in: query, required: false, schema: { type: integer, maximum: 100 } }
      description: |
        A block: with a colon.

        # It has no comment.
      summary: >-
        A folded
        text.
      x-plain: plain text, with a comma # and a comment
      x-list: [one, 2, true, 'four', -0.5] # five items
      x-end: last
"##;

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).unwrap()
}

fn loaded(text: &str) -> Node {
    match load(Source::new("spec.yaml", text)) {
        Ok(document) => document.root,
        Err(findings) => panic!("{findings}"),
    }
}

fn said<'text>(text: &'text str, span: &Span) -> &'text str {
    &text[span.start as usize..span.end as usize]
}

#[test]
fn load_of_text_beyond_ascii_returns_the_right_places() {
    let text = "título: \"naïve 🦀\" # Größe\n\"日本\": { é: ok, ü: [ß, 7] }\n";
    let source = Source::new("spec.yaml", text);
    let root = loaded(text);
    let at = |line, column| LineColumn { line, column };
    let place = |text| source.line_column(root.span_at(&pointer(text)).start as usize);
    assert_eq!(place("/título"), at(1, 1));
    assert_eq!(place("/日本"), at(2, 1));
    assert_eq!(place("/日本/é"), at(2, 9));
    assert_eq!(place("/日本/ü"), at(2, 16));
    assert_eq!(place("/日本/ü/0"), at(2, 20));
    assert_eq!(place("/日本/ü/1"), at(2, 23));

    let entry = &root.entries()[0];
    assert_eq!(said(text, &entry.node.span), "\"naïve 🦀\"");
    assert_eq!(said(text, &entry.key_span), "título");
    for (yaml, expected) in [
        (r#"{ a: "b \" # \\" } # ""#, r#""b \" # \\""#),
        ("'it''s' # it's", "'it''s'"),
        ("'' # none", "''"),
        ("\"two\n  lines\" # here", "\"two\n  lines\""),
        ("plain text # here", "plain text"),
    ] {
        let root = loaded(yaml);
        let node = root.get("a").unwrap_or(&root);
        assert_eq!(said(yaml, &node.span), expected);
    }
    assert_eq!(
        said(text, &root.at(&pointer("/日本/é")).unwrap().span),
        "ok"
    );
    assert_eq!(
        said(text, &root.at(&pointer("/日本/ü/0")).unwrap().span),
        "ß"
    );
}

#[test]
fn line_column_of_a_byte_counts_characters() {
    let source = Source::new("spec.yaml", "a\nß🦀b\r\n");
    let at = |byte| {
        let LineColumn { line, column } = source.line_column(byte);
        (line, column)
    };
    assert_eq!(at(0), (1, 1));
    assert_eq!(at(1), (1, 2));
    assert_eq!(at(2), (2, 1));
    assert_eq!(at(3), (2, 1)); // within `ß`
    assert_eq!(at(4), (2, 2));
    assert_eq!(at(5), (2, 2)); // within `🦀`
    assert_eq!(at(8), (2, 3));
    assert_eq!(at(9), (2, 4));
    assert_eq!(at(10), (3, 1));
    assert_eq!(at(10_000), (3, 1));
}

#[test]
fn load_returns_the_span_of_every_key_and_scalar_in_one_line() {
    fn visit(node: &Node, text: &str) -> usize {
        let keys = node.entries().iter().map(|entry| {
            let said = said(text, &entry.key_span);
            assert_eq!(said.trim_matches(['"', '\'']), entry.key.as_str());
            visit(&entry.node, text) + 1
        });
        let items = node.items().iter().map(|item| visit(item, text));
        let said = said(text, &node.span);
        let is_checked = match &node.value {
            Value::Bool(value) => said == value.to_string(),
            Value::Number(value) => said == value.to_string(),
            Value::String(value) => {
                said.contains('\n') || said.trim_matches(['"', '\'']) == value.as_str()
            }
            _ => true,
        };
        assert!(is_checked, "{said}: {:?}", node.value);
        keys.chain(items).sum()
    }
    assert_eq!(visit(&loaded(STYLES), STYLES), 20);
}

#[test]
fn invalid_yaml_at_a_character_beyond_ascii_is_reported_at_this_character() {
    let findings = load(Source::new("spec.yaml", "title: \"a\" é\nb: 1\n")).unwrap_err();
    let finding = &findings.to_json()[0];
    assert_eq!(finding["start"]["column"], 12);
    assert_eq!(
        (&finding["end"]["line"], &finding["end"]["column"]),
        (&1.into(), &13.into())
    );
}

#[test]
fn load_of_scalars_follows_the_core_schema_of_yaml_1_2() {
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
        // Other scalars of YAML 1.1 are text.
        ("yes", r#""yes""#),
        ("off", r#""off""#),
        ("on", r#""on""#),
        ("12:30", r#""12:30""#),
        ("2026-03-02", r#""2026-03-02""#),
        ("1_000", r#""1_000""#),
        // Quoted scalars are text.
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
        let value = root.at(&pointer("/value")).unwrap().to_json();
        assert_eq!(value.to_string(), json, "{yaml}");
    }
}

#[test]
fn load_of_json_returns_the_same_value() {
    let root = loaded("{\"a\": [1, true, null, \"\\u00e9\"]}");
    assert_eq!(root.to_json().to_string(), r#"{"a":[1,true,null,"é"]}"#);
}
