//! The changes that were found.

use super::{RustChange, RustChangeKind};

/// The changes that were found, each with the path by which it is ordered.
#[derive(Default)]
pub(super) struct Changes(Vec<(String, RustChange)>);

impl Changes {
    /// An item that is new, as it is declared.
    pub(super) fn added(&mut self, item: &str, breaking: bool, declaration: String) {
        self.push(item, item, RustChangeKind::Added, breaking, declaration);
    }

    /// An item that is gone, as it was declared.
    pub(super) fn removed(&mut self, item: &str, declaration: &str) {
        let message = format!("was {declaration}");
        self.push(item, item, RustChangeKind::Removed, true, message);
    }

    pub(super) fn changed(&mut self, item: &str, breaking: bool, message: String) {
        self.push(item, item, RustChangeKind::Changed, breaking, message);
    }

    pub(super) fn breaking(&mut self, item: &str, message: String) {
        self.changed(item, true, message);
    }

    pub(super) fn compatible(&mut self, item: &str, message: String) {
        self.changed(item, false, message);
    }

    /// Takes over changes of what belongs to `owner` and is ordered with it.
    pub(super) fn extend_of(&mut self, owner: &str, changes: Self) {
        let changes = changes.0.into_iter();
        self.0
            .extend(changes.map(|(_, change)| (owner.to_owned(), change)));
    }

    fn push(
        &mut self,
        order: &str,
        item: &str,
        kind: RustChangeKind,
        breaking: bool,
        message: String,
    ) {
        let change = RustChange {
            kind,
            item: item.to_owned(),
            breaking,
            message,
        };
        self.0.push((order.to_owned(), change));
    }

    /// What breaks first, then by path.
    pub(super) fn sorted(mut self) -> Vec<RustChange> {
        self.0.sort_by(|(a_order, a), (b_order, b)| {
            let key = |order, change: &RustChange| {
                (!change.breaking, order, change.item.clone(), change.kind)
            };
            key(a_order.clone(), a)
                .cmp(&key(b_order.clone(), b))
                .then_with(|| a.message.cmp(&b.message))
        });
        self.0.into_iter().map(|(_, change)| change).collect()
    }
}
