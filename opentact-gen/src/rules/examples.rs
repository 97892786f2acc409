//! The rule `example`: every example is valid against its schema.

use std::collections::HashMap;

use crate::spec::examples_of;
use openapi_tree::{JsonSchemas, Node, Pointer, resolve, walk, walk_schemas};

use super::context::Context;
use super::report::Report;

/// Reports examples that a JSON Schema validator rejects.
pub(super) fn examples(context: &Context<'_>, report: &mut Report<'_>) {
    let root = context.root;
    let schemas = JsonSchemas::new(root);
    // Many examples share a schema, and to compile one takes longer than to validate a value. The
    // key is the address of the schema.
    let mut validators = HashMap::new();
    let mut check = |node: &Node, schema: &Node, pointer: &Pointer| {
        for example in examples_of(root, node) {
            let target: *const Node = resolve(root, schema).unwrap_or(schema);
            let validator = validators.entry(target);
            let validator = validator.or_insert_with(|| schemas.compile(schema));
            // The rule `schema` reports a schema that cannot be compiled.
            let Ok(validator) = validator else {
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
    };
    walk_schemas(root, &mut |schema, pointer| check(schema, schema, pointer));
    walk(root, &mut |node, pointer| {
        if let Some(schema) = node.get("schema") {
            check(node, schema, &pointer.child("schema"));
        }
    });
}
