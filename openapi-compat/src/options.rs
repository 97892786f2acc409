//! The settings of a comparison.

/// The settings of a comparison.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Options {
    /// The extensions of operations (`x-`) that clients act on. A change of one is additive, while
    /// a change of any other extension is documentation.
    pub behavioural_extensions: Vec<String>,
}
