//! Ignores: accepted changes, each with a reason.

use chrono::NaiveDate as Date;
use openapi_tree::{Finding, Findings, Location, Pointer, Severity, Sources, Span};

use crate::change::Change;
use crate::change_id::ChangeId;
use crate::operations::Operations;

/// The rules in the findings about a file of ignores.
const UNUSED: &str = "ignore-unused";
const EXPIRED: &str = "ignore-expired";
/// The operation that stands for all operations.
const ANY: &str = "*";

/// A file of accepted changes. [`Ignores::parse`] reads it.
#[derive(Clone, Debug)]
pub struct Ignores {
    pub(super) sources: Sources,
    pub(super) entries: Vec<Ignore>,
}

/// A change that the caller accepts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ignored {
    /// The change, or the part of it that affects the operation of the ignore.
    pub change: Change,
    /// The reason for which it is accepted.
    pub reason: String,
    /// The place of the ignore.
    pub place: Location,
}

/// An entry of the file. Changes must match all parts that it has.
#[derive(Clone, Debug)]
pub(super) struct Ignore {
    pub(super) span: Span,
    pub(super) id: Option<ChangeId>,
    /// An operation such as `GET /users`, or `*` for all operations.
    pub(super) operation: Option<String>,
    /// A pointer, of which a segment `*` stands for any segment.
    pub(super) pointer: Option<Pointer>,
    pub(super) reason: String,
    /// The last day on which the ignore applies.
    pub(super) until: Option<Date>,
}

/// The result of a file of ignores.
pub(super) struct Applied {
    pub(super) others: Vec<Change>,
    pub(super) accepted: Vec<Ignored>,
    pub(super) findings: Findings,
}

impl Ignores {
    /// Separates the accepted changes from the others.
    pub(super) fn apply(&self, changes: Vec<Change>, today: Date) -> Applied {
        let mut others = changes;
        let mut accepted = Vec::new();
        let mut findings = Vec::new();
        for ignore in &self.entries {
            if let Some(until) = ignore.until.filter(|until| *until < today) {
                findings.push(Finding::new(
                    EXPIRED,
                    &ignore.span,
                    format!("this ignore no longer applies, because it ended on {until}"),
                    "remove it, or set a later date as `until`",
                ));
                continue;
            }
            let before = accepted.len();
            let mut kept = Vec::new();
            for change in others {
                let (matching, rest) = ignore.split(change);
                accepted.extend(matching.map(|change| Ignored {
                    change,
                    reason: ignore.reason.clone(),
                    place: self.place(ignore),
                }));
                kept.extend(rest);
            }
            others = kept;
            if accepted.len() == before {
                findings.push(Finding::new(
                    UNUSED,
                    &ignore.span,
                    "this ignore matches no change that is left",
                    "remove it, or correct it; `--format json` shows id, operations and pointer of \
                     each change",
                ));
            }
        }
        let sources = self.sources.clone();
        Applied {
            others,
            accepted,
            findings: Findings::with_severity(Severity::Warning, sources, findings),
        }
    }

    fn place(&self, ignore: &Ignore) -> Location {
        let place = self.sources.location(ignore.span.start);
        place.unwrap_or(Location {
            path: String::new(),
            line: 1,
            column: 1,
        })
    }
}

impl Ignore {
    /// Returns the part of a change that matches, and the rest of it.
    fn split(&self, change: Change) -> (Option<Change>, Option<Change>) {
        let is_id = self.id.is_none_or(|id| id == change.id);
        let is_pointer =
            (self.pointer.as_ref()).is_none_or(|pattern| matches(pattern, change.pointer()));
        if !is_id || !is_pointer {
            return (None, Some(change));
        }
        let Some(operation) = &self.operation else {
            return (Some(change), None);
        };
        if change.operations.is_empty() {
            return (None, Some(change));
        }
        let is_named = |name: &str| operation == ANY || name == operation;
        let (matching, rest) = change.operations.partition(is_named);
        let part = |operations: Operations| {
            (!operations.is_empty()).then(|| Change {
                operations,
                ..change.clone()
            })
        };
        (part(matching), part(rest))
    }
}

fn matches(pattern: &Pointer, pointer: &Pointer) -> bool {
    let (patterns, segments) = (pattern.segments(), pointer.segments());
    let (patterns, segments): (Vec<String>, Vec<String>) = (patterns.collect(), segments.collect());
    patterns.len() == segments.len()
        && (patterns.iter().zip(&segments)).all(|(known, segment)| known == ANY || known == segment)
}
