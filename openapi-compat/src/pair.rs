//! Elements of both revisions that correspond to each other.

use std::collections::BTreeMap;

use crate::element::Element;

/// Two elements that correspond to each other, one of each revision.
#[derive(Clone, Debug)]
pub(crate) struct Pair<'a> {
    pub(crate) base: Element<'a>,
    pub(crate) head: Element<'a>,
}

impl<'a> Pair<'a> {
    /// Returns the values of a keyword, if both elements have it.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        Some(Self {
            base: self.base.get(key)?,
            head: self.head.get(key)?,
        })
    }

    /// Returns `true` if the elements have different values of a keyword, or only one has it.
    pub(crate) fn differs(&self, key: &str) -> bool {
        match (self.base.node.get(key), self.head.node.get(key)) {
            (Some(base), Some(head)) => !base.same(head),
            (base, head) => base.is_some() || head.is_some(),
        }
    }

    /// Returns the change of a boolean keyword, or `None` if there is no change.
    pub(crate) fn flag_change(&self, key: &str) -> Option<FlagChange> {
        match (self.base.flag(key), self.head.flag(key)) {
            (false, true) => Some(FlagChange::Set),
            (true, false) => Some(FlagChange::Cleared),
            _ => None,
        }
    }
}

/// A change of a boolean keyword.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum FlagChange {
    /// It is `true` in the head revision only.
    Set,
    /// It is `true` in the base revision only.
    Cleared,
}

/// The elements of two mappings, matched by name.
pub(crate) struct Matched<'a> {
    pub(crate) both: Vec<(&'a str, Pair<'a>)>,
    /// The elements that only the base revision has.
    pub(crate) removed: Vec<(&'a str, Element<'a>)>,
    /// The elements that only the head revision has.
    pub(crate) added: Vec<(&'a str, Element<'a>)>,
}

impl<'a> Matched<'a> {
    /// Matches elements by name.
    pub(crate) fn new(
        base: Vec<(&'a str, Element<'a>)>,
        head: Vec<(&'a str, Element<'a>)>,
    ) -> Self {
        let mut unmatched: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, (name, _)) in base.iter().enumerate() {
            unmatched.insert(name, index);
        }
        let mut both = Vec::new();
        let mut added = Vec::new();
        for (name, head) in head {
            match unmatched.remove(name) {
                Some(index) => {
                    let base = base[index].1.clone();
                    both.push((name, Pair { base, head }));
                }
                None => added.push((name, head)),
            }
        }
        let mut removed = base;
        removed.retain(|(name, _)| unmatched.contains_key(name));
        Self {
            both,
            removed,
            added,
        }
    }
}
