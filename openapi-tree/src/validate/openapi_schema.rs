//! The rules `openapi-version` and `openapi`: every file is OpenAPI 3.0, by the JSON Schema that the
//! OpenAPI Initiative publishes for it (`resources/openapi-3.0.json`, Apache-2.0).

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Map, Value, json};

use crate::document::Document;
use crate::finding::Finding;
use crate::keywords::is_extension;
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

/// The validator of [`parts`], with a property for each kind of part.
static PARTS: LazyLock<Option<Validator>> = LazyLock::new(|| {
    let schema = include_str!("../../resources/openapi-3.0.json");
    let mut document: Value = serde_json::from_str(schema).ok()?;
    let keywords = document.as_object_mut()?;
    let definitions = keywords.remove("definitions")?;
    for keyword in ["id", "$schema"] {
        keywords.remove(keyword);
    }
    let definition = |name: &str| json!({ "$ref": format!("#/definitions/{name}") });
    let component = |(kind, name): (&str, &str)| {
        let schema = json!({ "oneOf": [definition(name), definition("Reference")] });
        (kind.to_owned(), schema)
    };
    let mut parts: Map<String, Value> = COMPONENTS.map(component).into_iter().collect();
    parts.insert("paths".to_owned(), definition("PathItem"));
    parts.insert(DOCUMENT.to_owned(), document);
    let schema = json!({ "properties": parts, "definitions": definitions });
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .build(&schema)
        .ok()
});

/// The kinds of components of OpenAPI 3.0, with their definitions.
const COMPONENTS: [(&str, &str); 9] = [
    ("schemas", "Schema"),
    ("responses", "Response"),
    ("parameters", "Parameter"),
    ("examples", "Example"),
    ("requestBodies", "RequestBody"),
    ("headers", "Header"),
    ("securitySchemes", "SecurityScheme"),
    ("links", "Link"),
    ("callbacks", "Callback"),
];
/// The kind of the document without its paths and components.
const DOCUMENT: &str = "document";

/// Reports values that are not OpenAPI 3.0. The document is validated in parts, so that only one of
/// them is copied at a time.
pub(crate) fn parts(root: &Node, findings: &mut Vec<Finding>) {
    let Some(validator) = PARTS.as_ref() else {
        return;
    };
    let mut validate = |kind: &str, part: &Node, instance: Value| {
        let instance = json!({ kind: instance });
        if !validator.is_valid(&instance) {
            let errors = validator.iter_errors(&instance);
            findings.extend(errors.flat_map(|error| {
                let pointer = best_match(&error).instance_path().as_str().to_owned();
                let inside = pointer
                    .strip_prefix('/')
                    .and_then(|path| path.split_once('/'));
                let inside = inside.map(|(_, inside)| format!("/{inside}"));
                report(part, &inside.unwrap_or_default(), best_match(&error))
            }));
        }
    };
    let is_large = |key: &str| matches!(key, "paths" | "components");
    let entries = root.entries().iter();
    let small = entries.map(|entry| {
        let value = match is_large(&entry.key) {
            true => json!({}),
            // The schema wants the third part of the version.
            false if entry.key == "openapi" => json!("3.0.3"),
            false => entry.node.to_json(),
        };
        (entry.key.clone(), value)
    });
    validate(DOCUMENT, root, Value::Object(small.collect()));
    for path in root.entries_at("paths") {
        if !is_extension(&path.key) {
            validate("paths", &path.node, path.node.to_json());
        }
    }
    for (kind, _) in COMPONENTS {
        let components = root
            .get("components")
            .map_or(&[][..], |all| all.entries_at(kind));
        for component in components {
            validate(kind, &component.node, component.node.to_json());
        }
    }
}

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
        findings.extend(errors.flat_map(|error| {
            let error = best_match(&error);
            report(root, error.instance_path().as_str(), error)
        }));
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

/// Reports an error at a pointer into a node.
fn report(root: &Node, pointer: &str, error: &ValidationError<'_>) -> Vec<Finding> {
    let pointer = Pointer::parse(pointer).unwrap_or_default();
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
