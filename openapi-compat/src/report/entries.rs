//! The entries of a report in their order.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapi_tree::Pointer;
use serde_json::Value;

use super::entry::{Effect, Entry};
use super::section::{Certainty, Section};
use crate::change::{Change, ChangeKind};
use crate::change_id::ChangeId;

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

/// Merges the entries that show the same sentences, apart from the operations that they are about.
fn with_equal_sentences_merged(entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    let mut merged: IndexMap<_, Entry<'_>> = IndexMap::new();
    for entry in entries {
        let effects: Vec<_> = entry.effects.iter().map(Effect::key).collect();
        let key = (
            entry.id,
            entry.common_fact(),
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
    let mut merged: Vec<Entry<'_>> = merged.into_values().collect();
    merged.iter_mut().for_each(Entry::count_operations);
    merged
}
