//! What a change of the spec does: on the wire, in Rust, and to the version.

mod change;
mod context;
mod content;
mod document;
mod effect;
mod graph;
mod operation;
mod parameters;
mod report;
mod rust;
mod schema;
mod security;
mod side;
mod version;

pub use change::{Direction, Level, Place, ClientChange, ChangeKind, WireChange};
pub use report::{Report, ClientChanges, Side, review};
pub use rust::rust_changes;
pub use version::{Bump, Verdict};

use openapi_tree::Document;

/// Every difference between two specs that is one to whoever talks to the service, the most
/// serious first.
///
/// What belongs together is compared part by part: operations by method and path, schemas by where
/// they are used. Whether a schema allows all that another one does is proved; where no proof is
/// found, the change counts as breaking, and its message says so.
///
/// ```
/// use opentact_gen::diff::{Level, wire_changes};
/// use opentact_gen::{Source, load};
///
/// let spec = |most: u32| {
///     let text = format!(
///         "openapi: 3.0.3
/// paths:
///   /names:
///     get:
///       parameters: [{{name: like, in: query, schema: {{type: string, maxLength: {most}}}}}]
///       responses: {{}}"
///     );
///     load(Source::new("spec.yaml", &text))
/// };
/// let changes = wire_changes(&spec(80)?, &spec(60)?);
/// assert_eq!(changes[0].level, Level::Breaking);
/// assert_eq!(changes[0].operations, ["GET /names"]);
/// # Ok::<_, opentact_gen::Findings>(())
/// ```
pub fn wire_changes(base: &Document, head: &Document) -> Vec<WireChange> {
    let mut context = context::Context {
        base: side::Side::new(base),
        head: side::Side::new(head),
        graph: graph::Graph::default(),
        schemas: Vec::new(),
        one_ofs: Vec::new(),
    };
    document::compare(&mut context);
    while let Some((unit, pair, label)) = context.schemas.pop() {
        schema::compare(&mut context, unit, &pair, &label);
    }
    let one_ofs = std::mem::take(&mut context.one_ofs);
    let changed = context.graph.changed_inside();
    for (unit, pair, label) in one_ofs.iter().filter(|(unit, ..)| changed[*unit]) {
        schema::overlaps(&mut context, *unit, pair, label);
    }
    let (base, head) = (&context.base, &context.head);
    context.graph.wire_changes(base, head)
}
