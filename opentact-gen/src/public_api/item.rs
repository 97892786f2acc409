//! The items of a public API.

use std::collections::BTreeMap;

use super::change::Difference;
use super::data::Data;
use super::implementation::Implementation;
use super::signature::Function;
use super::text::contrast;

/// All items of a public API.
pub(super) type Items = BTreeMap<Key, Item>;

/// The identity of an item. In this order, an item stands after the items that it is in.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Key {
    pub(super) space: Space,
    /// The path from the root of the crate, or the header of an implementation.
    pub(super) path: String,
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
}

impl Item {
    /// Returns the differences from this item to `head`, and `true` if `head` is another item
    /// altogether: then the items in it are not compared.
    pub(super) fn compare(&self, head: &Self) -> (Vec<Difference>, bool) {
        let (was, is) = (&self.declaration, &head.declaration);
        let differences = match (&self.kind, &head.kind) {
            (Kind::Module, Kind::Module) => Vec::new(),
            (Kind::Type(base), Kind::Type(head)) if was == is && base.is_reshaped(head) => {
                let message = contrast(&base.shape, &head.shape);
                return (vec![Difference::breaking(message)], true);
            }
            (Kind::Type(base), Kind::Type(head)) if was == is => base.differences(head),
            (Kind::Variant(base), Kind::Variant(head)) if !base.is_reshaped(head) => {
                base.differences(head)
            }
            (Kind::Field(was), Kind::Field(is)) if was == is => Vec::new(),
            (Kind::Field(was), Kind::Field(is)) => vec![Difference::breaking(contrast(was, is))],
            (Kind::Function(base), Kind::Function(head)) => {
                base.difference(head).into_iter().collect()
            }
            (Kind::Implementation(base), Kind::Implementation(head)) => base.differences(head),
            _ => return (vec![Difference::breaking(contrast(was, is))], true),
        };
        (differences, false)
    }

    /// Returns `true` if a new field or variant in this type breaks programs.
    pub(super) fn is_broken_by(&self, member: &Self) -> bool {
        match (&self.kind, &member.kind) {
            (Kind::Type(data) | Kind::Variant(data), Kind::Variant(member)) => {
                data.is_broken_by(Some(member))
            }
            (Kind::Type(data) | Kind::Variant(data), _) => data.is_broken_by(None),
            _ => false,
        }
    }
}
