//! The style of text for people.

/// The style of rendered text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Style {
    /// Without colours, for files, pipes and tests.
    Plain,
    /// With ANSI colours, for terminals.
    Ansi,
}
