//! The impact of a change on clients, separately for requests and responses.

use crate::evidence::{Evidence, EvidenceId, EvidenceList};
use crate::inclusion::proof::Proof;
use crate::level::{Direction, Level};

/// The impact of a change on clients, as senders or as receivers.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
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
impl From<&Proof> for Impact {
    fn from(proof: &Proof) -> Self {
        match proof {
            Proof::Proved => Self::Additive,
            Proof::Refuted(_) => Self::Breaking,
            Proof::Unknown { .. } => Self::Unproven,
        }
    }
}

/// The proof about a schema around another one.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Around {
    /// No proof covers the schema inside.
    Unknown,
    /// No value is lost, whatever differs inside.
    Lossless,
    /// The same values are valid, whatever differs inside.
    Equal,
}

impl Around {
    /// Returns `true` if the proof shows that clients do not notice values that are lost or new inside.
    pub(crate) fn covers(self, inside: Impact) -> bool {
        match self {
            Self::Unknown => false,
            Self::Lossless => inside.is_loss(),
            Self::Equal => true,
        }
    }
}

/// An impact with the evidence for it, if there is some.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Judgement {
    pub(crate) impact: Impact,
    pub(crate) evidence: Option<EvidenceId>,
}

impl Judgement {
    /// Returns the impact of a proof. Its evidence is kept in a list.
    pub(crate) fn of(proof: Proof, list: &mut EvidenceList) -> Self {
        let impact = Impact::from(&proof);
        let evidence = match proof {
            Proof::Proved => None,
            Proof::Refuted(value) => Some(Evidence::Example(value)),
            Proof::Unknown { schema } => Some(Evidence::GaveUpAt(schema)),
        };
        let evidence = evidence.map(|evidence| list.add(evidence));
        Self { impact, evidence }
    }
}

impl From<Impact> for Judgement {
    fn from(impact: Impact) -> Self {
        let evidence = None;
        Self { impact, evidence }
    }
}

/// The impact of a change on clients that send the changed element, and on those that receive it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Compatibility {
    pub(crate) request: Impact,
    pub(crate) response: Impact,
    /// The evidence for the impact on requests and on responses.
    evidence: [Option<EvidenceId>; 2],
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
        Self {
            request,
            response,
            evidence: [None, None],
        }
    }

    /// Returns the compatibility of valid values. It is documentation if no value is lost in either
    /// direction, because the same values are valid then.
    pub(crate) fn of_values(request: impl Into<Judgement>, response: impl Into<Judgement>) -> Self {
        let (request, response) = (request.into(), response.into());
        match (request.impact, response.impact) {
            (Impact::Additive, Impact::Additive) => Self::DOCUMENTATION,
            _ => Self::judged(request, response),
        }
    }

    /// Returns the compatibility of two impacts with their evidence.
    pub(crate) fn judged(request: impl Into<Judgement>, response: impl Into<Judgement>) -> Self {
        let (request, response) = (request.into(), response.into());
        Self {
            evidence: [request.evidence, response.evidence],
            ..Self::new(request.impact, response.impact)
        }
    }

    /// Removes the impact on senders of an element that is never sent, and on receivers of one that
    /// is never received.
    pub(crate) fn limited_to(self, sent: bool, received: bool) -> Self {
        let limited = |applies, judgement| match applies {
            true => judgement,
            false => Judgement::from(Impact::None),
        };
        let [for_request, for_response] = self.evidence;
        let request = Judgement {
            impact: self.request,
            evidence: for_request,
        };
        let response = Judgement {
            impact: self.response,
            evidence: for_response,
        };
        Self::judged(limited(sent, request), limited(received, response))
    }

    /// Returns the evidence for the impact on messages of a direction.
    pub(crate) fn evidence(self, direction: Direction) -> Option<EvidenceId> {
        let [request, response] = self.evidence;
        match direction {
            Direction::Request => request,
            Direction::Response => response,
            // A value that is lost in responses shows nothing about requests.
            Direction::Both if self.request.is_loss() => request,
            Direction::Both => response,
            Direction::Metadata => None,
        }
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
