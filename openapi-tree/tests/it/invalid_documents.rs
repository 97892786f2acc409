//! Mistakes in a document, and their findings.

use openapi_tree::{Source, load_valid, validate};

/// A document without a mistake.
const SPEC: &str = r##"openapi: 3.0.3
info: { title: Groups, version: 1.0.0 }
paths:
  /groups:
    get:
      summary: List the groups
      responses:
        "200": { $ref: "#/components/responses/Groups" }
components:
  responses:
    Groups:
      description: The groups.
      content:
        application/json:
          schema: { type: array, items: { $ref: "#/components/schemas/Group" } }
  schemas:
    Group: { type: string, minLength: 3 }
"##;

#[track_caller]
fn edited(from: &str, to: &str) -> String {
    assert!(
        SPEC.contains(from),
        "the document does not contain `{from}`"
    );
    SPEC.replacen(from, to, 1)
}

/// Returns the findings of every row, below the name of the row.
fn findings(rows: &[(&str, String)]) -> String {
    let rows = rows.iter().map(|(name, spec)| {
        let findings = load_valid(Source::new("api.yaml", spec));
        let findings = findings.expect_err(name).to_string();
        format!("## {name}\n\n{}\n", findings.trim_end())
    });
    rows.collect::<Vec<_>>().join("\n")
}

macro_rules! assert_findings {
    ($($name:literal: $spec:expr;)*) => {
        insta::with_settings!({omit_expression => true}, {
            insta::assert_snapshot!(findings(&[$(($name, String::from($spec))),*]));
        });
    };
}

#[test]
fn text_that_is_not_json_like_yaml_is_reported() {
    assert_findings! {
        "broken": edited("title: Groups", "title: [Groups");
        "empty": "";
        "only comments": "# to be written\n";
        "alias": "openapi: 3.0.3\ninfo: &info { title: T, version: 1.0.0 }\nx-info: *info\n";
        "too deep": format!("openapi: 3.0.3\nx-deep: {}{}\n", "[".repeat(80), "]".repeat(80));
        "second document": edited("components:\n", "---\ncomponents:\n");
        "key that is not text": edited("title: Groups", "[title]: Groups");
        "not a number": edited("minLength: 3", "minLength: .nan");
        "tag": edited("version: 1.0.0", "version: !!binary AAAA");
        "repeated key": edited("      summary: List the groups\n", "      summary: A\n      summary: B\n");
    }
}

#[test]
fn document_that_is_not_openapi_3_0_is_reported() {
    assert_findings! {
        "Swagger 2": "swagger: \"2.0\"\ninfo: { title: T, version: 1.0.0 }\npaths: {}\n";
        "OpenAPI 3.1": edited("openapi: 3.0.3", "openapi: 3.1.0");
        "version that is a number": edited("openapi: 3.0.3", "openapi: 3.0");
        "unknown keyword": edited("summary:", "sumary:");
        "two unknown keywords": edited("summary:", "sumary: Groups\n      sumarry:");
        "missing keyword": edited("      description: The groups.\n", "");
        "value of another type": edited("minLength: 3", "minLength: many");
        "unknown type": edited("type: array", "type: list");
    }
}

#[test]
fn reference_that_leads_nowhere_is_reported() {
    const GROUP: &str = "    Group: { type: string, minLength: 3 }\n";
    assert_findings! {
        "misspelt": edited("schemas/Group", "schemas/Gruop");
        "unlike all components": edited("schemas/Group", "schemas/Team");
        "another file": edited("#/components/schemas/Group", "other.yaml#/components/schemas/Group");
        "unknown kind": edited("components/schemas/Group", "component/schema/Group");
        "circle": edited(GROUP, "    Group: { $ref: \"#/components/schemas/Team\" }\n    Team: { $ref: \"#/components/schemas/Group\" }\n");
    }
}

#[test]
fn document_of_another_version_has_only_that_finding() {
    let spec = edited("openapi: 3.0.3", "openapi: 3.1.0").replace("summary", "sumary");
    let document = openapi_tree::load(Source::new("api.yaml", &spec)).unwrap();
    let rules: Vec<_> = validate(&document)
        .iter()
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(rules, ["openapi-version"]);
}

#[test]
fn valid_document_has_no_finding() {
    let document = load_valid(Source::new("api.yaml", SPEC)).unwrap();
    assert_eq!(validate(&document), []);
}
