//! The items of a public API.

use std::collections::BTreeMap;

use super::change::{Comparison, Difference, RustChangeKind};
use super::data::Data;
use super::implementation::Implementation;
use super::signature::Function;
use super::text::{contrast, short};

/// All items of a public API.
pub(super) type Items = BTreeMap<Key, Item>;

/// The identity of an item. In this order, an item stands after the items that it is in.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Key {
    pub(super) space: Space,
    /// The path from the root of the crate, or the header of an implementation.
    pub(super) path: String,
}

impl Key {
    pub(super) fn new(space: Space, path: impl Into<String>) -> Self {
        let path = path.into();
        Self { space, path }
    }
}

/// A namespace: a field and a method can have the same path.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Space {
    /// Modules, structs and enums.
    Type,
    Function,
    /// Fields and variants.
    Member,
    Implementation,
}

/// An item.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Item {
    /// The name for reviewers: `types::SipUser::state`, `impl Default for types::SipUser`.
    pub(super) name: String,
    /// The path of the item, or the paths of the items that an implementation names.
    pub(super) paths: Vec<String>,
    /// The code that declares the item, without the items in it.
    pub(super) declaration: String,
    pub(super) kind: Kind,
}

/// The kind of an item, with all that is compared.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Module,
    /// A struct or an enum.
    Type(Data),
    Variant(Data),
    /// A field, with its type.
    Field(String),
    Function(Function),
    Implementation(Implementation),
    /// The token that `Client::builder` takes, with its header.
    TokenOf(String),
}

impl Item {
    pub(super) fn new(path: String, declaration: String, kind: Kind) -> Self {
        Self {
            name: path.clone(),
            paths: vec![path],
            declaration,
            kind,
        }
    }

    pub(super) fn removed(&self) -> Comparison {
        let message = format!("was {}", short(&self.declaration));
        whole(RustChangeKind::Removed, true, message)
    }

    /// Compares a new item, in this type if it is a field or a variant.
    pub(super) fn added(&self, parent: Option<&Self>) -> Comparison {
        let breaking = parent.is_some_and(|parent| parent.is_broken_by(self));
        whole(RustChangeKind::Added, breaking, short(&self.declaration))
    }

    pub(super) fn compare(&self, head: &Self) -> Comparison {
        let another = |was, is| whole(RustChangeKind::Changed, true, contrast(was, is));
        let (was, is) = (&self.declaration, &head.declaration);
        let differences = match (&self.kind, &head.kind) {
            (Kind::Module, Kind::Module) => Vec::new(),
            (Kind::Type(base), Kind::Type(head)) if was == is => {
                if base.is_reshaped(head) {
                    return another(&base.shape, &head.shape);
                }
                base.differences(head)
            }
            (Kind::Variant(base), Kind::Variant(head)) if !base.is_reshaped(head) => {
                base.differences(head)
            }
            (Kind::Field(was), Kind::Field(is)) if was == is => Vec::new(),
            (Kind::Field(was), Kind::Field(is)) => vec![Difference::breaking(contrast(was, is))],
            (Kind::Function(base), Kind::Function(head)) => {
                base.difference(head).into_iter().collect()
            }
            (Kind::Implementation(base), Kind::Implementation(head)) => base.differences(head),
            (Kind::TokenOf(was), Kind::TokenOf(is)) if was == is => Vec::new(),
            (Kind::TokenOf(was), Kind::TokenOf(is)) => vec![Difference::breaking(format!(
                "takes the token for the header `{is}`, was the one for `{was}`"
            ))],
            _ => return another(was, is),
        };
        Comparison {
            kind: RustChangeKind::Changed,
            differences,
            is_whole: false,
        }
    }

    /// Returns `true` if a new field or variant in this type breaks programs.
    fn is_broken_by(&self, member: &Self) -> bool {
        match (&self.kind, &member.kind) {
            (Kind::Type(data) | Kind::Variant(data), Kind::Variant(member)) => {
                data.is_broken_by(Some(member))
            }
            (Kind::Type(data) | Kind::Variant(data), _) => data.is_broken_by(None),
            _ => false,
        }
    }
}

/// A single difference, of an item that is new, removed or another altogether.
fn whole(kind: RustChangeKind, breaking: bool, message: String) -> Comparison {
    Comparison {
        kind,
        differences: vec![Difference { breaking, message }],
        is_whole: true,
    }
}
