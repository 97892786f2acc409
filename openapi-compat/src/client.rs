//! The comparison of clients that are generated from the two revisions.

use crate::change::ChangeKind;

/// The comparison of clients that are generated from the two revisions.
///
/// This crate generates no client and knows no programming language. The caller compares the
/// clients, and the report includes the result.
///
/// ```
/// use openapi_compat::{ChangeKind, ClientChange, ClientComparison, ClientOutcome};
///
/// let comparison = ClientComparison {
///     language: "Rust".to_owned(),
///     outcome: ClientOutcome::Compared(vec![ClientChange {
///         kind: ChangeKind::Changed,
///         item: "types::SipUser::state".to_owned(),
///         breaking: true,
///         derived: false,
///         message: "`Option<String>`, was `String`".to_owned(),
///     }]),
/// };
/// assert_eq!(comparison.changes().len(), 1);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClientComparison {
    /// The programming language, such as `Rust`. Its lower-case form is a key in JSON.
    pub language: String,
    /// The result.
    pub outcome: ClientOutcome,
}

/// The result of the comparison of two clients.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ClientOutcome {
    /// Both clients were generated and compared.
    Compared(Vec<ClientChange>),
    /// A client cannot be generated. The sentence names the revision and the reason.
    NotCompared(String),
}

/// A difference between the public APIs of two generated clients.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ClientChange {
    /// The kind of the change.
    pub kind: ChangeKind,
    /// The path of the item, such as `types::SipUser::state`.
    pub item: String,
    /// `true` if a program that uses the base might not compile or work with the head.
    pub breaking: bool,
    /// `true` if the change follows from another one in the list: a change of a type causes a change
    /// of its builder. The changelog entry leaves it out.
    pub derived: bool,
    /// The new and the former item, such as `Option<String>, was String`. Empty if the kind says
    /// everything.
    pub message: String,
}

impl ClientComparison {
    /// Returns the differences, or none if the clients were not compared.
    pub fn changes(&self) -> &[ClientChange] {
        match &self.outcome {
            ClientOutcome::Compared(changes) => changes,
            ClientOutcome::NotCompared(_) => &[],
        }
    }
}
