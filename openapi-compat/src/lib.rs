//! Compares two OpenAPI documents, 3.0 or 3.1, and reports every change, its level and the required
//! version bump.
//!
//! [`compare()`] takes the documents and returns each [`Change`] as data. A [`Report`] adds the
//! conclusion for the version, and renders it for people and programs.
//!
//! # A comparison, step by step
//! 1. `dialect` rewrites both documents into one form of OpenAPI 3.1, whatever their version.
//! 2. `compare` matches elements of both documents (operations by method and path, schemas by
//!    where they are used) and walks over the pairs. `schema` compares the schemas, which wait in a
//!    list, because they refer to each other.
//! 3. Each pair is a vertex of `graph`. A `difference` is recorded at its vertex, with its
//!    `compatibility`: the impact on clients that send the element, and on clients that receive it.
//! 4. `inclusion` tries to prove that one schema allows all values of another one. Without a proof, a
//!    difference counts as breaking, and its sentence says so.
//! 5. `graph` follows the edges from each operation and finds the operations that a difference
//!    affects, in requests or in responses. The result is a list of changes.
//! 6. `policy` applies the decisions of the caller: other levels, and changes that are accepted.
//! 7. `catalog` makes the sentence from the [`ChangeId`] and the arguments of a change. `report`
//!    renders the changes.
//!
//! `explanation` has the texts about each type of change, which are the same for all documents.

mod annotation;
mod catalog;
mod change;
mod change_id;
mod client;
mod compare;
mod compatibility;
mod context;
mod dialect;
mod difference;
mod element;
mod evidence;
mod explanation;
mod graph;
mod inclusion;
mod large_stack;
mod level;
mod media_type;
mod named;
mod nearest;
mod operation_set;
mod operations;
mod policy;
mod reference_siblings;
mod report;
mod revision;
mod schema;
mod schema_task;
mod semver;
mod server_url;
mod unchanged;
mod unresolved;
mod version;
mod written_number;

/// The example of the README, as a documentation test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use change::{Change, ChangeKind, Direction, Level, Place};
pub use change_id::ChangeId;
pub use client::{ClientChange, ClientComparison, ClientOutcome};
pub use context::Options;
pub use explanation::{ExplainedEffect, Explanation};
pub use named::UnknownName;
pub use operations::Operations;
pub use policy::{Date, Ignored, Ignores, Judged, LevelRule, Policy};
pub use report::{Extent, FailOn, Format, NoSummary, Report, Revision};
pub use semver::{Bump, Verdict};
pub use version::parse_version;

use std::cmp::Reverse;

use openapi_tree::{Document, Node, Sources};

use self::context::Context;
use self::revision::ElementTree;

/// Returns every difference between two documents that concerns a client or a reader of the API,
/// the most serious first.
///
/// A document need not be valid ([`openapi_tree::load_lenient`]). A reference that leads nowhere is
/// left out; if it differs between the documents, that is a breaking change without a proof.
///
/// ```
/// use openapi_compat::{ChangeId, Level, Options, compare};
/// use openapi_tree::{Source, load_valid};
///
/// let document = |limit: u32| {
///     let text = format!(
///         "openapi: 3.0.3
/// info: {{ title: Names, version: 1.0.0 }}
/// paths:
///   /names:
///     get:
///       parameters: [{{name: like, in: query, schema: {{type: string, maxLength: {limit}}}}}]
///       responses: {{ 204: {{ description: None. }} }}"
///     );
///     load_valid(Source::new("api.yaml", &text))
/// };
/// let changes = compare(&document(80)?, &document(60)?, &Options::default());
/// assert_eq!(changes[0].id, ChangeId::LimitChanged);
/// assert_eq!(changes[0].level, Level::Breaking);
/// assert_eq!(changes[0].operations, ["GET /names"]);
/// assert_eq!(
///     changes[0].message(),
///     "`maxLength` of the query parameter `like` changed from `80` to `60`: previously valid \
///      requests may be rejected"
/// );
/// # Ok::<_, openapi_tree::Findings>(())
/// ```
pub fn compare(base: &Document, head: &Document, options: &Options) -> Vec<Change> {
    let base = (base.root.clone(), &base.sources);
    compare_roots(base, (head.root.clone(), &head.sources), options)
}

/// Returns the same as [`compare()`], which copies both documents. This function takes less memory.
pub fn compare_owned(base: Document, head: Document, options: &Options) -> Vec<Change> {
    let (base, base_sources) = (base.root, base.sources);
    let (head, head_sources) = (head.root, head.sources);
    compare_roots((base, &base_sources), (head, &head_sources), options)
}

fn compare_roots(
    (mut base, base_sources): (Node, &Sources),
    (mut head, head_sources): (Node, &Sources),
    options: &Options,
) -> Vec<Change> {
    dialect::rewrite(&mut base);
    dialect::rewrite(&mut head);
    large_stack::run(|| {
        let base = ElementTree::new(&base, base_sources);
        compare_trees(base, ElementTree::new(&head, head_sources), options)
    })
}

fn compare_trees<'a>(
    base: ElementTree<'a>,
    head: ElementTree<'a>,
    options: &'a Options,
) -> Vec<Change> {
    let mut context = Context::new(base, head, options);
    compare::document::compare(&mut context);
    while let Some(task) = context.pending_schemas.pop() {
        schema::compare(&mut context, &task);
    }
    context.graph.lower_unused_xml();
    let one_ofs = std::mem::take(&mut context.one_ofs);
    let changed = context.graph.changed_inside();
    for task in one_ofs.iter().filter(|task| changed[task.vertex]) {
        schema::composition::compare_one_of(&mut context, task);
    }
    for composition in std::mem::take(&mut context.compositions) {
        schema::composition::prove_whole(&mut context, &composition, &changed);
    }
    let Context {
        base,
        head,
        graph,
        evidence,
        ..
    } = context;
    let mut changes = graph.changes(&base, &head, &evidence.into_inner());
    changes.sort_by_cached_key(|change| {
        (
            Reverse(change.level),
            change.head.line,
            change.base.line,
            change.pointer().clone(),
            change.message(),
            change.direction,
        )
    });
    changes
}
