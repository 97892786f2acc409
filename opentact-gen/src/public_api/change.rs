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
    /// Set if a program that compiled before might no longer compile, by Cargo's rules for SemVer, or
    /// sends another token.
    pub breaking: bool,
    /// The new and the former value, such as `Option<String>, was String`.
    pub message: String,
}

/// A difference of an item between two APIs.
pub(super) struct Difference {
    pub(super) kind: RustChangeKind,
    pub(super) breaking: bool,
    pub(super) message: String,
    /// Set if the items in this item are not compared.
    pub(super) is_whole: bool,
}

impl Difference {
    /// Makes a difference of an item that is otherwise the same.
    pub(super) fn new(breaking: bool, message: String) -> Self {
        Self {
            is_whole: false,
            ..Self::whole(RustChangeKind::Changed, breaking, message)
        }
    }

    /// Makes the only difference of an item that is new, removed or entirely different.
    pub(super) fn whole(kind: RustChangeKind, breaking: bool, message: String) -> Self {
        Self {
            kind,
            breaking,
            message,
            is_whole: true,
        }
    }
}
