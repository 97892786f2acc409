//! `const` and `enum`.

use openapi_tree::{Entry, Node, Value};

const CONST: &str = "const";
const ENUM: &str = "enum";

/// Makes `const` a list of one value.
pub(super) fn rewrite(schema: &mut Node) {
    let Some(only) = schema.remove(CONST) else {
        return;
    };
    let is_listed = match schema.get(ENUM) {
        Some(list) => list.items().iter().any(|value| value.same(&only.node)),
        None => true,
    };
    schema.remove(ENUM);
    let span = only.node.span.clone();
    let listed: Box<[Node]> = match is_listed {
        true => [only.node].into(),
        false => [].into(), // both keywords together allow nothing
    };
    schema.add(Entry {
        key: ENUM.into(),
        key_span: only.key_span,
        node: Node {
            span,
            value: Value::Sequence(listed),
        },
    });
}
