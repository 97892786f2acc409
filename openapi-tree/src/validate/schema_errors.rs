//! Errors of the JSON Schemas of OpenAPI as findings.

use std::collections::{BTreeSet, HashSet};

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use crate::finding::Finding;
use crate::node::Node;
use crate::pointer::Pointer;

pub(super) const RULE: &str = "openapi";

/// A version of OpenAPI.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) struct Version {
    /// The name, such as `OpenAPI 3.0`.
    pub(super) name: &'static str,
    /// The address of the specification.
    pub(super) link: &'static str,
    /// The value of `openapi` in a document.
    pub(super) full: &'static str,
}

pub(super) const OPENAPI_3_0: Version = Version {
    name: "OpenAPI 3.0",
    link: "https://spec.openapis.org/oas/v3.0.3",
    full: "3.0.3",
};

pub(super) const OPENAPI_3_1: Version = Version {
    name: "OpenAPI 3.1",
    link: "https://spec.openapis.org/oas/v3.1.1",
    full: "3.1.1",
};

/// The errors of one node.
pub(super) struct Errors<'a> {
    pub(super) version: Version,
    /// The node that was validated.
    pub(super) node: &'a Node,
    /// The key of the node in the validated value, or an empty text if the node is that value.
    pub(super) key: &'a str,
    /// All keywords of this version of OpenAPI.
    pub(super) keywords: &'a HashSet<String>,
}

/// An error at a pointer into the node.
struct Located<'e, 'i> {
    path: String,
    error: &'e ValidationError<'i>,
}

/// The places of errors.
struct Invalid<'e> {
    /// The pointers to all errors.
    paths: BTreeSet<&'e str>,
    /// The pointers to the objects that are invalid, or that have a value that is. A property that
    /// is not evaluated does not count.
    objects: HashSet<&'e str>,
}

impl<'e> Invalid<'e> {
    fn new(errors: &'e [Located<'_, '_>]) -> Self {
        let is_certain = |located: &&Located<'_, '_>| {
            let kind = located.error.kind();
            !matches!(kind, ValidationErrorKind::UnevaluatedProperties { .. })
        };
        let certain = errors.iter().filter(is_certain);
        let objects = certain.flat_map(|Located { path, .. }| {
            let above = path.rsplit_once('/').map(|(above, _)| above);
            [Some(path.as_str()), above].into_iter().flatten()
        });
        Self {
            paths: errors.iter().map(|error| error.path.as_str()).collect(),
            objects: objects.collect(),
        }
    }

    /// Returns `true` if there is an error at a place or below it.
    fn has(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        let below = self.paths.range(inside.as_str()..).next();
        self.paths.contains(path) || below.is_some_and(|below| below.starts_with(&inside))
    }
}

