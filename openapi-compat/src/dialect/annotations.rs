//! Keywords that assert nothing.

use openapi_tree::{Entry, Node, Value};

const EXAMPLE: &str = "example";
const EXAMPLES: &str = "examples";

/// Makes the example of OpenAPI 3.0 one of `examples`.
pub(super) fn rewrite(schema: &mut Node) {
    let Some(example) = schema.remove(EXAMPLE) else {
        return;
    };
    match schema.get_mut(EXAMPLES) {
        Some(examples) => {
            examples.change_items(|examples| examples.insert(0, example.node));
        }
        None => schema.add(Entry {
            key: EXAMPLES.into(),
            key_span: example.key_span,
            node: Node {
                span: example.node.span.clone(),
                value: Value::Sequence([example.node].into()),
            },
        }),
    }
}
