//! The entries of a report. An entry has all changes with one cause or one sentence.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use openapi_tree::Pointer;
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
    pub(super) example: Option<&'a Value>,
    /// The schemas at which proofs were given up.
    pub(super) unproven: IndexSet<&'a str>,
}

/// The effect of an entry on the clients of some operations.
#[derive(Debug)]
pub(super) struct Effect<'a> {
    pub(super) level: Level,
    pub(super) direction: Direction,
    proven: bool,
    /// The level that the comparison found, if the caller set another one.
    pub(super) found_level: Option<Level>,
    /// The consequence in words, unless the fact says everything.
    pub(super) consequence: Option<&'static str>,
    /// Lists of operations, which may have common members.
    operations: IndexSet<&'a Operations>,
}

/// The places of a change. An added element has no older one, and a removed element no newer one.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct Places<'a> {
    pub(super) older: Option<&'a Place>,
    pub(super) newer: Option<&'a Place>,
}

/// The part of a change that all changes of one edit have in common.
type EditKey<'a> = (
    ChangeId,
    ChangeKind,
    [&'a Pointer; 2],
    Option<&'a str>,
    [Option<&'a Value>; 2],
);

/// Returns the entries of changes by section, certainty, type of change, operations and place.
pub(super) fn entries(changes: &[Change]) -> Vec<Entry<'_>> {
    let mut edits: IndexMap<EditKey<'_>, Entry<'_>> = IndexMap::new();
    for (number, change) in changes.iter().enumerate() {
        let entry = edits
            .entry(edit_key(change))
            .or_insert_with(|| Entry::new(change));
        entry.add(number, change);
    }
    let edits = edits.into_values().collect();
    let mut entries = with_equal_sentences_merged(with_causes_first(changes, edits));
    // All entries of a type stay together, at the place of the most certain one.
    let mut certainties: HashMap<(Section, ChangeId), Certainty> = HashMap::new();
    for entry in &entries {
        let known = certainties.entry((entry.section, entry.id));
        let known = known.or_insert(Certainty::Unproven);
        *known = entry.certainty().min(*known);
    }
    // Lists of operations can be long, so that each is compared once.
    let mut known = HashMap::new();
    entries.sort_by_cached_key(|entry| {
        let count = known.len();
        let operations = *known.entry(entry.effects[0].operations[0]).or_insert(count);
        let certainty = certainties.get(&(entry.section, entry.id)).copied();
        (
            entry.section,
            certainty,
            entry.id,
            operations,
            entry.changes[0],
        )
    });
    entries
}

fn edit_key(change: &Change) -> EditKey<'_> {
    (
        change.id,
        change.kind,
        [&change.base.pointer, &change.head.pointer],
        change.name.as_deref(),
        [change.old.as_ref(), change.new.as_ref()],
    )
}

impl<'a> Entry<'a> {
    fn new(change: &Change) -> Self {
        Self {
            section: Section::of(change),
            id: change.id,
            kind: kind_of_element(change),
            fact: change.fact(),
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
    fn add(&mut self, number: usize, change: &'a Change) {
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

    /// Adds an entry with the same sentence.
    fn merge(&mut self, other: Self) {
        self.sharing.extend(other.sharing);
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
    fn certainty(&self) -> Certainty {
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
    fn key(&self) -> (Level, Direction, bool, Option<Level>) {
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

/// Moves each entry that follows from another one about the same element into that one.
fn with_causes_first<'a>(changes: &'a [Change], edits: Vec<Entry<'a>>) -> Vec<Entry<'a>> {
    let mut causes = HashMap::new();
    for (number, entry) in edits.iter().enumerate() {
        if is_cause(entry.id) {
            for element in elements(&changes[entry.changes[0]]) {
                causes.entry(element).or_insert(number);
            }
        }
    }
    let cause = |entry: &Entry<'a>| {
        let elements = elements(&changes[entry.changes[0]]);
        let mut known = elements.iter().filter_map(|element| causes.get(element));
        let cause = known.next().copied()?;
        let covers = edits[cause].section <= entry.section && follows(edits[cause].id, entry.id);
        covers.then_some(cause)
    };
    let causes: Vec<Option<usize>> = edits.iter().map(cause).collect();
    let mut kept: IndexMap<usize, Entry<'a>> = IndexMap::new();
    let mut following = Vec::new();
    for (number, (entry, cause)) in edits.into_iter().zip(causes).enumerate() {
        match cause {
            Some(cause) => following.push((cause, entry)),
            None => {
                kept.insert(number, entry);
            }
        }
    }
    for (cause, entry) in following {
        if let Some(cause) = kept.get_mut(&cause) {
            cause.following.push(entry.fact);
            cause.changes.extend(entry.changes);
        }
    }
    kept.into_values().collect()
}

/// Returns the element of a change: the pointer leads to it or to one of its keywords.
fn elements(change: &Change) -> [(&str, Pointer); 2] {
    let pointer = &change.head.pointer;
    let parent = pointer.parent().unwrap_or_else(Pointer::root);
    [
        (&change.subject, pointer.clone()),
        (&change.subject, parent),
    ]
}

fn is_cause(id: ChangeId) -> bool {
    use ChangeId::{CompositionChanged, CompositionReplaced, SchemaReplaced, TypeChanged};
    matches!(
        id,
        TypeChanged | SchemaReplaced | CompositionReplaced | CompositionChanged
    )
}

/// Returns `true` if a change of a schema follows from another one of the same schema: a new type
/// brings its own keywords, and new alternatives bring the values of their discriminator.
fn follows(cause: ChangeId, id: ChangeId) -> bool {
    use ChangeId as Id;
    let follows_from_alternatives = matches!(
        id,
        Id::AlternativesOverlap
            | Id::DiscriminatorChanged
            | Id::DiscriminatorValueAdded
            | Id::DiscriminatorValueRemoved
    );
    let follows_from_type = matches!(
        id,
        Id::FormatChanged
            | Id::EnumChanged
            | Id::PatternChanged
            | Id::LimitChanged
            | Id::DefaultChanged
            | Id::ItemsConstrained
            | Id::ItemsUnconstrained
            | Id::AdditionalPropertiesAllowed
            | Id::AdditionalPropertiesForbidden
            | Id::AdditionalPropertiesConstrained
            | Id::AdditionalPropertiesUnconstrained
    );
    match cause {
        Id::CompositionChanged => follows_from_alternatives,
        Id::TypeChanged => follows_from_type,
        _ => !is_cause(id) && (follows_from_alternatives || follows_from_type),
    }
}

/// Merges the entries that show the same sentences.
fn with_equal_sentences_merged(entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    let mut merged: IndexMap<_, Entry<'_>> = IndexMap::new();
    for entry in entries {
        let effects: Vec<_> = entry.effects.iter().map(Effect::key).collect();
        let key = (
            entry.id,
            entry.fact.clone(),
            effects,
            entry.following.clone(),
        );
        match merged.get_mut(&key) {
            Some(known) => known.merge(entry),
            None => {
                merged.insert(key, entry);
            }
        }
    }
    merged.into_values().collect()
}
