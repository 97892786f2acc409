//! Differences between two corresponding elements, before it is known which operations they affect.

use openapi_tree::Pointer;
use serde_json::Value;

use crate::change_id::ChangeId;
use crate::compatibility::Compatibility;
use crate::dialect::remove_folded;
use crate::element::{Element, Pair};
use crate::level::ChangeKind;

/// A difference between two corresponding elements.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(crate) compatibility: Compatibility,
    pub(crate) kind: ChangeKind,
    pub(crate) key: DifferenceKey,
}

/// The part of a difference that tells it from others. An element that is shared with `allOf` is
/// found in several places with the same key.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct DifferenceKey {
    pub(crate) id: ChangeId,
    pub(crate) base: Pointer,
    pub(crate) head: Pointer,
    pub(crate) subject: String,
    pub(crate) name: Option<String>,
    pub(crate) old: Option<Value>,
    pub(crate) new: Option<Value>,
}

impl Difference {
    /// Creates a difference between two places.
    pub(crate) fn between(id: ChangeId, kind: ChangeKind, base: &Pointer, head: &Pointer) -> Self {
        let key = DifferenceKey {
            id,
            base: base.clone(),
            head: head.clone(),
            subject: String::new(),
            name: None,
            old: None,
            new: None,
        };
        Self {
            compatibility: id.compatibility(),
            kind,
            key,
        }
    }

    /// Returns `true` if values are lost or new, and nothing else. A proof about a schema around it can
    /// show that other alternatives make up for them.
    pub(crate) fn is_about_values(&self) -> bool {
        use ChangeId::{EnumChanged, LimitChanged, NullAllowed, NullForbidden, PatternChanged};
        use ChangeId::{ItemsConstrained, ItemsUnconstrained, NotAdded, NotChanged, NotRemoved};
        use ChangeId::{PropertyBecameOptional, PropertyBecameRequired, TypeChanged};
        let counts_properties = || {
            let name = self.key.name.as_deref();
            let values = [&self.key.old, &self.key.new].into_iter().flatten();
            let mut texts = values.map(Value::to_string);
            name.is_none_or(|name| name.ends_with("Properties"))
                || texts.any(|text| text.contains("Properties"))
        };
        match self.key.id {
            EnumChanged | NullAllowed | NullForbidden | PatternChanged | TypeChanged => true,
            ItemsConstrained | ItemsUnconstrained | NotAdded | NotChanged | NotRemoved => true,
            PropertyBecameOptional | PropertyBecameRequired => true,
            LimitChanged => !counts_properties(),
            _ => false,
        }
    }

    /// Sets the compatibility if it is not that of the id.
    pub(crate) fn with(mut self, compatibility: Compatibility) -> Self {
        self.compatibility = compatibility;
        self
    }

    /// Creates a difference of an element that both revisions have.
    pub(crate) fn changed(id: ChangeId, base: &Element<'_>, head: &Element<'_>) -> Self {
        Self::between(id, ChangeKind::Changed, &base.pointer, &head.pointer)
    }

    /// Creates a difference of an element that was added to a parent.
    pub(crate) fn added(id: ChangeId, parent: &Element<'_>, added: &Element<'_>) -> Self {
        Self::between(id, ChangeKind::Added, &parent.pointer, &added.pointer)
    }

    /// Creates a difference of an element that was removed from a parent.
    pub(crate) fn removed(id: ChangeId, removed: &Element<'_>, parent: &Element<'_>) -> Self {
        Self::between(id, ChangeKind::Removed, &removed.pointer, &parent.pointer)
    }

    /// Creates a difference of a keyword.
    pub(crate) fn of_keyword(id: ChangeId, pair: &Pair<'_>, keyword: &str) -> Self {
        let kind = match (pair.base.has(keyword), pair.head.has(keyword)) {
            (true, false) => ChangeKind::Removed,
            (false, true) => ChangeKind::Added,
            // A keyword that neither has still has a default, which depends on others.
            _ => ChangeKind::Changed,
        };
        let base = pair.base.pointer.child(keyword);
        let head = pair.head.pointer.child(keyword);
        Self::between(id, kind, &base, &head)
    }

    /// Sets the element that changed or whose part changed, in words.
    pub(crate) fn of(mut self, subject: &(impl ToString + ?Sized)) -> Self {
        self.key.subject = subject.to_string();
        self
    }

    /// Sets the name of the part that changed.
    pub(crate) fn named(mut self, name: impl Into<String>) -> Self {
        self.key.name = Some(name.into());
        self
    }

    /// Sets the older and the newer value.
    pub(crate) fn values(
        mut self,
        old: Option<impl Into<Value>>,
        new: Option<impl Into<Value>>,
    ) -> Self {
        self.key.old = old.map(Into::into);
        self.key.new = new.map(Into::into);
        let values = [&mut self.key.old, &mut self.key.new];
        values.into_iter().flatten().for_each(remove_folded);
        self
    }
}
