//! What a change is to those who send and to those who receive.

use openapi_tree::Pointer;

use crate::change::{Direction, Level};
use crate::revision::At;

/// Which way what a unit describes goes, seen from the unit that leads to it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Way {
    Request,
    Response,
}

impl Way {
    pub(crate) fn back(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
        }
    }
}

/// What a change is to those on one side of the wire.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Outcome {
    /// Nothing.
    Same,
    /// Something more works.
    Additive,
    /// No proof was found that what worked still does, and no example that does not.
    Unproven,
    /// Something may fail.
    Breaking,
}

impl Outcome {
    pub(crate) fn level(self) -> Level {
        match self {
            Self::Same => Level::Documentation,
            Self::Additive => Level::Additive,
            Self::Unproven | Self::Breaking => Level::Breaking,
        }
    }
}

/// What a change is to those who send and to those who receive what it is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Effect {
    pub(crate) request: Outcome,
    pub(crate) response: Outcome,
}

impl Effect {
    /// A text, an example, a name: on no wire.
    pub(crate) const DOCUMENTATION: Self = Self::of(Outcome::Same, Outcome::Same);
    /// There are more values than before.
    pub(crate) const WIDER: Self = Self::of(Outcome::Additive, Outcome::Breaking);
    /// There are fewer values than before.
    pub(crate) const NARROWER: Self = Self::of(Outcome::Breaking, Outcome::Additive);
    /// Something new that nobody has to know.
    pub(crate) const ADDED: Self = Self::of(Outcome::Additive, Outcome::Additive);
    /// Something is not as it was.
    pub(crate) const OTHER: Self = Self::of(Outcome::Breaking, Outcome::Breaking);

    pub(crate) const fn of(request: Outcome, response: Outcome) -> Self {
        Self { request, response }
    }

    /// The same, but nothing to senders of what is not sent and to receivers of what is not received.
    pub(crate) fn limited_to(self, sent: bool, received: bool) -> Self {
        let there = |is_there, outcome| if is_there { outcome } else { Outcome::Same };
        Self::of(there(sent, self.request), there(received, self.response))
    }

    pub(crate) fn to(self, way: Way) -> Outcome {
        match way {
            Way::Request => self.request,
            Way::Response => self.response,
        }
    }
}

/// A change of a unit.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(crate) effect: Effect,
    /// Where it is in the older spec, or what it was added to.
    pub(crate) base: Pointer,
    /// Where it is in the newer spec, or what it was taken from.
    pub(crate) head: Pointer,
    /// Whether the part is gone, so that it is only in the older spec.
    pub(crate) gone: bool,
    /// What was and what is.
    pub(crate) what: String,
    /// Who notices, where the sentence does not say it yet.
    pub(crate) notice: Notice,
}

/// How a sentence goes on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Notice {
    /// It says who notices.
    Said,
    /// It is about values: whether they fit.
    OfValues,
    /// It is about something that is new.
    OfGain,
    /// It is about something that is gone.
    OfLoss,
}

impl Difference {
    /// A change of which nothing more has to be said.
    pub(crate) fn said(effect: Effect, base: &At<'_>, head: &At<'_>, what: String) -> Self {
        Self {
            effect,
            base: base.pointer.clone(),
            head: head.pointer.clone(),
            gone: false,
            what,
            notice: Notice::Said,
        }
    }

    /// One sentence: what was, what is, and who notices.
    pub(crate) fn sentence(&self, direction: Direction, outcome: Outcome) -> String {
        use Direction::{Request, Response};
        let notices = match (self.notice, direction, outcome) {
            (Notice::Said, ..) | (_, _, Outcome::Same) => return self.what.clone(),
            (Notice::OfGain, Request, Outcome::Additive) => "nobody has to send it",
            (Notice::OfGain, Response, Outcome::Additive) => {
                "clients that do not know it pass over it"
            }
            (Notice::OfGain, _, Outcome::Additive) => "nobody has to send it or to know it",
            (_, Request, Outcome::Additive) => "whatever was accepted still is",
            (_, Response, Outcome::Additive) => "clients receive nothing that they do not expect",
            (_, _, Outcome::Additive) => "whatever was fine still is",
            (_, Request, Outcome::Unproven) => {
                "no proof was found that what clients send is still accepted, so it counts as \
                     breaking"
            }
            (_, Response, Outcome::Unproven) => {
                "no proof was found that clients receive only what they expect, so it counts as \
                     breaking"
            }
            (_, _, Outcome::Unproven) => {
                "no proof was found that whatever was fine still is, so it counts as breaking"
            }
            (Notice::OfLoss, Request, _) => "clients that send it are not understood",
            (Notice::OfLoss, Response, _) => "clients that read it cannot rely on it",
            (Notice::OfLoss, ..) => "clients that send or read it cannot rely on it",
            (_, Request, _) => "what clients send may be refused",
            (_, Response, _) => "clients may receive what they do not expect",
            (..) => {
                "what clients send may be refused, and they may receive what they do not expect"
            }
        };
        format!("{}: {notices}", self.what)
    }
}
