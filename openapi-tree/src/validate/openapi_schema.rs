//! The rules `openapi-version` and `openapi`: every file is OpenAPI 3.0, by the JSON Schema that the
//! OpenAPI Initiative publishes for it.

use std::collections::HashSet;
use std::sync::LazyLock;

use jsonschema::{Draft, ValidationError, Validator};

use super::schema_errors::{Errors, OPENAPI_3_0, RULE};
use crate::document::Document;
use crate::finding::Finding;

/// The validator, or `None` if the resource of this crate is broken, which a test would show.
static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| {
    let schema = include_str!("../../resources/openapi-3.0.json");
    let schema = serde_json::from_str(schema).ok()?;
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .build(&schema)
        .ok()
});

/// Reports files of another version of OpenAPI.
pub(super) fn version(document: &Document, findings: &mut Vec<Finding>) {
    for root in document.files() {
        // OpenAPI 2 says `swagger` instead. The rule `openapi` reports a file with neither.
        let version = root.get("openapi").or_else(|| root.get("swagger"));
        let text = root.str_at("openapi").unwrap_or_default();
        if let Some(version) = version.filter(|_| !text.starts_with("3.0.")) {
            findings.push(Finding::new(
                "openapi-version",
                &version.span,
                "an unsupported version of OpenAPI",
                "write OpenAPI 3.0, with `openapi: 3.0.3` at the top",
            ));
        }
    }
}

/// Reports files that are not OpenAPI 3.0, each file on its own, as other tools read it.
pub(super) fn openapi(document: &Document, findings: &mut Vec<Finding>) {
    let Some(validator) = VALIDATOR.as_ref() else {
        return findings.push(Finding::new(
            RULE,
            &document.root.span,
            "the JSON Schema of OpenAPI 3.0 cannot be read",
            "restore openapi-tree/resources/openapi-3.0.json",
        ));
    };
    for root in document.files() {
        let instance = root.to_json();
        let all: Vec<ValidationError<'_>> = validator.iter_errors(&instance).collect();
        let errors = Errors {
            version: OPENAPI_3_0,
            node: root,
            key: "",
            keywords: &HashSet::new(),
        };
        findings.extend(errors.findings(&all));
    }
}
