//! The rule `example`: every example is valid against its schema.

use openapi_tree::{Finding, JsonSchemas, Node, resolve, walk};

/// Reports examples that are not valid against their schemas, by a JSON Schema validator.
pub(super) fn examples(root: &Node, findings: &mut Vec<Finding>) {
    let schemas = JsonSchemas::new(root);
    walk(root, &mut |node, pointer| {
        let (schema, pointer) = match node.get("schema") {
            Some(schema) => (schema, pointer.child("schema")),
            // The example of a schema stands in the schema itself.
            None if node.get("type").is_some() => (node, pointer.clone()),
            None => return,
        };
        for example in examples_of(root, node) {
            for error in schemas.validate(schema, &example.to_json()) {
                findings.push(Finding::new(
                    "example",
                    &example.span_at(&error.pointer),
                    format!("this example does not fit its schema: {}", error.message),
                    format!("correct the example, or the schema at `#{pointer}`"),
                ));
            }
        }
    });
}

/// Returns the examples of a parameter, media type or schema, references followed.
fn examples_of<'a>(root: &'a Node, node: &'a Node) -> impl Iterator<Item = &'a Node> {
    let named = node.get("examples").map_or(&[][..], Node::entries);
    let named = named
        .iter()
        .filter_map(|entry| resolve(root, &entry.node)?.get("value"));
    node.get("example").into_iter().chain(named)
}
