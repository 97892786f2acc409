//! The types of changes. Their names are stable.

use std::fmt;

/// Declares the ids, each with its name.
macro_rules! change_ids {
    ($($(#[$doc:meta])* $id:ident = $name:literal,)*) => {
        /// The type of a change. [`ChangeId::as_str`] is its stable name.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum ChangeId {
            $($(#[$doc])* $id,)*
        }

        impl ChangeId {
            /// All ids.
            pub const ALL: &[Self] = &[$(Self::$id,)*];

            /// Returns the stable name, such as `property-became-required`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$id => $name,)*
                }
            }
        }
    };
}

change_ids! {
    /// A description, example, extension or other annotation changed.
    AnnotationChanged = "annotation-changed",
    /// An element became deprecated.
    Deprecated = "deprecated",
}

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
