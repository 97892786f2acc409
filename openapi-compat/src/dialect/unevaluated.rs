//! `unevaluatedProperties` and `unevaluatedItems` in a schema without parts.

use openapi_tree::Node;

/// A keyword, the keyword with the same meaning if no other schema evaluates anything, and the
/// keywords that evaluate in place.
const UNEVALUATED: [(&str, &str, &[&str]); 2] = [
    (
        "unevaluatedProperties",
        "additionalProperties",
        &["dependentSchemas"],
    ),
    ("unevaluatedItems", "items", &["contains"]),
];

/// The keywords with schemas that apply to the same value.
const IN_PLACE: [&str; 6] = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if"];

/// Writes the simpler keyword where it means the same.
pub(super) fn rewrite(schema: &mut Node) {
    for (unevaluated, simple, others) in UNEVALUATED {
        let mut evaluating = IN_PLACE.iter().chain(others);
        if evaluating.any(|keyword| schema.get(keyword).is_some()) {
            continue;
        }
        let is_covered = schema.get(simple).is_some();
        if let Some(mut entry) = schema.remove(unevaluated)
            && !is_covered
        {
            entry.key = simple.into();
            schema.add(entry);
        }
    }
}
