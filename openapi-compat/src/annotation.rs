//! Keywords of a schema that assert nothing about values.

use openapi_tree::is_extension;

const ANNOTATIONS: [&str; 8] = [
    "$comment",
    "default",
    "deprecated",
    "description",
    "examples",
    "externalDocs",
    "title",
    "xml",
];

/// Returns `true` if a keyword asserts nothing in any message. The dialect has no `example`.
pub(crate) fn is_annotation(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || is_extension(keyword)
}

/// Returns `true` if a keyword asserts nothing about a value that a message contains: an annotation, or
/// one that tells which messages contain it.
pub(crate) fn is_annotation_or_access(keyword: &str) -> bool {
    is_annotation(keyword) || matches!(keyword, "readOnly" | "writeOnly")
}
