//! The changes of a public API.

/// The kind of a change.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum RustChangeKind {
    /// The item is new.
    Added,
    /// The item is gone.
    Removed,
    /// The item differs.
    Changed,
}

/// A change of the public API.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct RustChange {
    /// The kind of the change.
    pub kind: RustChangeKind,
    /// The path of the item in the crate, such as `types::SipUser::state`.
    pub item: String,
    /// Set if a program that compiled before may not compile now, by Cargo's rules for SemVer, or sends
    /// another token.
    pub breaking: bool,
    /// The new and the former value, such as `Option<String>, was String`.
    pub message: String,
}

/// A difference between two items of the same path.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) breaking: bool,
    pub(super) message: String,
}

impl Difference {
    pub(super) fn breaking(message: String) -> Self {
        Self {
            breaking: true,
            message,
        }
    }
}

/// The result of comparing an item in two APIs.
pub(super) struct Comparison {
    pub(super) kind: RustChangeKind,
    pub(super) differences: Vec<Difference>,
    /// Set if the items in this item are not compared.
    pub(super) is_whole: bool,
}

impl Comparison {
    /// Returns the changes of the item with this name.
    pub(super) fn changes(self, item: &str) -> impl Iterator<Item = RustChange> {
        let differences = self.differences.into_iter();
        differences.map(move |difference| RustChange {
            kind: self.kind,
            item: item.to_owned(),
            breaking: difference.breaking,
            message: difference.message,
        })
    }
}
