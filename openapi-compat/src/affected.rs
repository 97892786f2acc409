//! A difference with the operations that it affects, and the changes that result.

use std::collections::BTreeSet;

use crate::change::Change;
use crate::compatibility::Impact;
use crate::difference::Difference;
use crate::level::Direction;
use crate::revision::IndexedDocument;

/// A difference with the operations that it affects.
pub(crate) struct Affected<'a> {
    difference: &'a Difference,
    /// The numbers of the operations, with the direction of the messages.
    pub(crate) operations: BTreeSet<(usize, Direction)>,
    /// `true` if the API as a whole is affected.
    pub(crate) api: bool,
}

impl<'a> Affected<'a> {
    pub(crate) fn new(difference: &'a Difference) -> Self {
        Self {
            difference,
            operations: BTreeSet::new(),
            api: false,
        }
    }

    /// Returns one change if the impact on senders and receivers is the same, and otherwise one
    /// for each direction with an impact.
    pub(crate) fn changes<'t>(
        &self,
        title: &impl Fn(usize) -> &'t str,
        base: &IndexedDocument<'_>,
        head: &IndexedDocument<'_>,
    ) -> Vec<Change> {
        let compatibility = self.difference.compatibility;
        let directions: BTreeSet<Direction> = match self.api {
            true => [Direction::Request].into(),
            false => self.operations.iter().map(|(_, to)| *to).collect(),
        };
        let impacts: Vec<(Direction, Impact)> = directions
            .into_iter()
            .map(|direction| (direction, compatibility.impact(direction)))
            .collect();
        let merged = match impacts[..] {
            [] => Vec::new(),
            [(_, Impact::None)] | [(_, Impact::None), (_, Impact::None)] => {
                vec![(Direction::Metadata, Impact::None)]
            }
            [(_, request), (_, response)] if request == response => {
                vec![(Direction::Both, request)]
            }
            _ => {
                let noticed = impacts.into_iter();
                noticed
                    .filter(|(_, impact)| *impact != Impact::None)
                    .collect()
            }
        };
        let change = |(direction, impact): (Direction, Impact)| {
            let fact = &self.difference.fact;
            Change {
                id: fact.id,
                kind: self.difference.kind,
                level: impact.level(),
                proven: impact != Impact::Unproven,
                direction,
                operations: self.titles(direction, title),
                base: base.place(&fact.base),
                head: head.place(&fact.head),
                subject: fact.subject.clone(),
                name: fact.name.clone(),
                old: fact.old.clone(),
                new: fact.new.clone(),
            }
        };
        merged.into_iter().map(change).collect()
    }

    fn titles<'t>(&self, direction: Direction, title: &impl Fn(usize) -> &'t str) -> Vec<String> {
        let in_direction = |to: &Direction| match direction {
            Direction::Request | Direction::Response => *to == direction,
            Direction::Both | Direction::Metadata => true,
        };
        let numbers = self.operations.iter().filter(|(_, to)| in_direction(to));
        let numbers: BTreeSet<usize> = numbers.map(|(number, _)| *number).collect();
        let titles = numbers.into_iter().map(title);
        titles.map(str::to_owned).collect()
    }
}
