//! Changes as data: id, level, direction, places and values.

use openapi_tree::Pointer;
use serde_json::Value;

use crate::change_id::ChangeId;
pub use crate::level::{ChangeKind, Direction, Level};
use crate::operations::Operations;

/// A place in a revision.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The JSON pointer into the merged document.
    pub pointer: Pointer,
    /// The path of the file, as it was given when the document was loaded.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
}

/// A difference between two documents that concerns a client or a reader of the API.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Change {
    /// The type of the change.
    pub id: ChangeId,
    /// The kind of the change.
    pub kind: ChangeKind,
    /// The impact on existing clients.
    pub level: Level,
    /// The level that the comparison found, if the caller set another one
    /// ([`Policy::levels`](crate::Policy::levels)).
    pub found_level: Option<Level>,
    /// `false` if the level is [`Level::Breaking`] because neither a proof of compatibility nor a
    /// counterexample was found.
    pub proven: bool,
    /// The messages that are affected.
    pub direction: Direction,
    /// The operations that are affected, such as `GET /app/group`, in the order of the document.
    /// Empty for a change of the API as a whole.
    pub operations: Operations,
    /// The place in the base revision. For an added element, the place of its parent.
    pub base: Place,
    /// The place in the head revision. For a removed element, the place of its parent.
    pub head: Place,
    /// The element that changed or whose part changed, in words: a schema path such as
    /// `` `User.name` in the request body ``, or a name such as ``the query parameter `limit` ``.
    pub subject: String,
    /// The name of the part that changed, such as a keyword or a media type.
    pub name: Option<String>,
    /// The value in the base revision. For listed values, those that the head revision lacks.
    pub old: Option<Value>,
    /// The value in the head revision. For listed values, those that the base revision lacks.
    pub new: Option<Value>,
    /// A value that shows the break: a request that is refused, or a response that existing clients
    /// do not know. `None` if the level is not [`Level::Breaking`] or no such value was sought.
    pub example: Option<Value>,
    /// The name of the schema at which the proof was given up, if the change is not proven.
    pub unproven_schema: Option<String>,
}

impl Change {
    /// Returns the pointer to the changed element: into the base revision if the element was
    /// removed, and otherwise into the head revision.
    pub fn pointer(&self) -> &Pointer {
        match self.kind {
            ChangeKind::Removed => &self.base.pointer,
            ChangeKind::Added | ChangeKind::Changed => &self.head.pointer,
        }
    }
}
