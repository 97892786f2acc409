//! Structs, enums and variants: their form, and the programs that may construct or match them.

use std::collections::BTreeSet;

use super::change::Difference;
use super::text::contrast;

/// The form of a struct, an enum or a variant. Its fields and variants are items of their own.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Data {
    pub(super) is_non_exhaustive: bool,
    pub(super) has_private: bool,
    /// Set for a variant without fields, and for an enum that has only such variants: `as` casts it.
    pub(super) is_number: bool,
    /// The opening bracket of the fields, if there is one.
    pub(super) bracket: &'static str,
    /// The names of the public fields.
    pub(super) names: BTreeSet<String>,
    /// `S { a: u8, .. }`.
    pub(super) shape: String,
}

impl Data {
    /// Returns `true` if users can construct it, and match all its fields or variants.
    fn is_open(&self) -> bool {
        !self.has_private && !self.is_non_exhaustive
    }

    /// Returns `true` if a new field or variant breaks programs that construct, match or cast it.
    pub(super) fn is_broken_by(&self, member: Option<&Self>) -> bool {
        let is_number = member.is_some_and(|member| member.is_number);
        self.is_open() || (self.is_number && !is_number)
    }

    /// Returns `true` if users who construct it must write its fields in another form.
    pub(super) fn is_reshaped(&self, head: &Self) -> bool {
        self.is_open() && self.bracket != head.bracket
    }

    pub(super) fn differences(&self, head: &Self) -> Vec<Difference> {
        let mut differences = Vec::new();
        if self.is_non_exhaustive != head.is_non_exhaustive {
            let message = match head.is_non_exhaustive {
                true => "#[non_exhaustive], was exhaustive",
                false => "exhaustive, was #[non_exhaustive]",
            };
            let breaking = self.is_open() && !head.is_open();
            differences.push(Difference::new(breaking, message.to_owned()));
        }
        // If the public fields differ, their changes show it.
        if self.has_private != head.has_private && self.names == head.names {
            let message = contrast(&self.shape, &head.shape);
            differences.push(Difference::new(self.is_open(), message));
        }
        differences
    }
}
