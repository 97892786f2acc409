//! The lenient reading of one file: what its author evidently meant, with warnings.

use openapi_tree::{Document, File, Findings, Loaded, Severity, load_lenient};
use serde_json::{Value, json};

fn file(path: &str, bytes: impl Into<Vec<u8>>) -> File {
    File {
        path: path.to_owned(),
        bytes: bytes.into(),
    }
}

fn read(path: &str, bytes: impl Into<Vec<u8>>) -> Result<Loaded, Findings> {
    load_lenient([file(path, bytes)], &mut |path| Err(format!("no {path}")))
}

/// Returns the value of a document, and its warnings as `line:column rule message`.
#[track_caller]
pub(crate) fn loaded(path: &str, bytes: impl Into<Vec<u8>>) -> (Value, Vec<String>) {
    let Loaded { document, warnings } = read(path, bytes).unwrap();
    assert_eq!(warnings.severity(), Severity::Warning);
    (document.root.to_json(), lines(&document, &warnings))
}

fn lines(document: &Document, warnings: &Findings) -> Vec<String> {
    let line = |finding: &openapi_tree::Finding| {
        let place = document.sources.location(finding.span.start).unwrap();
        let (line, column) = (place.line, place.column);
        format!("{line}:{column} {} {}", finding.rule, finding.message)
    };
    warnings.iter().map(line).collect()
}

/// Returns the message and place of the only reason why a text is refused.
#[track_caller]
fn refused(path: &str, bytes: impl Into<Vec<u8>>) -> String {
    let findings = read(path, bytes).unwrap_err();
    assert_eq!(findings.severity(), Severity::Error);
    assert_eq!(findings.len(), 1, "{findings}");
    findings.summary()
}

/// A document with a text at its end.
fn yaml(rest: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n{rest}")
}

#[test]
fn valid_document_has_no_warning() {
    assert_eq!(loaded("api.yaml", yaml("")).1, [""; 0]);
}

#[test]
fn json_is_read_as_json() {
    let text = concat!(
        "{\"openapi\": \"3.0.3\",\n",
        "\t\"info\": {\"title\": \"\\ud83d\\ude00 \\u00e9\", \"version\": \"1\"}, \"paths\":{},\n",
        "\t\"x-big\": 18446744073709551615, \"x-real\": 1e3}"
    );
    for path in ["api.json", "api", "standard input"] {
        let (root, warnings) = loaded(path, text);
        assert_eq!(warnings, [""; 0]);
        assert_eq!(root["info"]["title"], "😀 é");
        assert_eq!(root["x-big"], json!(u64::MAX));
        assert_eq!(root["x-real"], json!(1000.0));
    }
}

#[test]
fn oddities_of_json_are_warnings_with_places() {
    let text = concat!(
        "{\"openapi\": \"3.0.3\", // version\n",
        "\"info\": {\"title\": \"a\\ud83d!\", \"version\": \"1\\udc00\",},\n",
        "\"paths\": {}, \"x-tab\": \"a\tb\", \"x-escaped\": \"\\\\ud83d\",\n",
        "\"x-list\": [1, 2,], \"x-list\": 'last'}"
    );
    let (root, warnings) = loaded("api.json", text);
    assert_eq!(
        root["info"],
        json!({"title": "a\u{fffd}!", "version": "1\u{fffd}"})
    );
    assert_eq!(root["x-tab"], "a\tb");
    assert_eq!(root["x-escaped"], "\\ud83d");
    assert_eq!(root["x-list"], "last");
    assert_eq!(
        warnings,
        [
            "1:22 json a comment, which JSON does not have",
            "2:21 json half of a surrogate pair; it is read as U+FFFD",
            "2:44 json half of a surrogate pair; it is read as U+FFFD",
            "2:52 json a comma before this bracket",
            "3:23 json a control character within a string",
            "4:17 json a comma before this bracket",
            "4:20 duplicate-key the key `x-list` is repeated in the same mapping",
            "4:30 json a string in single quotes",
        ]
    );
}

