//! The interface to proofs about the schemas of two documents.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use openapi_tree::Node;
use serde_json::Value;

use super::cube::Cube;
use super::documents::Documents;
use super::doubt::{Attempt, Doubt};
use super::inexact::Inexact;
use super::part::{Part, Parts, Place, Side, with};
use super::proof::Proof;
use super::search::Search;
use crate::level::Direction;
use crate::revision::ElementTree;

/// A question, and the direction of the messages.
type Question<'a> = (Option<Place<'a>>, Parts<'a>, Direction);

/// The proofs about the schemas of two documents. A question is answered once.
pub(crate) struct Prover<'a> {
    requests: RefCell<Search<'a>>,
    responses: RefCell<Search<'a>>,
    known: RefCell<HashMap<Question<'a>, Proof>>,
}

/// Assertions about the value itself, by keyword.
pub(crate) type Assertions<'a> = [(&'a str, &'a Node)];

impl<'a> Prover<'a> {
    pub(crate) fn new(base: &ElementTree<'a>, head: &ElementTree<'a>) -> Self {
        let inexact = Rc::new(Inexact::new([base, head]));
        let roots = (base.root().node, head.root().node);
        let search = |direction| {
            let documents = Documents::new(roots, Rc::clone(&inexact), direction);
            RefCell::new(Search::new(documents))
        };
        Self {
            requests: search(Direction::Request),
            responses: search(Direction::Response),
            known: RefCell::default(),
        }
    }

    fn search(&self, direction: Direction) -> &RefCell<Search<'a>> {
        match direction {
            Direction::Response => &self.responses,
            Direction::Request | Direction::Both | Direction::Metadata => &self.requests,
        }
    }

    /// Returns the proof that every value of `narrow` is valid against `wide`.
    pub(crate) fn includes(
        &self,
        wide: Place<'a>,
        narrow: Place<'a>,
        direction: Direction,
    ) -> Proof {
        self.prove(Some(wide), vec![Part::Is(narrow)], direction)
    }

    /// Returns `true` if two schemas have equal assertions, with references followed.
    pub(crate) fn are_same(&self, a: Place<'a>, b: Place<'a>) -> bool {
        let search = &mut *self.requests.borrow_mut();
        search.sameness.are_same(&search.documents, a, b)
    }

    /// Returns the proof that every value is valid against a schema.
    pub(crate) fn includes_everything(&self, wide: Place<'a>) -> Proof {
        self.prove(Some(wide), Vec::new(), Direction::Request)
    }

    /// Returns the proof that every value that the newer schema excludes was excluded before.
    pub(crate) fn excludes_no_more(
        &self,
        older: Place<'a>,
        newer: Place<'a>,
        direction: Direction,
    ) -> Proof {
        self.prove(None, vec![Part::Not(older), Part::Is(newer)], direction)
    }

    /// Returns `true` if there is a proof that no value matches two alternatives of `oneOf`.
    pub(crate) fn has_exclusive_alternatives(
        &self,
        schema: Place<'a>,
        direction: Direction,
    ) -> bool {
        let choices: Vec<_> = {
            let mut search = self.search(direction).borrow_mut();
            search.start();
            let cube = Cube::new(&search.documents, &[Part::Is(schema)]);
            let choices = cube.choices.into_iter().map(|choice| {
                let pairs = search.similar_pairs(&choice.alternatives);
                (choice.alternatives, pairs)
            });
            let choices = choices.collect();
            search.end();
            choices
        };
        choices.into_iter().all(|(alternatives, pairs)| {
            let exclusive = |(one, other): (usize, usize)| {
                let both = with(&alternatives[one], alternatives[other].iter().cloned());
                self.prove(None, both, direction).is_proved()
            };
            pairs.is_some_and(|pairs| pairs.into_iter().all(exclusive))
        })
    }

    /// Returns the proof that some assertions about the value itself allow all values that others
    /// allow.
    pub(crate) fn assertions_include(
        &self,
        wide: &Assertions<'a>,
        narrow: &Assertions<'a>,
        schema: impl FnOnce() -> String,
    ) -> Proof {
        let narrow = narrow
            .iter()
            .map(|(keyword, node)| Part::Keyword(keyword, place(node)));
        let narrow: Parts<'a> = narrow.collect();
        // Listed values are assumed to have the format beside them.
        let is_listed = wide.iter().any(|(keyword, _)| *keyword == "enum");
        let mut search = self.requests.borrow_mut();
        search.start();
        let mut proof = Proof::Proved;
        for (keyword, node) in wide
            .iter()
            .filter(|(keyword, _)| !is_listed || *keyword != "format")
        {
            proof = search.keyword_proof(keyword, node, &narrow);
            if !proof.is_proved() {
                break;
            }
        }
        search.end();
        match proof {
            Proof::Unknown { .. } => Proof::Unknown { schema: schema() },
            proof => proof,
        }
    }

    fn prove(&self, wide: Option<Place<'a>>, narrow: Parts<'a>, direction: Direction) -> Proof {
        let question = (wide, narrow, direction);
        if let Some(known) = self.known.borrow().get(&question) {
            return known.clone();
        }
        let mut search = self.search(direction).borrow_mut();
        search.start();
        let attempt = search.includes(question.0, question.1.clone());
        let proof = search.proof(question.0, &question.1, attempt);
        search.end();
        self.known.borrow_mut().insert(question, proof.clone());
        proof
    }
}

