//! Parts of OpenAPI 3.1 outside schemas.

use openapi_compat::{Change, Level};

use super::changes;

fn document(scheme: &str, license: &str, content: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{ title: Names, version: 1.0.0, license: {license} }}
security: [{{ caller: [] }}]
paths:
  /value:
    get:
      responses: {{ '200': {{ description: The value., content: {{ {content} }} }} }}
components:
  securitySchemes: {{ caller: {scheme} }}
"
    )
}

const MUTUAL: &str = "{ type: mutualTLS }";
const LICENSE: &str = "{ name: MIT, identifier: MIT }";
const BINARY: &str = "{ schema: { type: string, format: binary } }";

fn facts(changes: &[Change]) -> Vec<(Level, String)> {
    let facts = changes.iter().map(|change| (change.level, change.fact()));
    facts.collect()
}

#[test]
fn mutual_tls_is_a_security_scheme_of_its_own() {
    let mutual = document(MUTUAL, LICENSE, "");
    let basic = document("{ type: http, scheme: basic }", LICENSE, "");
    let expected = |old, new| {
        let fact =
            format!("`type` of the security scheme `caller` changed from `{old}` to `{new}`");
        [(Level::Breaking, fact)]
    };
    assert_eq!(facts(&changes(&mutual, &mutual)), []);
    assert_eq!(
        facts(&changes(&mutual, &basic)),
        expected("mutualTLS", "http")
    );
    assert_eq!(
        facts(&changes(&basic, &mutual)),
        expected("http", "mutualTLS")
    );
}

#[test]
fn identifier_of_the_license_is_documentation() {
    let mit = document(MUTUAL, LICENSE, "");
    let apache = document(MUTUAL, "{ name: MIT, identifier: Apache-2.0 }", "");
    for (base, head) in [(&mit, &apache), (&apache, &mit)] {
        let changes = changes(base, head);
        assert_eq!(changes.len(), 1, "{changes:#?}");
        assert_eq!(changes[0].level, Level::Documentation);
        assert_eq!(changes[0].name.as_deref(), Some("license"));
    }
}

#[test]
fn binary_schema_is_no_schema_unless_the_media_type_is_text() {
    let of = |media_type: &str, content: &str| {
        document(MUTUAL, LICENSE, &format!("'{media_type}': {content}"))
    };
    for media_type in ["image/png", "application/octet-stream", "*/*"] {
        let (without, with) = (of(media_type, "{}"), of(media_type, BINARY));
        assert_eq!(facts(&changes(&without, &with)), [], "{media_type}");
        assert_eq!(facts(&changes(&with, &without)), [], "{media_type}");
    }
    for media_type in ["application/json", "application/problem+json", "text/csv"] {
        let (without, with) = (of(media_type, "{}"), of(media_type, BINARY));
        let levels = |base, head| changes(base, head).iter().map(|it| it.level).max();
        assert_eq!(
            levels(&without, &with),
            Some(Level::Additive),
            "{media_type}"
        );
        assert_eq!(
            levels(&with, &without),
            Some(Level::Breaking),
            "{media_type}"
        );
    }
}

#[test]
fn schema_that_allows_any_value_is_no_schema() {
    let of = |content: &str| document(MUTUAL, LICENSE, &format!("application/json: {content}"));
    let (without, with) = (of("{}"), of("{ schema: {} }"));
    for (base, head) in [(&without, &with), (&with, &without)] {
        let changes = changes(base, head);
        assert!(
            changes.iter().all(|it| it.level == Level::Documentation),
            "{changes:#?}"
        );
    }
}