#[test]
fn text_that_looks_like_json_may_be_yaml() {
    let flow = "{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {}}";
    assert_eq!(loaded("api.yaml", flow).1, [""; 0]);
    let (_, warnings) = loaded("api.json", yaml(""));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(
        warnings[0].contains("the file is read as YAML"),
        "{warnings:?}"
    );
}

#[test]
fn text_without_a_reading_is_refused() {
    for (path, text, reason) in [
        (
            "api.json",
            "{\"openapi\": \"3.0.3\", \"info\": [}",
            "invalid JSON",
        ),
        (
            "api.json",
            "{\"openapi\": \"3.0.3\"",
            "the text ends before the document does",
        ),
        ("api.yaml", "openapi: 3.0.3\ninfo: [\n", "invalid YAML"),
        ("api.yaml", "", "the file is empty"),
        ("api.yaml", "Just a text.", "`openapi` is missing"),
        ("api.yaml", "openapi: 4.0.0\n", "an unsupported version"),
        ("api.yaml", "openapi: [3]\n", "an unsupported version"),
        ("api.yaml", "swagger: '2.0'\n", "this is Swagger 2.0"),
    ] {
        let summary = refused(path, text);
        assert!(summary.contains(reason), "{text}: {summary}");
        assert!(summary.starts_with("1 finding, at api."), "{summary}");
    }
    assert!(refused("api.yaml", b"a: \xe9\xe9".as_slice()).contains("is not valid UTF-8"));
}

#[test]
fn swagger_2_names_a_converter() {
    let findings = read("old/swagger.json", "{\"swagger\": \"2.0\"}").unwrap_err();
    let help = &findings.iter().next().unwrap().help;
    assert!(help.contains("npx swagger2openapi swagger.json"), "{help}");
}

#[test]
fn versions_of_openapi_3_are_accepted() {
    for (version, read_as, warnings) in [
        ("3.0.3", "3.0.3", 0),
        ("3.0", "3.0", 1),
        ("3.1", "3.1", 1),
        ("'3.1'", "3.1", 0),
        ("3.1.1", "3.1.1", 0),
        ("3.2.0", "3.2.0", 1),
    ] {
        let text = yaml("").replacen("3.0.3", version, 1);
        let (root, found) = loaded("api.yaml", text);
        assert_eq!(root["openapi"], read_as);
        assert_eq!(found.len(), warnings, "{version}: {found:?}");
    }
}

#[test]
fn encodings_are_read_with_a_warning() {
    let text = yaml("x-text: é😀\n");
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(bytes)
            .collect()
    };
    for (bytes, warning) in [
        (format!("\u{feff}{text}").into_bytes(), "a byte-order mark"),
        (utf_16(u16::to_le_bytes), "UTF-16"),
        (utf_16(u16::to_be_bytes), "UTF-16"),
        (utf_16(u16::to_le_bytes)[2..].to_vec(), "UTF-16"),
    ] {
        let (root, warnings) = loaded("api.yaml", bytes);
        assert_eq!(root["x-text"], "é😀");
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].starts_with("1:1 encoding "), "{warnings:?}");
        assert!(warnings[0].contains(warning), "{warnings:?}");
    }
}

#[test]
fn aliases_and_merge_keys_are_followed() {
    let text = yaml(concat!(
        "x-base: &base {a: 1, b: 2}\n",
        "x-other: &other {b: 3, c: 4}\n",
        "x-alias: *base\n",
        "x-merged: {b: 5, <<: *base}\n",
        "x-several:\n  <<: [*other, *base]\n  d: 6\n",
        "x-text: {'<<': *base}\n",
    ));
    let (root, warnings) = loaded("api.yaml", text.clone());
    assert_eq!(root["x-alias"], json!({"a": 1, "b": 2}));
    assert_eq!(root["x-merged"], json!({"b": 5, "a": 1}));
    assert_eq!(root["x-several"], json!({"d": 6, "b": 3, "c": 4, "a": 1}));
    assert_eq!(root["x-text"], json!({"<<": {"a": 1, "b": 2}}));
    assert_eq!(warnings.len(), 7, "{warnings:?}");
    // A repeated value has the places of the anchored text.
    let document = read("api.yaml", text).unwrap().document;
    let value = document.root.descend(["x-alias", "b"]).unwrap();
    assert_eq!(document.sources.location(value.span.start).unwrap().line, 4);
}

