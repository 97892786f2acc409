//! Whether a document is OpenAPI 3.0, by the JSON Schema that the OpenAPI Initiative
//! publishes for it (`resources/openapi-3.0.json`, Apache-2.0).

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};

use crate::finding::Finding;
use crate::load::Document;
use crate::node::Node;

const RULE: &str = "openapi";

/// Nothing where the resource in this crate is broken, which a test would show.
static VALIDATOR: LazyLock<Option<Validator>> = LazyLock::new(|| {
    let schema = include_str!("../../resources/openapi-3.0.json");
    let schema = serde_json::from_str(schema).ok()?;
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .build(&schema)
        .ok()
});

/// Whether every file is of the version of OpenAPI that the other rules are about.
pub(super) fn version(document: &Document, findings: &mut Vec<Finding>) {
    for root in document.files() {
        version_of_file(root, findings);
    }
}

fn version_of_file(root: &Node, findings: &mut Vec<Finding>) {
    // OpenAPI 2 says `swagger` instead.
    let Some(version) = root.get("openapi").or_else(|| root.get("swagger")) else {
        return; // see the rule `openapi`
    };
    if !root
        .str_at("openapi")
        .is_some_and(|text| text.starts_with("3.0."))
    {
        findings.push(Finding::new(
            "openapi-version",
            &version.span,
            "not a version of OpenAPI that is understood here",
            "write the spec in OpenAPI 3.0, with `openapi: 3.0.3` at the top",
        ));
    }
}

/// Whether every file is a document of its own, as other tools read it.
pub(super) fn openapi(document: &Document, findings: &mut Vec<Finding>) {
    for root in document.files() {
        openapi_of_file(root, findings);
    }
}

fn openapi_of_file(root: &Node, findings: &mut Vec<Finding>) {
    let instance = root.to_json();
    match VALIDATOR.as_ref() {
        Some(validator) => findings.extend(
            validator
                .iter_errors(&instance)
                .map(|error| finding(root, most_telling(&error))),
        ),
        None => findings.push(Finding::new(
            RULE,
            &root.span,
            "the schema of OpenAPI 3.0 could not be read",
            "restore opentact-gen/resources/openapi-3.0.json",
        )),
    }
}

/// Of an error that says "none of these fits", the error of the alternative that was meant:
/// the one that gets deepest into the document.
fn most_telling<'e, 'i>(error: &'e ValidationError<'i>) -> &'e ValidationError<'i> {
    let alternatives = match error.kind() {
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => {
            context
        }
        _ => return error,
    };
    let is_reference = error.instance().get("$ref").is_some();
    let deepest = alternatives
        .iter()
        .filter_map(|errors| errors.iter().max_by_key(|error| depth(error)))
        .filter(|error| asks_for_reference(error) == is_reference)
        .max_by_key(|error| depth(error));
    match deepest {
        Some(deeper) => most_telling(deeper),
        None => error,
    }
}

fn depth(error: &ValidationError<'_>) -> usize {
    error.instance_path().as_str().matches('/').count()
}

fn asks_for_reference(error: &ValidationError<'_>) -> bool {
    match error.kind() {
        ValidationErrorKind::Required { property } => property == "$ref",
        _ => false,
    }
}

fn finding(root: &Node, error: &ValidationError<'_>) -> Finding {
    let pointer = error.instance_path().as_str();
    let (span, message) = match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let name = unexpected.first().map(String::as_str).unwrap_or_default();
            let pointer = format!("{pointer}/{}", crate::node::escape(name));
            (
                root.span_of(&pointer),
                format!("`{name}` is not a keyword that OpenAPI 3.0 knows here"),
            )
        }
        ValidationErrorKind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            (
                root.span_of(pointer),
                format!("`{property}` is missing here"),
            )
        }
        ValidationErrorKind::Enum { options } => (
            root.span_of(pointer),
            format!("{} is not one of {options}", error.instance()),
        ),
        _ => (
            root.span_of(pointer),
            format!("not OpenAPI 3.0: {}", error.masked_with("the value")),
        ),
    };
    Finding::new(
        RULE,
        &span,
        message,
        "see https://spec.openapis.org/oas/v3.0.3 for what may stand here; keywords of one's \
         own start with `x-`",
    )
}