impl Errors<'_> {
    /// Returns the findings about the errors of a validation.
    pub(super) fn findings(&self, errors: &[ValidationError<'_>]) -> Vec<Finding> {
        let errors: Vec<Located<'_, '_>> = errors.iter().map(|error| self.locate(error)).collect();
        let invalid = Invalid::new(&errors);
        let findings = errors.iter().flat_map(|error| self.report(error, &invalid));
        // Several keywords of the schema may report the same.
        let mut known = HashSet::new();
        let is_new =
            |finding: &Finding| known.insert((finding.span.start, finding.message.clone()));
        let mut findings: Vec<Finding> = findings.collect();
        findings.retain(is_new);
        findings
    }

    fn locate<'e, 'i>(&self, error: &'e ValidationError<'i>) -> Located<'e, 'i> {
        let error = best_match(error);
        let path = error.instance_path().as_str();
        let path = match self.key {
            "" => path,
            key => path.trim_start_matches('/').strip_prefix(key).unwrap_or(""),
        };
        let path = path.to_owned();
        Located { path, error }
    }

    fn report(&self, located: &Located<'_, '_>, invalid: &Invalid<'_>) -> Vec<Finding> {
        let Located { path, error } = located;
        let pointer = Pointer::parse(path).unwrap_or_default();
        let message = match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let unknown = unexpected.iter().map(|name| self.unknown(&pointer, name));
                return unknown.collect();
            }
            ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                let is_unknown = |name: &&String| self.is_unknown(&pointer, name, invalid);
                let unknown = unexpected.iter().filter(is_unknown);
                return unknown.map(|name| self.unknown(&pointer, name)).collect();
            }
            ValidationErrorKind::PropertyNames { error } => {
                let name = error.instance().as_str().unwrap_or_default().to_owned();
                return vec![self.unknown(&pointer, &name)];
            }
            ValidationErrorKind::Required { property } => {
                let property = property.as_str().unwrap_or_default();
                format!("`{property}` is missing here")
            }
            ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::AnyOf { .. }
                if !required_one(error).is_empty() =>
            {
                format!("{} is missing here", required_one(error).join(" or "))
            }
            ValidationErrorKind::Enum { options } => {
                format!("{} is not one of {options}", error.instance())
            }
            ValidationErrorKind::Not { .. } | ValidationErrorKind::OneOfMultipleValid { .. }
                if let Some((one, other)) = exclusive(error.instance()) =>
            {
                format!("`{one}` and `{other}` exclude each other")
            }
            _ => format!(
                "not {}: {}",
                self.version.name,
                error.masked_with("the value")
            ),
        };
        vec![self.finding(&pointer, message)]
    }

    /// Returns `true` if no keyword of the schema names a property that is not evaluated. A keyword
    /// whose value is invalid counts as not evaluated too, and so do those that depend on it.
    fn is_unknown(&self, parent: &Pointer, name: &str, invalid: &Invalid<'_>) -> bool {
        let may_depend = self.keywords.contains(name);
        let depends = may_depend && invalid.objects.contains(parent.as_str());
        !depends && !invalid.has(parent.child(name).as_str())
    }

    fn unknown(&self, parent: &Pointer, name: &str) -> Finding {
        let segments: Vec<String> = parent.segments().collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let pointer = parent.child(name);
        match segments[..] {
            ["paths"] => {
                let message = format!("the path `{name}` does not start with `/`");
                Finding::new(
                    RULE,
                    &self.node.span_at(&pointer),
                    message,
                    "start it with `/`",
                )
            }
            ["components", _] => Finding::new(
                RULE,
                &self.node.span_at(&pointer),
                format!("`{name}` is no name that {} allows here", self.version.name),
                "use letters, digits, `.`, `-` and `_`",
            ),
            _ => {
                let message = format!("`{name}` is no keyword of {} here", self.version.name);
                self.finding(&pointer, message)
            }
        }
    }

    fn finding(&self, pointer: &Pointer, message: String) -> Finding {
        let help = format!(
            "see {} for the keywords that are allowed here; extensions start with `x-`",
            self.version.link
        );
        Finding::new(RULE, &self.node.span_at(pointer), message, help)
    }
}

/// Returns the errors of the alternatives of `oneOf` or `anyOf`.
fn alternatives<'e>(error: &'e ValidationError<'_>) -> &'e [Vec<ValidationError<'static>>] {
    match error.kind() {
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => {
            context
        }
        _ => &[],
    }
}

/// Returns the properties of which one is required, in quotes.
fn required_one(error: &ValidationError<'_>) -> Vec<String> {
    let required = |errors: &Vec<ValidationError<'_>>| match &errors[..] {
        [error] => match error.kind() {
            ValidationErrorKind::Required { property } => property.as_str().map(quoted),
            _ => None,
        },
        _ => None,
    };
    let required: Option<Vec<String>> = alternatives(error).iter().map(required).collect();
    required.unwrap_or_default()
}

/// Returns two properties of a value that must not stand together.
fn exclusive(value: &Value) -> Option<(&'static str, &'static str)> {
    let pairs = [
        ("schema", "content"),
        ("example", "examples"),
        ("value", "externalValue"),
        ("operationRef", "operationId"),
        ("identifier", "url"),
    ];
    let both = |(one, other): &(&str, &str)| value.get(one).and(value.get(other)).is_some();
    pairs.into_iter().find(both)
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

/// Returns the best match among the errors of the alternatives of `oneOf` or `anyOf`: the error
/// that lies deepest in the document, because its alternative is most likely the one that the author
/// meant.
fn best_match<'e, 'i>(error: &'e ValidationError<'i>) -> &'e ValidationError<'i> {
    if !required_one(error).is_empty() && !required_one(error).contains(&quoted("$ref")) {
        return error;
    }
    let is_reference = error.instance().get("$ref").is_some();
    let rank = |error: &&ValidationError<'_>| (depth(error), !is_of_other_type(error));
    let deepest = alternatives(error)
        .iter()
        .filter_map(|errors| errors.iter().max_by_key(rank))
        .filter(|error| requires_reference(error) == is_reference)
        .max_by_key(rank);
    deepest.map_or(error, |deeper| best_match(deeper))
}

fn depth(error: &ValidationError<'_>) -> usize {
    error.instance_path().as_str().matches('/').count()
}

/// Returns `true` if an alternative is for values of another type.
fn is_of_other_type(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), ValidationErrorKind::Type { .. })
}

fn requires_reference(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), ValidationErrorKind::Required { property } if property == "$ref")
}