#[test]
fn aliases_that_grow_exponentially_are_refused() {
    let mut text = yaml("x-0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        text += &format!("x-{level}: &a{level} [{aliases}]\n");
    }
    assert!(refused("api.yaml", text).contains("repeat too many values"));
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(refused("api.json", format!("{{\"openapi\": {deep}}}")).contains("levels deep"));
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert!(refused("api.yaml", yaml(&format!("x-deep: {deep}\n"))).contains("levels deep"));
    let mut aliases = yaml("x-0: &a0 [[[[[[[[[[1]]]]]]]]]]\n");
    for level in 1..40 {
        aliases += &format!("x-{level}: &a{level} [[[[*a{}]]]]\n", level - 1);
    }
    assert!(refused("api.yaml", aliases).contains("levels deep"));
}

#[test]
fn layout_that_yaml_forbids_is_read() {
    let tabs = yaml("x-tabs:\n\ta: 1\n\tb:\n\t\t- 2\n");
    let (root, warnings) = loaded("api.yaml", tabs);
    assert_eq!(root["x-tabs"], json!({"a": 1, "b": [2]}));
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].starts_with("5:1 yaml a tab"), "{warnings:?}");

    let bracket = yaml("x-a:\n    x-b: {\n      c: [1, # one\n  2],\n    d: é\n  }\nx-c: 3\n");
    let (root, warnings) = loaded("api.yaml", bracket);
    assert_eq!(root["x-a"], json!({"x-b": {"c": [1, 2], "d": "é"}}));
    assert_eq!(root["x-c"], 3);
    assert!(
        warnings
            .iter()
            .any(|warning| warning.starts_with("9:3 yaml ")),
        "{warnings:?}"
    );
}

#[test]
fn repeated_key_has_its_last_value() {
    let (root, warnings) = loaded("api.yaml", yaml("x-a: 1\nx-b: 2\nx-a: 3\n"));
    assert_eq!(root["x-a"], 3);
    assert_eq!(
        warnings,
        ["6:1 duplicate-key the key `x-a` is repeated in the same mapping"]
    );
}

/// A document with a parameter and a schema.
const TYPES: &str = "\
openapi: 3.0.3
info: {title: 1, version: 1.10}
paths:
  /a/{id}:
    get:
      tags: names
      deprecated: 'true'
      parameters:
        - {name: id, in: path, schema: {type: string}}
        - {name: page, in: query, required: yes, schema: {type: integer, minimum: '1'}}
      responses:
        200: {description: None., content: {application/json: }}
        404:
components:
  schemas:
    A:
      description:
      required: id
      maxLength: '10'
      exclusiveMinimum: 'true'
      additionalProperties: 'false'
      properties: {id: }
";

#[test]
fn values_of_a_wrong_type_are_read_as_meant() {
    let (root, warnings) = loaded("api.yaml", TYPES);
    assert_eq!(root["info"], json!({"title": "1", "version": "1.10"}));
    let get = &root["paths"]["/a/{id}"]["get"];
    assert_eq!(get["tags"], json!(["names"]));
    assert_eq!(get["deprecated"], true);
    assert_eq!(get["parameters"][0]["required"], true);
    assert_eq!(get["parameters"][1]["required"], true);
    assert_eq!(get["parameters"][1]["schema"]["minimum"], 1);
    assert_eq!(get["responses"]["404"], json!({}));
    assert_eq!(
        get["responses"]["200"]["content"],
        json!({"application/json": {}})
    );
    let schema = json!({
        "required": ["id"],
        "maxLength": 10,
        "exclusiveMinimum": true,
        "additionalProperties": false,
        "properties": {"id": {}},
    });
    assert_eq!(root["components"]["schemas"]["A"], schema);
    insta::assert_snapshot!(warnings.join("\n"));
}
