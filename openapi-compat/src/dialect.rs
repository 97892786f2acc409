//! The dialect in which documents are compared: OpenAPI 3.1 with JSON Schema 2020-12, and one form
//! for everything that can be said in several.
//!
//! Both documents are rewritten before the comparison, so that the same API has the same tree in
//! OpenAPI 3.0 and 3.1. The later code reads this dialect only:
//! - `type` is a string or a sorted list of several, and `null` is one of them. A `nullable` that is
//!   left has no effect, because no `type` stood beside it.
//! - `exclusiveMinimum` and `exclusiveMaximum` are numbers, and each end has one limit.
//! - `const` is an `enum` of one value. Examples of a schema are the list `examples`.
//! - A `$ref` of a schema has no keywords beside it that count. It is a part of `allOf` otherwise.
//! - References are JSON pointers. Anchors and the names of `$id` are gone.
//! - Schemas that are booleans are left only where they close an object or list: in
//!   `additionalProperties`, `unevaluatedProperties` and `unevaluatedItems`.
//! - Binary strings have the formats `byte` and `binary`.
//!
//! Places stay those of the author's text.

mod alternatives;
mod anchors;
mod annotations;
mod booleans;
mod content;
mod limits;
mod listed;
mod references;
mod types;
mod unevaluated;

use openapi_tree::{Node, change_schemas, reference};

pub(crate) use self::alternatives::{FOLDED, remove_folded};
pub(crate) use self::content::{encoding_of, is_binary};

/// Rewrites the root of a document into the dialect.
pub(crate) fn rewrite(root: &mut Node) {
    let is_3_0 = root
        .str_at("openapi")
        .is_some_and(|version| version.starts_with("3.0"));
    if !is_3_0 {
        anchors::rewrite(root);
    }
    change_schemas(root, &mut |schema| {
        if reference(schema).is_some() {
            match is_3_0 {
                true => references::rewrite_nullable(schema),
                false => references::rewrite(schema),
            }
        }
        booleans::rewrite(schema);
        types::rewrite(schema);
        limits::rewrite(schema);
        listed::rewrite(schema);
        content::rewrite(schema);
        annotations::rewrite(schema);
        unevaluated::rewrite(schema);
        alternatives::rewrite(schema);
    });
}
