//! The impact of a change on clients, separately for requests and responses.

use crate::inclusion::Inclusion;
use crate::level::{Direction, Level};

/// The impact of a change on clients, as senders or as receivers.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Impact {
    /// The clients do not notice the change.
    None,
    /// Something new is possible.
    Additive,
    /// There is neither a proof that clients keep working nor a counterexample.
    Unproven,
    /// Clients may fail.
    Breaking,
}

impl Impact {
    /// Returns the level of a change with this impact.
    pub(crate) fn level(self) -> Level {
        match self {
            Self::None => Level::Documentation,
            Self::Additive => Level::Additive,
            Self::Unproven | Self::Breaking => Level::Breaking,
        }
    }

    /// Returns `true` if clients may fail or there is no proof that they keep working.
    pub(crate) fn is_loss(self) -> bool {
        matches!(self, Self::Unproven | Self::Breaking)
    }
}

/// The impact of values that replace others. `Proved` means that no value is lost.
impl From<Inclusion> for Impact {
    fn from(inclusion: Inclusion) -> Self {
        match inclusion {
            Inclusion::Proved => Self::Additive,
            Inclusion::Refuted => Self::Breaking,
            Inclusion::Unknown => Self::Unproven,
        }
    }
}

/// The impact of a change on clients that send the changed element, and on those that receive it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Compatibility {
    pub(crate) request: Impact,
    pub(crate) response: Impact,
}

impl Compatibility {
    /// A change of texts, examples or names that are not transmitted.
    pub(crate) const DOCUMENTATION: Self = Self::new(Impact::None, Impact::None);
    /// More values are valid.
    pub(crate) const WIDER: Self = Self::new(Impact::Additive, Impact::Breaking);
    /// Fewer values are valid.
    pub(crate) const NARROWER: Self = Self::new(Impact::Breaking, Impact::Additive);
    /// An addition that clients can ignore.
    pub(crate) const ADDITIVE: Self = Self::new(Impact::Additive, Impact::Additive);
    /// A change that clients must follow.
    pub(crate) const BREAKING: Self = Self::new(Impact::Breaking, Impact::Breaking);
    /// A change that only clients that send the element must follow.
    pub(crate) const REQUEST_BREAKING: Self = Self::new(Impact::Breaking, Impact::None);
    /// A change with unknown consequences.
    pub(crate) const UNPROVEN: Self = Self::new(Impact::Unproven, Impact::Unproven);

    pub(crate) const fn new(request: Impact, response: Impact) -> Self {
        Self { request, response }
    }

    /// Returns the compatibility of valid values. It is documentation if no value is lost in either
    /// direction, because the same values are valid then.
    pub(crate) fn of_values(request: impl Into<Impact>, response: impl Into<Impact>) -> Self {
        match (request.into(), response.into()) {
            (Impact::Additive, Impact::Additive) => Self::DOCUMENTATION,
            (request, response) => Self::new(request, response),
        }
    }

    /// Removes the impact on senders of an element that is never sent, and on receivers of one that
    /// is never received.
    pub(crate) fn limited_to(self, sent: bool, received: bool) -> Self {
        let limited = |applies, impact| if applies { impact } else { Impact::None };
        Self::new(
            limited(sent, self.request),
            limited(received, self.response),
        )
    }

    /// Returns the impact on messages of a direction.
    pub(crate) fn impact(self, direction: Direction) -> Impact {
        match direction {
            Direction::Request => self.request,
            Direction::Response => self.response,
            Direction::Both => self.request.max(self.response),
            Direction::Metadata => Impact::None,
        }
    }
}
