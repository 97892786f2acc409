//! An object whose properties are found at once, for documents have thousands of schemas.

use super::{Entry, Node};

/// Up to so many properties, to compare with each key is faster than to search by halves: most
/// keys differ in length, and are not looked at.
const FEW: usize = 16;

/// The properties of an object, in the order in which they stand.
#[derive(Clone, Debug)]
pub struct Mapping {
    entries: Vec<Entry>,
    /// The positions of the entries, by key; of those with the same key, the first stands first.
    by_key: Vec<usize>,
}

impl Mapping {
    pub(crate) fn new(entries: Vec<Entry>) -> Self {
        let mut by_key: Vec<usize> = (0..entries.len()).collect();
        by_key.sort_by(|a, b| entries[*a].key.cmp(&entries[*b].key));
        Self { entries, by_key }
    }

    /// All properties.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The property `key`.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        if self.entries.len() <= FEW {
            return self.entries.iter().find(|entry| entry.key == key);
        }
        let key_of = |position: &usize| self.entries[*position].key.as_str();
        let first = self.by_key.partition_point(|at| key_of(at) < key);
        let entry = &self.entries[*self.by_key.get(first)?];
        (entry.key == key).then_some(entry)
    }

    /// All properties, their values to be changed.
    pub(crate) fn entries_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        let entries = self.entries.iter_mut();
        entries.map(|entry| (entry.key.as_str(), &mut entry.node))
    }

    /// Adds a property, behind the others.
    pub(crate) fn add(&mut self, entry: Entry) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.push(entry);
        *self = Self::new(entries);
    }

    /// Properties whose key another one has already, each behind the first with that key.
    pub(crate) fn repeated(&self) -> impl Iterator<Item = (&Entry, &Entry)> {
        let same_key = |a: &usize, b: &usize| self.entries[*a].key == self.entries[*b].key;
        let groups = self.by_key.chunk_by(same_key);
        groups.flat_map(move |group| {
            let first = &self.entries[group[0]];
            let others = group[1..].iter();
            others.map(move |position| (first, &self.entries[*position]))
        })
    }
}
