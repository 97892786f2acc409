//! Whether numbers in the spec are such that Rust has types for them, and keywords are about
//! the type beside them.

use super::reachable::{self, Direction, Reachable};
use openapi_tree::{Finding, Node, Operation, Value};

/// The longest array of a fixed length that `serde` reads.
const LONGEST: u64 = 32;

/// Keywords that progenitor reads as numbers of 32 bits.
const LENGTHS: [&str; 6] = [
    "maxItems",
    "maxLength",
    "maxProperties",
    "minItems",
    "minLength",
    "minProperties",
];

pub(super) fn limits(root: &Node, findings: &mut Vec<Finding>) {
    for Reachable { schema, direction } in reachable::schemas(root) {
        if direction == Direction::Sent {
            lengths(schema, findings);
            fixed_length(schema, findings);
        }
        if let (Some(kind @ ("array" | "boolean" | "object")), Some(format)) =
            (schema.str_at("type"), schema.entry("format"))
        {
            findings.push(Finding::new(
                "schema",
                &format.key_span,
                format!("`format` beside `type: {kind}`, on which progenitor panics"),
                "take it away: formats are of strings and numbers",
            ));
        }
    }
}

fn lengths(schema: &Node, findings: &mut Vec<Finding>) {
    for entry in LENGTHS.iter().filter_map(|keyword| schema.entry(keyword)) {
        if number(&entry.node).is_some_and(|length| length > u32::MAX.into()) {
            findings.push(Finding::new(
                "schema",
                &entry.node.span,
                format!(
                    "`{}` is more than {}, which progenitor takes for less",
                    entry.key,
                    u32::MAX
                ),
                "write a smaller number, or take it away",
            ));
        }
    }
}

/// Of a list that is as long as it must be at least, progenitor makes an array.
fn fixed_length(schema: &Node, findings: &mut Vec<Finding>) {
    let length = |keyword| schema.get(keyword).and_then(whole);
    let (Some(least), Some(most)) = (length("minItems"), schema.entry("maxItems")) else {
        return;
    };
    if Some(least) == whole(&most.node) && least > LONGEST {
        findings.push(Finding::new(
            "schema",
            &most.key_span,
            format!("a list of always {least} items: `serde` reads arrays of up to {LONGEST}"),
            "take `minItems` or `maxItems` away, and say it in `description`",
        ));
    }
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    }
}

fn whole(node: &Node) -> Option<u64> {
    match &node.value {
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// Extensions that are instructions to progenitor.
pub(super) fn extensions(root: &Node, findings: &mut Vec<Finding>) {
    for operation in Operation::all(root) {
        for keyword in ["x-dropshot-pagination", "x-dropshot-websocket"] {
            if let Some(entry) = operation.node().entry(keyword) {
                findings.push(Finding::new(
                    "extension",
                    &entry.key_span,
                    format!(
                        "`{keyword}` lets progenitor write code that opentact-api has no room for"
                    ),
                    "take it away, or give it another name",
                ));
            }
        }
    }
}

/// A client without operations is none.
pub(super) fn operations(root: &Node, findings: &mut Vec<Finding>) {
    if let Some(paths) = root.entry("paths")
        && Operation::all(root).next().is_none()
    {
        findings.push(Finding::new(
            "no-operation",
            &paths.key_span,
            "there is no operation",
            "describe one under a path: `get`, `post`, …",
        ));
    }
}
