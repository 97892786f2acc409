//! The types of a schema.

use openapi_tree::{Node, Value};

/// The type of the only value `null`.
pub(super) const NULL: &str = "null";

/// Returns the types that a value of the keyword `type` lists.
pub(super) fn types(types: &Node) -> Vec<&str> {
    match &types.value {
        Value::Sequence(list) => list.iter().filter_map(Node::as_str).collect(),
        _ => types.as_str().into_iter().collect(),
    }
}

/// Returns the types that a value of the keyword `type` lists, without `null`.
pub(super) fn types_without_null(list: &Node) -> Vec<&str> {
    let mut types = types(list);
    types.retain(|kind| *kind != NULL);
    types
}

/// Returns `true` if a list of types allows no value that another one does not allow.
pub(super) fn is_part(part: &Node, whole: &Node) -> bool {
    let whole = types(whole);
    let allowed =
        |kind: &&str| whole.contains(kind) || (*kind == "integer" && whole.contains(&"number"));
    types(part).iter().all(allowed)
}

/// Returns `true` if two lists of types have no type in common, apart from a `null` among others.
pub(super) fn are_disjoint(base: &Node, head: &Node) -> bool {
    let is_number = |kind: &str| matches!(kind, "integer" | "number");
    let is_same = |a: &str, b: &str| a == b || (is_number(a) && is_number(b));
    let is_null = |kinds: &Node| types(kinds) == [NULL];
    if is_null(base) || is_null(head) {
        return !types(base).iter().all(|kind| types(head).contains(kind))
            && !types(head).iter().all(|kind| types(base).contains(kind));
    }
    let [base, head] = [base, head].map(types_without_null);
    !base.iter().any(|a| head.iter().any(|b| is_same(a, b)))
}
