//! An entry of a report: all changes with one cause or one sentence.

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::section::{Certainty, Section};
use crate::change::{Change, ChangeKind, Direction, Level, Place};
use crate::change_id::ChangeId;
use crate::operations::Operations;

/// The changes that a report shows together.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) section: Section,
    pub(super) id: ChangeId,
    /// The revisions that have the element. A keyword is no element: a new constraint changes one.
    pub(super) kind: ChangeKind,
    pub(super) fact: String,
    /// The operation that the fact is about, as the fact names it. It is one of several operations
    /// with the same fact.
    operation: Option<String>,
    /// The effects on clients, the most serious first. There is at least one.
    pub(super) effects: Vec<Effect<'a>>,
    /// The other elements that share the changed part.
    pub(super) sharing: IndexSet<&'a str>,
    /// The facts about the same element that follow from this one.
    pub(super) following: Vec<String>,
    /// The places, the first one of the first change.
    pub(super) places: IndexSet<Places<'a>>,
    /// The positions of the changes in the report.
    pub(super) changes: Vec<usize>,
    /// A value that shows the break.
    example: Option<&'a Value>,
    /// The schemas at which proofs were given up.
    pub(super) unproven: IndexSet<&'a str>,
}

/// The effect of an entry on the clients of some operations.
#[derive(Debug)]
pub(super) struct Effect<'a> {
    pub(super) level: Level,
    pub(super) direction: Direction,
    pub(super) proven: bool,
    /// The level that the comparison found, if the caller set another one.
    pub(super) found_level: Option<Level>,
    /// The consequence in words, unless the fact says everything.
    pub(super) consequence: Option<&'static str>,
    /// Lists of operations, which may have common members.
    pub(super) operations: IndexSet<&'a Operations>,
}

/// The places of a change. An added element has no older one, and a removed element no newer one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct Places<'a> {
    pub(super) older: Option<&'a Place>,
    pub(super) newer: Option<&'a Place>,
}

impl<'a> Entry<'a> {
    pub(super) fn new(change: &Change) -> Self {
        let fact = change.fact();
        let is_own = |operation: &str| change.subject == format!("`{operation}`");
        let mut operations = change.operations.iter().map(is_own);
        let is_of_operation = operations.next() == Some(true) && operations.next().is_none();
        let operation = is_of_operation.then(|| format!(" of {}", change.subject));
        Self {
            section: Section::of(change),
            id: change.id,
            kind: kind_of_element(change),
            operation: operation.filter(|operation| fact.contains(operation)),
            fact,
            effects: Vec::new(),
            sharing: IndexSet::new(),
            following: Vec::new(),
            places: IndexSet::new(),
            changes: Vec::new(),
            example: None,
            unproven: IndexSet::new(),
        }
    }

    /// Adds a change of the same edit.
    pub(super) fn add(&mut self, number: usize, change: &'a Change) {
        self.section = self.section.min(Section::of(change));
        self.sharing.insert(&change.subject);
        self.places.insert(Places::of(change));
        self.changes.push(number);
        self.example = self.example.or(change.example.as_ref());
        self.unproven.extend(change.unproven_schema.as_deref());
        self.affect(Effect {
            level: change.level,
            direction: change.direction,
            proven: change.proven,
            found_level: change.found_level,
            consequence: change.consequence(),
            operations: IndexSet::from([&change.operations]),
        });
    }

    fn affect(&mut self, effect: Effect<'a>) {
        let known = self.effects.iter_mut();
        match known.into_iter().find(|known| known.key() == effect.key()) {
            Some(known) => known.operations.extend(effect.operations),
            None => {
                self.effects.push(effect);
                self.effects
                    .sort_by_key(|effect| (std::cmp::Reverse(effect.level), effect.direction));
            }
        }
    }

