//! Changes of the public API of a client that is generated from the document.

use crate::change::ChangeKind;

/// A difference between the public APIs of two generated clients.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ClientChange {
    /// The kind of the change.
    pub kind: ChangeKind,
    /// The path of the item in the client, such as `types::SipUser::state`.
    pub item: String,
    /// `true` if a program that compiled against the former client may not compile against the
    /// new one.
    pub breaking: bool,
    /// The former and the new item, such as `Option<String>, was String`.
    pub message: String,
    /// `true` if the change follows from another one in the list, so that a changelog can omit it.
    pub derived: bool,
}

/// The comparison of the clients that are generated from both revisions.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClientComparison {
    /// The programming language of the client, such as `Rust`.
    pub language: String,
    /// The outcome.
    pub outcome: ClientOutcome,
}

/// The outcome of a comparison of generated clients.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ClientOutcome {
    /// Both clients were generated and compared.
    Compared(Vec<ClientChange>),
    /// A client could not be generated. The sentence names the revision and the reason.
    NotCompared(String),
}

impl ClientComparison {
    /// Returns the differences, or none if a client could not be generated.
    pub fn changes(&self) -> &[ClientChange] {
        match &self.outcome {
            ClientOutcome::Compared(changes) => changes,
            ClientOutcome::NotCompared(_) => &[],
        }
    }
}
