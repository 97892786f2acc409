//! Keywords that assert nothing.

use openapi_tree::{Entry, Node, Value};

const EXAMPLE: &str = "example";
const EXAMPLES: &str = "examples";

/// Makes the example of OpenAPI 3.0 one of `examples`.
pub(super) fn rewrite(schema: &mut Node) {
    let Some(example) = schema.remove(EXAMPLE) else {
        return;
    };
    match schema.get_mut(EXAMPLES).map(|examples| &mut examples.value) {
        Some(Value::Sequence(examples)) => examples.insert(0, example.node),
        Some(_) => {}
        None => schema.add(Entry {
            key: EXAMPLES.to_owned(),
            key_span: example.key_span,
            node: Node {
                span: example.node.span.clone(),
                value: Value::Sequence(vec![example.node]),
            },
        }),
    }
}
