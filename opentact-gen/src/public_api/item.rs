//! The items of a public API.

use std::collections::BTreeMap;

use super::change::{Difference, RustChangeKind};
use super::data::Data;
use super::features::{self, Features};
use super::implementation::Implementation;
use super::signature::Function;
use super::text::{contrast, short};

/// All items of a public API. An item stands after the items that it is in.
pub(super) type Items = BTreeMap<Key, Item>;

/// The identity of an item: its namespace, and its path from the root of the crate or the header of
/// the implementation.
pub(super) type Key = (Space, String);

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
    /// The features of which one enables it. Empty for an item that follows from another one.
    pub(super) features: Features,
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
}

impl Kind {
    pub(super) fn space(&self) -> Space {
        match self {
            Self::Module | Self::Type(_) => Space::Type,
            Self::Function(_) => Space::Function,
            Self::Variant(_) | Self::Field(_) => Space::Member,
            Self::Implementation(_) => Space::Implementation,
        }
    }
}

impl Item {
    pub(super) fn removed(&self) -> Difference {
        let message = format!("was {}", short(&self.declaration));
        Difference::whole(RustChangeKind::Removed, true, message)
    }

    /// Compares a new item, in this type if it is a field or a variant.
    pub(super) fn added(&self, parent: Option<&Self>) -> Difference {
        let breaking = parent.is_some_and(|parent| parent.is_broken_by(self));
        Difference::whole(RustChangeKind::Added, breaking, short(&self.declaration))
    }

    pub(super) fn differences(&self, head: &Self) -> Vec<Difference> {
        let mut differences = self.differences_of_kind(head);
        if !differences.iter().any(|difference| difference.is_whole) {
            differences.extend(features::difference(&self.features, &head.features));
        }
        differences
    }

    fn differences_of_kind(&self, head: &Self) -> Vec<Difference> {
        let another = |was, is| {
            let message = contrast(was, is);
            vec![Difference::whole(RustChangeKind::Changed, true, message)]
        };
        let changed = |message| vec![Difference::new(true, message)];
        let (was, is) = (&self.declaration, &head.declaration);
        match (&self.kind, &head.kind) {
            (Kind::Module, Kind::Module) => Vec::new(),
            (Kind::Type(base), Kind::Type(head)) if was == is => match base.is_reshaped(head) {
                true => another(&base.shape, &head.shape),
                false => base.differences(head),
            },
            (Kind::Variant(base), Kind::Variant(head)) if !base.is_reshaped(head) => {
                base.differences(head)
            }
            (Kind::Field(was), Kind::Field(is)) if was == is => Vec::new(),
            (Kind::Field(was), Kind::Field(is)) => changed(contrast(was, is)),
            (Kind::Function(base), Kind::Function(head)) => {
                base.difference(head).into_iter().collect()
            }
            (Kind::Implementation(base), Kind::Implementation(head)) => base.differences(head),
            _ => another(was, is),
        }
    }

    /// Returns `true` if a new field or variant in this type breaks programs.
    fn is_broken_by(&self, member: &Self) -> bool {
        let (Kind::Type(data) | Kind::Variant(data)) = &self.kind else {
            return false;
        };
        data.is_broken_by(match &member.kind {
            Kind::Variant(member) => Some(member),
            _ => None,
        })
    }
}
