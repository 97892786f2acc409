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
        let errors = validator.iter_errors(&instance);
        findings.extend(errors.flat_map(|error| report(root, best_match(&error))));
    }
}

/// Returns the best match among the errors of the alternatives of `oneOf` or `anyOf`: the error
/// that lies deepest in the document, because its alternative is most likely the one that the author
/// meant.
fn best_match<'e, 'i>(error: &'e ValidationError<'i>) -> &'e ValidationError<'i> {
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
        .filter(|error| requires_reference(error) == is_reference)
        .max_by_key(|error| depth(error));
    deepest.map_or(error, |deeper| best_match(deeper))
}

fn depth(error: &ValidationError<'_>) -> usize {
    error.instance_path().as_str().matches('/').count()
}

fn requires_reference(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), ValidationErrorKind::Required { property } if property == "$ref")
}

fn report(root: &Node, error: &ValidationError<'_>) -> Vec<Finding> {
    let pointer = Pointer::parse(error.instance_path().as_str()).unwrap_or_default();
    let finding = |pointer: &Pointer, message: String| {
        Finding::new(
            RULE,
            &root.span_at(pointer),
            message,
            "see https://spec.openapis.org/oas/v3.0.3 for the keywords that are allowed here; \
             extensions start with `x-`",
        )
    };
    let message = match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let unknown = |name: &String| {
                let message = format!("`{name}` is no keyword of OpenAPI 3.0 here");
                finding(&pointer.child(name), message)
            };
            return unexpected.iter().map(unknown).collect();
        }
        ValidationErrorKind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            format!("`{property}` is missing here")
        }
        ValidationErrorKind::Enum { options } => {
            format!("{} is not one of {options}", error.instance())
        }
        _ => format!("not OpenAPI 3.0: {}", error.masked_with("the value")),
    };
    vec![finding(&pointer, message)]
}
