//! Classifications of a change: level, direction and kind.

/// The impact of a change on existing clients, the least serious first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// No request or response changes: descriptions, examples, names that are not transmitted.
    Documentation,
    /// Existing clients keep working, and something new is possible.
    Additive,
    /// Existing clients may fail, or there is no proof that they keep working.
    Breaking,
}

/// The messages that a change affects.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Direction {
    /// Messages from clients to the server.
    Request,
    /// Messages from the server to clients.
    Response,
    /// Messages in both directions.
    Both,
    /// No messages.
    Metadata,
}

/// The revisions in which the changed element exists.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ChangeKind {
    /// Only the head revision has the element.
    Added,
    /// Only the base revision has the element.
    Removed,
    /// Both revisions have the element.
    Changed,
}

/// Shows the values of enumerations as their names in lower case.
macro_rules! show_in_lower_case {
    ($($type:ident),*) => {
        $(impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&format!("{self:?}").to_lowercase())
            }
        })*
    };
}
pub(crate) use show_in_lower_case;

show_in_lower_case!(Level, Direction, ChangeKind);
