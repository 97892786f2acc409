//! The rule `example`: every example is valid against its schema.

use openapi_tree::{JsonSchemas, Node, resolve, walk};

use super::context::Context;
use super::report::Report;

/// Reports examples that a JSON Schema validator rejects.
pub(super) fn examples(context: &Context<'_>, report: &mut Report<'_>) {
    let schemas = JsonSchemas::new(context.root);
    walk(context.root, &mut |node, pointer| {
        let (schema, pointer) = match node.get("schema") {
            Some(schema) => (schema, pointer.child("schema")),
            // The example of a schema is in the schema itself.
            None if node.get("type").is_some() => (node, pointer.clone()),
            None => return,
        };
        for example in examples_of(context.root, node) {
            // The rule `schema` reports a schema that cannot be compiled.
            let Ok(validator) = schemas.compile(schema) else {
                continue;
            };
            for error in validator.errors(&example.to_json()) {
                report.add(
                    &example.span_at(&error.pointer),
                    format!("this example does not fit its schema: {}", error.message),
                    format!("correct the example, or the schema at `#{pointer}`"),
                );
            }
        }
    });
}

/// Returns the examples of a parameter, media type or schema, references followed.
fn examples_of<'a>(root: &'a Node, node: &'a Node) -> impl Iterator<Item = &'a Node> {
    let named = node.entries_at("examples").iter();
    let named = named.filter_map(|entry| resolve(root, &entry.node)?.get("value"));
    node.get("example").into_iter().chain(named)
}
