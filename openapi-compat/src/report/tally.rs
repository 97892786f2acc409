//! The number of entries by type of change and by operation.

use std::cmp::Reverse;

use indexmap::IndexMap;

use super::entry::Entry;
use super::section::Section;
use crate::change::Level;
use crate::change_id::ChangeId;

/// The number of entries of each level.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Counts {
    pub(super) breaking: usize,
    pub(super) additive: usize,
    pub(super) documentation: usize,
}

/// The number of entries by section, type of change and operation.
pub(super) struct Tally<'a> {
    pub(super) all: Counts,
    /// The sections that have entries, in their order.
    pub(super) sections: Vec<(Section, usize)>,
    /// The types of changes, those with the most breaking changes first.
    pub(super) kinds: Vec<(ChangeId, Counts)>,
    /// The operations, those with the most breaking changes first.
    pub(super) operations: Vec<(&'a str, Counts)>,
}

impl Counts {
    fn add(&mut self, level: Level, number: usize) {
        *match level {
            Level::Breaking => &mut self.breaking,
            Level::Additive => &mut self.additive,
            Level::Documentation => &mut self.documentation,
        } += number;
    }

    /// Returns the numbers, the most serious level first.
    pub(super) fn numbers(self) -> [usize; 3] {
        [self.breaking, self.additive, self.documentation]
    }
}

impl<'a> Tally<'a> {
    /// Counts entries.
    pub(super) fn of(entries: &[Entry<'a>]) -> Self {
        let sections = Section::ALL.map(|section| {
            let of_section = entries.iter().filter(|entry| entry.section == section);
            (section, of_section.count())
        });
        let mut all = Counts::default();
        let mut kinds: IndexMap<ChangeId, Counts> = IndexMap::new();
        // Thousands of entries can have the same operations, which can be thousands.
        let mut alike: IndexMap<_, (&Entry<'a>, usize)> = IndexMap::new();
        for entry in entries {
            all.add(entry.level(), 1);
            kinds.entry(entry.id).or_default().add(entry.level(), 1);
            let (_, number) = alike.entry(entry.affected()).or_insert((entry, 0));
            *number += 1;
        }
        let mut operations: IndexMap<&str, Counts> = IndexMap::new();
        for (entry, number) in alike.into_values() {
            for (operation, level) in entry.operations() {
                operations.entry(operation).or_default().add(level, number);
            }
        }
        // Sorting is stable, so that equal counts keep the order of the report.
        kinds.sort_by_key(|_, counts| Reverse(*counts));
        operations.sort_by_key(|_, counts| Reverse(*counts));
        Self {
            all,
            sections: sections
                .into_iter()
                .filter(|(_, number)| *number > 0)
                .collect(),
            kinds: kinds.into_iter().collect(),
            operations: operations.into_iter().collect(),
        }
    }
}
