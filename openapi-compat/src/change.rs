//! What a change is: its level, its direction, its place.

use std::fmt;

/// How much a change asks of those who use the API, the least first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// Nothing that is sent changes: texts, examples, names that are on no wire.
    Documentation,
    /// What worked before works as before, and something new does, too.
    Additive,
    /// Something that worked before may fail, or nobody can prove that it does not.
    Breaking,
}

/// Whom a change reaches: those who send, those who read what is sent back, or both.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Direction {
    /// What clients send.
    Request,
    /// What clients receive.
    Response,
    /// What clients send and receive.
    Both,
    /// What is on no wire.
    Metadata,
}

/// A place in a file.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The file, from the root of the repository where it is in one.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
}

/// A difference between two specs that is one to whoever talks to the service.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct WireChange {
    /// How much it asks of those who use the API.
    pub level: Level,
    /// Whom it reaches.
    pub direction: Direction,
    /// The operations that it reaches, such as `GET /app/group`, in the order of the spec;
    /// empty where it is about the API as a whole.
    pub operations: Vec<String>,
    /// Where it is as a JSON pointer (RFC 6901): into the newer spec, and of what is gone into
    /// the older one.
    pub pointer: String,
    /// The line in the older spec; of what is new, the line of what it was added to.
    pub base: Place,
    /// The line in the newer spec; of what is gone, the line of what it was taken from.
    pub head: Place,
    /// One sentence: what was, what is, and who notices. Without a full stop at the end.
    pub message: String,
}

/// What became of an item of the generated code.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is another.
    Changed,
}

/// A difference between the public faces of the code that two specs yield.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ClientChange {
    /// What became of the item.
    pub kind: ChangeKind,
    /// The path of the item in the crate, such as `types::SipUser::state`.
    pub item: String,
    /// Whether a program that compiled against the former code may not compile against the new
    /// one, by Cargo's rules for SemVer, or sends another token than before.
    pub breaking: bool,
    /// What was and what is, such as `Option<String>, was String`.
    pub message: String,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Documentation => "documentation",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        })
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Both => "both",
            Self::Metadata => "metadata",
        })
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        })
    }
}
