//! Whether examples fit their schemas, by a JSON Schema validator.

use crate::finding::Finding;
use crate::json_schema::Schemas;
use crate::node::Node;
use crate::spec::{resolve, walk};

pub(super) fn examples(root: &Node, findings: &mut Vec<Finding>) {
    let schemas = Schemas::new(root);
    walk(root, "", &mut |node, pointer| {
        let holder = node.get("schema").map(|_| format!("{pointer}/schema"));
        let schema_pointer = match holder {
            Some(schema) => schema,
            // An example of a schema stands in the schema itself.
            None if node.get("type").is_some() => pointer.to_owned(),
            None => return,
        };
        for example in examples_of(root, node) {
            check(&schemas, &schema_pointer, example, findings);
        }
    });
}

/// The examples at a parameter, media type or schema, references followed.
fn examples_of<'a>(root: &'a Node, node: &'a Node) -> impl Iterator<Item = &'a Node> {
    let named = node.get("examples").map_or(&[][..], Node::entries);
    let named = named
        .iter()
        .filter_map(|entry| resolve(root, &entry.node)?.get("value"));
    node.get("example").into_iter().chain(named)
}

fn check(schemas: &Schemas, schema: &str, example: &Node, findings: &mut Vec<Finding>) {
    for (pointer, message) in schemas.errors(schema, &example.to_json()) {
        findings.push(Finding::new(
            "example",
            &example.span_of(&pointer),
            format!("this example does not fit its schema: {message}"),
            format!("mend the example, or the schema at `#{schema}`"),
        ));
    }
}
