//! The dialect in which documents are compared: OpenAPI 3.1 with JSON Schema 2020-12, and one form
//! for everything that can be said in several.
//!
//! Both documents are rewritten before the comparison, so that the same API has the same tree in
//! OpenAPI 3.0 and 3.1. The later code reads this dialect only:
//! - `type` is a string or a sorted list of several, and `null` is one of them. A `nullable` that is
//!   left has no effect, because no `type` stood beside it.
//! - `exclusiveMinimum` and `exclusiveMaximum` are numbers, and each end has one limit.
//! - Examples of a schema are the list `examples`.
//!
//! Places stay those of the author's text.

mod annotations;
mod limits;
mod types;

use openapi_tree::{Document, Node, change_schemas, reference};

/// Returns the root of a document in the dialect.
pub(crate) fn rewritten(document: &Document) -> Node {
    let mut root = document.root.clone();
    change_schemas(&mut root, &mut |schema| {
        if reference(schema).is_none() {
            types::rewrite(schema);
            limits::rewrite(schema);
            annotations::rewrite(schema);
        }
    });
    root
}
