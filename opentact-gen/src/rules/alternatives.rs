//! Whether the lists of `allOf`, `anyOf` and `oneOf` are what progenitor takes for granted.

use super::composition::{RULE, is_join};
use super::reachable::{self, Direction, Reachable};
use openapi_tree::{Finding, Node, Value, resolve};

pub(super) fn lists(root: &Node, findings: &mut Vec<Finding>) {
    for Reachable { schema, direction } in reachable::schemas(root) {
        for join in schema.entries().iter().filter(|entry| is_join(entry)) {
            if join.node.items().is_empty() {
                findings.push(Finding::new(
                    RULE,
                    &join.key_span,
                    format!(
                        "`{}` without a schema in it, on which progenitor panics",
                        join.key
                    ),
                    "list schemas here, or take it away",
                ));
            }
        }
        if let (Some(any), Some(one)) = (schema.entry("anyOf"), schema.entry("oneOf")) {
            let (first, second) = match any.key_span.start < one.key_span.start {
                true => (any, one),
                false => (one, any),
            };
            findings.push(
                Finding::new(
                    RULE,
                    &second.key_span,
                    "`anyOf` and `oneOf` in the same schema, on which progenitor panics",
                    "write the alternatives that there are as one of the two",
                )
                .with_related(&first.key_span, "first here"),
            );
        }
        for choice in ["anyOf", "oneOf"].map(|keyword| schema.get(keyword)) {
            let alternatives = choice.map_or(&[][..], Node::items);
            for alternative in alternatives {
                requires_described(root, alternative, findings);
            }
            if direction == Direction::Sent {
                one_null(alternatives, findings);
            }
        }
    }
}

/// progenitor tells alternatives apart by what they require, and looks it up among the
/// properties.
fn requires_described(root: &Node, alternative: &Node, findings: &mut Vec<Finding>) {
    let Some(alternative) = resolve(root, alternative) else {
        return;
    };
    let Some(properties) = alternative.get("properties") else {
        return;
    };
    for name in alternative.get("required").map_or(&[][..], Node::items) {
        if let Some(text) = name.as_str()
            && properties.get(text).is_none()
        {
            findings.push(Finding::new(
                RULE,
                &name.span,
                format!("an alternative requires `{text}` and does not describe it, on which progenitor panics"),
                format!("describe `{text}` under `properties`: `{text}: {{}}` allows anything"),
            ));
        }
    }
}

/// Alternatives that are `null` and nothing else.
fn one_null(alternatives: &[Node], findings: &mut Vec<Finding>) {
    let is_null = |schema: &&Node| {
        let values = schema.get("enum").map_or(&[][..], Node::items);
        !values.is_empty()
            && values
                .iter()
                .all(|value| matches!(value.value, Value::Null))
    };
    let mut nulls = alternatives.iter().filter(is_null);
    if let (Some(first), Some(second)) = (nulls.next(), nulls.next()) {
        findings.push(
            Finding::new(
                RULE,
                &second.span,
                "a second alternative that is `null`, on which progenitor panics",
                "take one of them away",
            )
            .with_related(&first.span, "first here"),
        );
    }
}
