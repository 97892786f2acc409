//! The sections of a report, in the order in which clients are affected.

use crate::change::{Change, Direction, Level};
use crate::change_id::ChangeId;

/// A section of a report. Those whose clients fail first come first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum Section {
    /// The server may refuse requests, or no longer understand them.
    Requests,
    /// Clients may fail to read responses.
    Responses,
    /// Messages stay readable, but have another result.
    Results,
    /// Existing clients keep working.
    Additive,
    /// A keyword changed that has no effect where it stands.
    Warning,
    /// No message changes.
    Documentation,
}

impl Section {
    pub(super) const ALL: [Self; 6] = [
        Self::Requests,
        Self::Responses,
        Self::Results,
        Self::Additive,
        Self::Warning,
        Self::Documentation,
    ];

    /// Returns the section of a change. A removed operation refuses requests. A change in both
    /// directions is listed with the requests, because they fail first.
    pub(super) fn of(change: &Change) -> Self {
        match (change.level, change.direction) {
            (Level::Breaking, _) if has_another_result(change.id) => Self::Results,
            (Level::Breaking, Direction::Request | Direction::Both) => Self::Requests,
            (Level::Breaking, Direction::Response) => Self::Responses,
            (Level::Breaking, Direction::Metadata) => Self::Results,
            (Level::Additive, _) => Self::Additive,
            (Level::Documentation, _) if change.id.is_warning() => Self::Warning,
            (Level::Documentation, _) => Self::Documentation,
        }
    }

    /// Returns the heading of the section.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Requests => "Breaking, requests may be refused",
            Self::Responses => "Breaking, responses may be unreadable",
            Self::Results => "Breaking in another way",
            Self::Additive => "Additive",
            Self::Warning => "Warnings",
            Self::Documentation => "Documentation",
        }
    }

    /// Returns `true` if the changes of the section are breaking.
    pub(super) fn is_breaking(self) -> bool {
        self <= Self::Results
    }
}

/// The certainty that a breaking change makes messages fail, the highest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Certainty {
    /// An element was removed, was added, or became required.
    Element,
    /// Values of another type, or other listed values.
    Type,
    /// Values beyond a limit.
    Limit,
    /// Values of another format, which not every server validates.
    Format,
    /// There is no proof.
    Unproven,
}

impl Certainty {
    /// Returns the certainty of proven changes of a type.
    pub(super) fn of(id: ChangeId) -> Self {
        use ChangeId as Id;
        match id {
            Id::TypeChanged
            | Id::NullForbidden
            | Id::NullableLostEffect
            | Id::EnumChanged
            | Id::SchemaReplaced
            | Id::CompositionReplaced
            | Id::CompositionChanged
            | Id::AlternativeAdded
            | Id::AlternativeRemoved
            | Id::AlternativesOverlap
            | Id::NotAdded
            | Id::NotChanged => Self::Type,
            Id::LimitChanged | Id::PatternChanged => Self::Limit,
            Id::FormatChanged => Self::Format,
            _ => Self::Element,
        }
    }
}

/// Returns `true` if a breaking change of this type makes no message invalid.
fn has_another_result(id: ChangeId) -> bool {
    matches!(
        id,
        ChangeId::DefaultChanged
            | ChangeId::RequestBodyRemoved
            | ChangeId::CallbackRemoved
            | ChangeId::CallbackOperationRemoved
            | ChangeId::BehaviouralExtensionChanged
            | ChangeId::ContractExtensionChanged
            | ChangeId::ContractExtensionRemoved
    )
}