    /// Returns the value that shows the break, unless the fact names it.
    pub(super) fn example(&self) -> Option<&'a Value> {
        let example = self.example?;
        let json = format!("`{example}`");
        let text = example.as_str().map(|text| format!("`{text}`"));
        let mut names = text.iter().chain([&json]);
        (!names.any(|name| self.fact.contains(name))).then_some(example)
    }

    /// Returns the fact without the operation that it is about.
    pub(super) fn common_fact(&self) -> String {
        self.fact_about("")
    }

    /// Replaces the operation that the fact is about by the number of operations with the same fact.
    pub(super) fn count_operations(&mut self) {
        // Thousands of entries can have thousands of operations, but few facts are about one.
        if self.operation.is_none() {
            return;
        }
        let number = self.operations().len();
        if number > 1 {
            self.fact = self.fact_about(&format!(" of {number} operations"));
        }
    }

    fn fact_about(&self, operations: &str) -> String {
        match &self.operation {
            Some(operation) => self.fact.replacen(operation, operations, 1),
            None => self.fact.clone(),
        }
    }

    /// Adds an entry with the same sentence.
    pub(super) fn merge(&mut self, other: Self) {
        if self.operation.is_none() {
            self.sharing.extend(other.sharing);
        }
        self.places.extend(other.places);
        self.changes.extend(other.changes);
        self.example = self.example.or(other.example);
        self.unproven.extend(other.unproven);
        for effect in other.effects {
            self.affect(effect);
        }
    }

    /// Returns the level of the most serious effect.
    pub(super) fn level(&self) -> Level {
        self.effects[0].level
    }

    /// Returns the certainty of the most serious effect. It orders breaking changes only.
    pub(super) fn certainty(&self) -> Certainty {
        match self.effects[0].proven || !self.section.is_breaking() {
            true if self.section.is_breaking() => Certainty::of(self.id),
            true => Certainty::Element,
            false => Certainty::Unproven,
        }
    }

    /// Returns the levels of the effects, each with its lists of operations.
    pub(super) fn affected(&self) -> Vec<(Level, Vec<&'a Operations>)> {
        let effects = self.effects.iter();
        let lists = effects.map(|effect| (effect.level, effect.operations.iter().copied()));
        lists
            .map(|(level, lists)| (level, lists.collect()))
            .collect()
    }

    /// Returns each operation with the level of the most serious effect on it.
    pub(super) fn operations(&self) -> Vec<(&'a str, Level)> {
        if let [effect] = &self.effects[..] {
            let operations = effect.operations().into_iter();
            return operations.map(|name| (name, effect.level)).collect();
        }
        let mut operations = IndexMap::new();
        for effect in &self.effects {
            for operation in effect.operations() {
                operations.entry(operation).or_insert(effect.level);
            }
        }
        operations.into_iter().collect()
    }
}

impl<'a> Effect<'a> {
    /// The effects of an entry differ in it.
    pub(super) fn key(&self) -> (Level, Direction, bool, Option<Level>) {
        (self.level, self.direction, self.proven, self.found_level)
    }

    /// Returns the operations, each once.
    pub(super) fn operations(&self) -> Vec<&'a str> {
        let all = self
            .operations
            .iter()
            .flat_map(|operations| operations.iter());
        match self.operations.len() {
            1 => all.collect(),
            _ => all.collect::<IndexSet<_>>().into_iter().collect(),
        }
    }
}

impl<'a> Places<'a> {
    fn of(change: &'a Change) -> Self {
        let kind = kind_of_element(change);
        Self {
            older: (kind != ChangeKind::Added).then_some(&change.base),
            newer: (kind != ChangeKind::Removed).then_some(&change.head),
        }
    }

    /// Returns the place in the head, or else that in the base.
    pub(super) fn main(&self) -> Option<&'a Place> {
        self.newer.or(self.older)
    }
}

/// Returns the revisions that have the element whose part changed. The place of an element in the
/// revision that lacks it is that of its parent.
fn kind_of_element(change: &Change) -> ChangeKind {
    use ChangeId as Id;
    let is_of_keyword = matches!(
        change.id,
        Id::ContentSchemaAdded
            | Id::ContentSchemaRemoved
            | Id::ContractExtensionAdded
            | Id::ContractExtensionRemoved
            | Id::DiscriminatorValueAdded
            | Id::DiscriminatorValueRemoved
            | Id::NotAdded
            | Id::NotRemoved
    );
    let id = change.id.as_str();
    match id.ends_with("-added") || id.ends_with("-removed") {
        true if !is_of_keyword => change.kind,
        _ => ChangeKind::Changed,
    }
}
