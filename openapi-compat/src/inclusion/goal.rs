//! The goals of a search, and what is known about them.

use super::doubt::Attempt;
use super::part::{Parts, Place};

/// A schema, or none for the proof that there are no values, and a conjunction.
pub(super) type Goal<'a> = (Option<Place<'a>>, Parts<'a>);

/// A goal that is being proved.
#[derive(Debug)]
pub(super) struct Frame {
    /// The number of properties and items around it.
    pub(super) level: usize,
    /// The outermost goal that was assumed.
    pub(super) assumes: usize,
}

/// The result of a goal.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub(super) attempt: Attempt<'a>,
    /// The outermost running goal that was assumed.
    pub(super) assumes: usize,
    /// The number of properties and items around it.
    pub(super) level: usize,
}

/// The number of no goal: nothing is assumed.
pub(super) const NOTHING: usize = usize::MAX;
