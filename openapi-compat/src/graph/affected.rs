//! The changes that follow from a difference.

use std::collections::HashSet;
use std::sync::Arc;

use crate::change::{Change, ChangeKind};
use crate::compatibility::{Around, Compatibility, Impact};
use crate::difference::{Difference, DifferenceKey};
use crate::evidence::{Evidence, EvidenceList};
use crate::level::Direction;
use crate::operation_set::{OperationSet, add};
use crate::operations::Operations;
use crate::revision::ElementTree;

/// The operations that contain a difference in requests, and those that do in responses.
type InDirections = [Option<Arc<OperationSet>>; 2];

/// The operations that a difference affects.
pub(super) struct Affected {
    kind: ChangeKind,
    compatibility: Compatibility,
    /// `true` if values are lost or new, and nothing else.
    is_about_values: bool,
    operations: InDirections,
    /// The operations that contain it in schemas whose values make up for it.
    unaffected: InDirections,
    /// `true` if the API as a whole is affected.
    pub(super) is_api: bool,
}

impl Affected {
    /// Returns a difference without operations.
    pub(super) fn new(difference: &Difference) -> Self {
        Self {
            kind: difference.kind,
            compatibility: difference.compatibility,
            is_about_values: difference.is_about_values(),
            operations: [None, None],
            unaffected: [None, None],
            is_api: false,
        }
    }

    /// Adds operations that contain the difference in messages of a direction.
    pub(super) fn add(
        &mut self,
        operations: &Arc<OperationSet>,
        direction: Direction,
        around: Around,
    ) {
        let inside = self.compatibility.impact(direction);
        let known = match self.is_about_values && around.covers(inside) {
            true => &mut self.unaffected,
            false => &mut self.operations,
        };
        add(&mut known[position(direction)], operations);
    }

    /// Returns the directions of the messages that contain the difference, each with its impact.
    fn impacts(&self) -> Vec<(Direction, Impact)> {
        let directions: &[Direction] = match self.is_api {
            true => &[Direction::Request],
            false => &[Direction::Request, Direction::Response],
        };
        let impact = |&direction: &Direction| {
            let at = position(direction);
            match self.is_api || self.operations[at].is_some() {
                true => Some((direction, self.compatibility.impact(direction))),
                false => self.unaffected[at]
                    .as_ref()
                    .map(|_| (direction, Impact::None)),
            }
        };
        directions.iter().filter_map(impact).collect()
    }

    /// Returns the operations of a change.
    fn operations(&self, direction: Direction) -> Arc<OperationSet> {
        let sets: &[&Option<_>] = match direction {
            Direction::Request | Direction::Response => &[&self.operations[position(direction)]],
            Direction::Both => &self.operations.each_ref(),
            Direction::Metadata => {
                let [request, response] = &self.operations;
                let [unaffected_request, unaffected_response] = &self.unaffected;
                &[request, response, unaffected_request, unaffected_response]
            }
        };
        let mut all = None;
        for set in sets.iter().copied().flatten() {
            add(&mut all, set);
        }
        all.unwrap_or_default()
    }
}

fn position(direction: Direction) -> usize {
    usize::from(direction == Direction::Response)
}

/// The last step of a comparison: changes with the titles of operations, and places.
pub(super) struct Conclusion<'c, 'a> {
    titles: Arc<[String]>,
    base: &'c ElementTree<'a>,
    head: &'c ElementTree<'a>,
    evidence: &'c EvidenceList,
    /// The sets of operations of the changes. Equal ones are shared.
    sets: HashSet<Arc<OperationSet>>,
}

impl<'c, 'a> Conclusion<'c, 'a> {
    pub(super) fn new(
        titles: Arc<[String]>,
        base: &'c ElementTree<'a>,
        head: &'c ElementTree<'a>,
        evidence: &'c EvidenceList,
    ) -> Self {
        Self {
            titles,
            base,
            head,
            evidence,
            sets: HashSet::new(),
        }
    }

    /// Returns one change if the impact on senders and receivers is the same, and otherwise one
    /// for each direction with an impact.
    pub(super) fn changes(&mut self, key: DifferenceKey, affected: &Affected) -> Vec<Change> {
        let impacts = affected.impacts();
        let merged = match impacts[..] {
            [] => Vec::new(),
            [(_, Impact::None)] | [(_, Impact::None), (_, Impact::None)] => {
                vec![(Direction::Metadata, Impact::None)]
            }
            [(_, request), (_, response)] if request == response => {
                vec![(Direction::Both, request)]
            }
            _ => impacts
                .into_iter()
                .filter(|(_, impact)| *impact != Impact::None)
                .collect(),
        };
        // Values can be large, so that they are moved to the last change.
        let keys = std::iter::repeat_n(key, merged.len());
        let changes = merged.into_iter().zip(keys);
        changes
            .map(|((direction, impact), key)| self.change(key, affected, direction, impact))
            .collect()
    }

    fn change(
        &mut self,
        key: DifferenceKey,
        affected: &Affected,
        direction: Direction,
        impact: Impact,
    ) -> Change {
        let evidence = affected.compatibility.evidence(direction);
        let (example, unproven_schema) = match evidence.and_then(|id| self.evidence.get(id)) {
            Some(Evidence::Example(value)) => (Some(value.clone()), None),
            Some(Evidence::GaveUpAt(schema)) => (None, Some(schema.clone())),
            None => (None, None),
        };
        Change {
            id: key.id,
            kind: affected.kind,
            level: impact.level(),
            found_level: None,
            proven: impact != Impact::Unproven,
            direction,
            operations: self.shared(affected.operations(direction)),
            base: self.base.place(&key.base),
            head: self.head.place(&key.head),
            subject: key.subject,
            name: key.name,
            old: key.old,
            new: key.new,
            example,
            unproven_schema,
        }
    }

    /// Returns operations that equal ones share.
    fn shared(&mut self, set: Arc<OperationSet>) -> Operations {
        let set = match self.sets.get(&set) {
            Some(known) => Arc::clone(known),
            None => {
                self.sets.insert(Arc::clone(&set));
                set
            }
        };
        Operations::new(&self.titles, set)
    }
}
