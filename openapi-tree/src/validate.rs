//! Validation: a document is OpenAPI 3.0, its references resolve, and its files agree.

mod openapi_schema;
mod references;
mod schema_errors;
mod schema_parts;

pub(crate) use self::references::circles;
pub(crate) use self::schema_parts::parts;

use crate::document::Document;
use crate::finding::Finding;
use crate::findings::Findings;
use crate::load::load;
use crate::source::Sources;

/// The id of every rule of this crate, with the mistake that it reports.
pub const RULES: [(&str, &str); 10] = [
    (
        "yaml",
        "text that is not YAML, or YAML beyond JSON: aliases, several documents, tags",
    ),
    ("duplicate-key", "a key that is repeated in a mapping"),
    ("openapi-version", "a version other than OpenAPI 3.0"),
    (
        "openapi",
        "a value or keyword that OpenAPI 3.0 does not allow",
    ),
    (
        "unknown-ref",
        "a `$ref` that leads nowhere, out of the document, or in a circle",
    ),
    ("entry-document", "`servers` in more than one file"),
    (
        "duplicate-tag",
        "a tag that is described differently in two places",
    ),
    (
        "duplicate-component",
        "a component with different definitions in two files",
    ),
    ("duplicate-operation", "an operation in two files"),
    (
        "duplicate-path-item",
        "a path item whose shared keywords differ between files",
    ),
];

/// Returns all findings about a document, and none for a valid one. For a document of another version
/// of OpenAPI, the version is the only finding.
pub fn validate(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    openapi_schema::version(document, &mut findings);
    if findings.is_empty() {
        openapi_schema::openapi(document, &mut findings);
        references::references(document, &mut findings);
        findings.extend(document.conflicts.iter().cloned());
    }
    findings
}

/// Loads files and validates the document.
///
/// # Errors
/// Returns the findings of [`load()`] or, if there are none, those of [`validate()`].
pub fn load_valid(sources: impl Into<Sources>) -> Result<Document, Findings> {
    let document = load(sources)?;
    let findings = validate(&document);
    match findings.is_empty() {
        true => Ok(document),
        false => Err(Findings::new(document.sources, findings)),
    }
}
