//! Compares two OpenAPI 3.0 documents: every change, its level, and the version that must follow.

mod change;
mod change_id;
mod client;
mod compare;
mod compatibility;
mod context;
mod graph;
mod inclusion;
mod report;
mod revision;
mod schema;
mod semver;

pub use change::{Change, ChangeKind, Direction, Level, Place};
pub use change_id::ChangeId;
pub use client::{ClientChange, ClientComparison, ClientOutcome};
pub use report::{FailOn, Format, Report, Revision};
pub use semver::{Bump, Verdict};

use openapi_tree::Document;

/// The settings of a comparison.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Options {
    /// The extensions of operations (`x-`) that clients act on. A change of one is additive, while a
    /// change of any other extension is documentation.
    pub behavioural_extensions: Vec<String>,
}

/// Returns every difference between two documents that concerns a client or a reader of the API,
/// the most serious first.
pub fn compare(base: &Document, head: &Document, options: &Options) -> Vec<Change> {
    let mut context = context::Context {
        options,
        base: revision::Side::new(base),
        head: revision::Side::new(head),
        graph: graph::Graph::default(),
        schemas: Vec::new(),
        one_ofs: Vec::new(),
    };
    compare::document::compare(&mut context);
    while let Some((unit, pair, label)) = context.schemas.pop() {
        schema::compare(&mut context, unit, &pair, &label);
    }
    let one_ofs = std::mem::take(&mut context.one_ofs);
    let changed = context.graph.changed_inside();
    for (unit, pair, label) in one_ofs.iter().filter(|(unit, ..)| changed[*unit]) {
        schema::overlaps(&mut context, *unit, pair, label);
    }
    let (base, head) = (&context.base, &context.head);
    context.graph.changes(base, head)
}
