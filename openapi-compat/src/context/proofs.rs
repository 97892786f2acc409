//! Proofs about schemas, for the comparison.

use serde_json::Value;

use super::{Context, Located};
use crate::compatibility::{Impact, Judgement};
use crate::element::{Element, Pair};
use crate::inclusion::Assertions;
use crate::inclusion::part::{Place, Side};
use crate::inclusion::proof::Proof;
use crate::level::Direction;
use crate::schema::compound::Compounds;

impl<'a> Context<'a> {
    /// Returns the proof that every value of `narrow` is valid against `wide`, in messages of a
    /// direction.
    pub(crate) fn includes(
        &self,
        wide: Located<'_, 'a>,
        narrow: Located<'_, 'a>,
        direction: Direction,
    ) -> Proof {
        let (place, narrow) = (self.place(wide), self.place(narrow));
        named(self.prover.includes(place, narrow, direction), wide.1)
    }

    /// Returns the proof that every value of the base schema is still a valid request.
    pub(crate) fn no_request_lost(&self, pair: &Pair<'a>) -> Proof {
        let (base, head) = ((&self.base, &pair.base), (&self.head, &pair.head));
        self.includes(head, base, Direction::Request)
    }

    /// Returns the proof that clients know every value of the head schema in a response.
    pub(crate) fn no_response_lost(&self, pair: &Pair<'a>) -> Proof {
        let (base, head) = ((&self.base, &pair.base), (&self.head, &pair.head));
        self.includes(base, head, Direction::Response)
    }

    /// Returns the proof that some assertions about the value itself allow all values that others
    /// allow.
    pub(crate) fn assertions_include(
        &self,
        wide: &Assertions<'a>,
        narrow: &Assertions<'a>,
        schema: &Element<'a>,
    ) -> Proof {
        let name = || schema.pointer.to_string();
        self.prover.assertions_include(wide, narrow, name)
    }

    /// Returns the proof that every value that the newer schema excludes was excluded before.
    pub(crate) fn excludes_no_more(
        &self,
        older: Located<'_, 'a>,
        newer: Located<'_, 'a>,
        direction: Direction,
    ) -> Proof {
        let places = (self.place(older), self.place(newer));
        let proof = self.prover.excludes_no_more(places.0, places.1, direction);
        named(proof, newer.1)
    }

    /// Returns `true` if two schemas have equal assertions, with references followed.
    pub(crate) fn are_same(&self, base: &Element<'a>, head: &Element<'a>) -> bool {
        let (base, head) = (
            self.place((&self.base, base)),
            self.place((&self.head, head)),
        );
        self.prover.are_same(base, head)
    }

    /// Returns the proof that every value is valid against a schema.
    pub(crate) fn allows_any_value(&self, schema: Located<'_, 'a>) -> Proof {
        named(
            self.prover.includes_everything(self.place(schema)),
            schema.1,
        )
    }

    /// Returns the proof that every value that matches some alternatives of `oneOf` matches one.
    pub(crate) fn has_exclusive_alternatives(&self, schema: Located<'_, 'a>) -> bool {
        let directions = [Direction::Request, Direction::Response].into_iter();
        let place = self.place(schema);
        let mut exclusive = directions.map(|to| self.prover.has_exclusive_alternatives(place, to));
        exclusive.all(|exclusive| exclusive)
    }

    /// Returns `true` if a schema of the head, or another one that its values must match, requires a
    /// property.
    pub(crate) fn requires(&self, schema: &Element<'a>, property: &str) -> bool {
        let compounds = self.compounds.get_or_init(|| Compounds::new(&self.head));
        compounds.requires(schema, property)
    }

    /// Returns the impact of a proof, and keeps its evidence for the report.
    pub(crate) fn judge(&self, proof: Proof) -> Judgement {
        Judgement::of(proof, &mut self.evidence.borrow_mut())
    }

    /// Returns the impact of a proof about assertions alone. A list or an object that it shows is no
    /// example, because nothing was known about items and properties. Neither is a long string, which
    /// says no more than the limit.
    pub(crate) fn judge_assertions(&self, proof: Proof) -> Judgement {
        const LONGEST: usize = 40;
        let is_example = match &proof {
            Proof::Refuted(Value::Array(_) | Value::Object(_)) => false,
            Proof::Refuted(Value::String(text)) => text.len() <= LONGEST,
            _ => true,
        };
        match is_example {
            true => self.judge(proof),
            false => Impact::from(&proof).into(),
        }
    }

    fn place(&self, (document, schema): Located<'_, 'a>) -> Place<'a> {
        let side = match std::ptr::eq(document, &raw const self.base) {
            true => Side::Base,
            false => Side::Head,
        };
        Place::new(side, schema.node)
    }
}

/// Returns a proof that names the path of a schema if it was given up in no component.
fn named(proof: Proof, schema: &Element<'_>) -> Proof {
    match proof {
        Proof::Unknown { schema: name } if name.is_empty() => Proof::Unknown {
            schema: schema.pointer.to_string(),
        },
        proof => proof,
    }
}
