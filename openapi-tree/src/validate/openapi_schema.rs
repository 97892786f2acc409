//! The rules `openapi-version` and `openapi`: every file is OpenAPI 3.0, by the JSON Schema that the
//! OpenAPI Initiative publishes for it (`resources/openapi-3.0.json`, Apache-2.0).

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};

use crate::document::Document;
use crate::finding::Finding;
use crate::node::Node;
use crate::pointer::Pointer;

const RULE: &str = "openapi";

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
        version_of_file(root, findings);
    }
}

fn version_of_file(root: &Node, findings: &mut Vec<Finding>) {
    // OpenAPI 2 says `swagger` instead.
    let Some(version) = root.get("openapi").or_else(|| root.get("swagger")) else {
        return; // the rule `openapi` reports it
    };
    if !root
        .str_at("openapi")
        .is_some_and(|text| text.starts_with("3.0."))
    {
        findings.push(Finding::new(
            "openapi-version",
            &version.span,
            "an unsupported version of OpenAPI",
            "write OpenAPI 3.0, with `openapi: 3.0.3` at the top",
        ));
    }
}

/// Reports files that are not OpenAPI 3.0, each file on its own, as other tools read it.
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
            "the JSON Schema of OpenAPI 3.0 cannot be read",
            "restore openapi-tree/resources/openapi-3.0.json",
        )),
    }
}

/// Returns the most telling error below one of `oneOf` or `anyOf`: the one that lies deepest in the
/// document, because that is most likely the alternative that the author meant.
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
    let pointer = Pointer::parse(error.instance_path().as_str()).unwrap_or_default();
    let (span, message) = match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let name = unexpected.first().map(String::as_str).unwrap_or_default();
            let pointer = pointer.child(name);
            (
                root.span_at(&pointer),
                format!("`{name}` is no keyword of OpenAPI 3.0 here"),
            )
        }
        ValidationErrorKind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            (
                root.span_at(&pointer),
                format!("`{property}` is missing here"),
            )
        }
        ValidationErrorKind::Enum { options } => (
            root.span_at(&pointer),
            format!("{} is not one of {options}", error.instance()),
        ),
        _ => (
            root.span_at(&pointer),
            format!("not OpenAPI 3.0: {}", error.masked_with("the value")),
        ),
    };
    Finding::new(
        RULE,
        &span,
        message,
        "see https://spec.openapis.org/oas/v3.0.3 for the keywords that are allowed here; extensions \
         start with `x-`",
    )
}