impl<'a> Search<'a> {
    /// Returns the result of a proof: a doubt needs a value that was evaluated.
    fn proof(&self, wide: Option<Place<'a>>, narrow: &Parts<'a>, attempt: Attempt<'a>) -> Proof {
        let Err(Doubt { values, schema }) = attempt else {
            return Proof::Proved;
        };
        let evaluator = self.evaluator();
        let is_lost =
            |value: &Value| wide.is_none_or(|wide| evaluator.is_valid(value, wide) == Some(false));
        self.shown(values, narrow, schema, is_lost)
    }

    /// Returns the proof that a keyword allows all values of a conjunction.
    fn keyword_proof(&mut self, keyword: &str, node: &'a Node, narrow: &Parts<'a>) -> Proof {
        let cube = self.cube(narrow);
        let evaluator = self.evaluator().assuming(&cube.formats);
        let values = match &cube.listed {
            _ if cube.is_empty() => return Proof::Proved,
            Some(values) => {
                let allowed =
                    |value: &Value| evaluator.assertion(value, keyword, node) == Some(true);
                let possible = |value: &Value| evaluator.satisfies(value, narrow) != Some(false);
                let mut lost = values.clone();
                lost.retain(|value| possible(value) && !allowed(value));
                if lost.is_empty() {
                    return Proof::Proved;
                }
                lost
            }
            None if self.is_implied(&cube, keyword, node) => return Proof::Proved,
            None => self.violations(narrow, &cube, keyword, node),
        };
        let evaluator = self.evaluator();
        let is_lost = |value: &Value| evaluator.assertion(value, keyword, node) == Some(false);
        self.shown(values, narrow, None, is_lost)
    }

    /// Returns the first value that is lost.
    fn shown(
        &self,
        values: Vec<Value>,
        narrow: &Parts<'a>,
        schema: Option<&str>,
        is_lost: impl Fn(&Value) -> bool,
    ) -> Proof {
        let evaluator = self.evaluator().strict();
        let mut values = values.into_iter();
        let shown =
            values.find(|value| evaluator.satisfies(value, narrow) == Some(true) && is_lost(value));
        match shown {
            Some(value) => Proof::Refuted(value),
            None => Proof::Unknown {
                schema: schema.unwrap_or_default().to_owned(),
            },
        }
    }
}

/// Returns the place of a keyword. It is not resolved, so that the side does not matter.
fn place(node: &Node) -> Place<'_> {
    Place::new(Side::Base, node)
}
