//! The search for proofs: memory, recursion, bounds, and cases.
//!
//! A goal is a schema and a conjunction, whose values must be valid against the schema. A schema
//! that contains itself leads back to a goal that is being proved. It may be assumed if a property or an
//! item lies between: values are finite, so that the goal needs to hold for smaller values only
//! (coinduction). What was proved with an assumption is forgotten if the assumption fails.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::cases::cases;
use super::cube::Cube;
use super::documents::Documents;
use super::doubt::{Attempt, Doubt};
use super::evaluate::{Evaluator, Patterns};
use super::features::Features;
use super::goal::{Frame, Goal, Known, NOTHING};
use super::part::{Part, Parts, Place, with};
use super::sameness::Sameness;
use super::types::Types;

/// The number of steps of a proof.
const STEPS: usize = 20_000;

/// The number of parts and values of goals that are kept for later proofs. It limits the memory.
const MOST_KEPT: usize = 20_000;

/// The number of steps of all proofs of a comparison.
const ALL_STEPS: usize = 4_000_000;

/// The greatest number of nested goals.
const DEEPEST: usize = 200;

/// The search, with all that it knows about two documents.
#[derive(Debug)]
pub(super) struct Search<'a> {
    pub(super) documents: Documents<'a>,
    pub(super) patterns: Patterns,
    pub(super) sameness: Sameness<'a>,
    known: HashMap<Goal<'a>, Known<'a>>,
    /// The goals that were proved with an assumption that is not proved yet.
    assumed: Vec<Goal<'a>>,
    running: HashMap<Goal<'a>, usize>,
    frames: Vec<Frame>,
    level: usize,
    cubes: HashMap<Parts<'a>, Rc<Cube<'a>>>,
    /// The features of conjunctions, for glances.
    pub(super) features: HashMap<Parts<'a>, Rc<Features<'a>>>,
    /// For each alternative of a list the others that the same value may match, or `None` if there are
    /// too many.
    pub(super) similar: HashMap<Place<'a>, Option<Rc<Vec<Vec<usize>>>>>,
    /// The components around the goal.
    components: Vec<&'a str>,
    /// The number of parts and values in `known`.
    kept: usize,
    steps: usize,
    all_steps: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(documents: Documents<'a>) -> Self {
        Self {
            documents,
            patterns: Patterns::default(),
            sameness: Sameness::default(),
            known: HashMap::new(),
            assumed: Vec::new(),
            running: HashMap::new(),
            frames: Vec::new(),
            level: 0,
            cubes: HashMap::new(),
            features: HashMap::new(),
            similar: HashMap::new(),
            components: Vec::new(),
            kept: 0,
            steps: 0,
            all_steps: ALL_STEPS,
        }
    }

    /// Starts a proof, which has steps of its own.
    pub(super) fn start(&mut self) {
        self.steps = STEPS.min(self.all_steps);
        self.all_steps -= self.steps;
    }

    /// Ends a proof. The steps that are left serve others.
    pub(super) fn end(&mut self) {
        self.all_steps += self.steps;
        self.cubes.clear();
        self.features.clear();
        self.similar.clear();
        self.frames.clear();
        self.running.clear();
        self.components.clear();
        self.level = 0;
        if self.kept > MOST_KEPT {
            self.known = HashMap::new();
            self.assumed.clear();
            self.kept = 0;
        }
    }

    /// Takes some steps. Returns `false` if there are none left.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        let enough = self.steps >= steps;
        self.steps = self.steps.saturating_sub(steps);
        enough
    }

    pub(super) fn evaluator(&self) -> Evaluator<'_, 'a> {
        Evaluator::new(&self.documents, &self.patterns)
    }

    /// Returns a doubt about the schema that is being proved.
    pub(super) fn doubt(&self, values: Vec<Value>) -> Doubt<'a> {
        Doubt {
            values,
            schema: self.components.last().copied(),
        }
    }

    /// Returns the merged parts of a conjunction.
    pub(super) fn cube(&mut self, parts: &Parts<'a>) -> Rc<Cube<'a>> {
        if let Some(cube) = self.cubes.get(parts) {
            return Rc::clone(cube);
        }
        let cube = Rc::new(Cube::new(&self.documents, parts));
        self.spend(1 + cube.schemas.len() + parts.len());
        self.cubes.insert(parts.clone(), Rc::clone(&cube));
        cube
    }

    /// Proves a goal about the values of a property or an item.
    pub(super) fn includes_inside(
        &mut self,
        wide: Option<Place<'a>>,
        narrow: Parts<'a>,
    ) -> Attempt<'a> {
        self.level += 1;
        let attempt = self.includes(wide, narrow);
        self.level -= 1;
        attempt
    }

    /// Proves that every value that satisfies all of `narrow` is valid against `wide`, or that there
    /// is none.
    pub(super) fn includes(&mut self, wide: Option<Place<'a>>, narrow: Parts<'a>) -> Attempt<'a> {
        let wide = wide.map(|wide| self.documents.resolve(wide));
        // `false` has no values.
        let wide = wide.filter(|wide| wide.node.as_bool() != Some(false));
        if wide.is_some_and(|wide| self.is_trivial(wide, &narrow)) {
            return Ok(());
        }
        let goal = (wide, narrow);
        // What was assumed holds for values inside others, and says nothing about those around them.
        let usable = |known: &&Known<'a>| known.assumes == NOTHING || self.level >= known.level;
        if let Some(known) = self.known.get(&goal).filter(usable) {
            let (attempt, assumes) = (known.attempt.clone(), known.assumes);
            self.assume(assumes);
            return attempt;
        }
        if let Some(running) = self.running.get(&goal).copied() {
            if self.frames[running].level == self.level {
                return Err(self.doubt(Vec::new()));
            }
            self.assume(running);
            return Ok(());
        }
        if self.frames.len() >= DEEPEST || !self.spend(1 + goal.1.len()) || self.is_circular(&goal)
        {
            return Err(self.doubt(Vec::new()));
        }
        self.prove(goal)
    }

    /// Returns `true` if every value is valid, or the values are those of an equal schema.
    fn is_trivial(&mut self, wide: Place<'a>, narrow: &Parts<'a>) -> bool {
        wide.node.as_bool() == Some(true)
            || narrow.iter().any(|part| match part {
                Part::Is(place) | Part::Fits(place) => {
                    self.sameness.are_same(&self.documents, wide, *place)
                }
                _ => false,
            })
    }

    /// Returns `true` if a schema of a goal is composed of itself.
    fn is_circular(&self, (wide, narrow): &Goal<'a>) -> bool {
        let narrow = narrow.iter().filter_map(|part| match part {
            Part::Is(place) | Part::Fits(place) | Part::Not(place) => Some(*place),
            _ => None,
        });
        wide.iter()
            .copied()
            .chain(narrow)
            .any(|place| self.documents.is_circular(place))
    }

    /// Records that all running goals from this one on depend on it.
    fn assume(&mut self, running: usize) {
        let inner = self.frames.iter_mut().skip(running);
        inner.for_each(|frame| frame.assumes = frame.assumes.min(running));
    }

    fn prove(&mut self, goal: Goal<'a>) -> Attempt<'a> {
        let number = self.frames.len();
        let proved_before = self.assumed.len();
        self.running.insert(goal.clone(), number);
        self.frames.push(Frame {
            level: self.level,
            assumes: NOTHING,
        });
        let name = goal.0.and_then(|wide| self.documents.name(wide));
        self.components.extend(name);

        let attempt = self.attempt(goal.0, &goal.1);

        self.components
            .truncate(self.components.len() - name.iter().len());
        let assumes = self.frames.pop().map_or(NOTHING, |frame| frame.assumes);
        self.running.remove(&goal);
        let assumes = if assumes < number { assumes } else { NOTHING };
        match (&attempt, assumes) {
            (Err(_), _) => {
                for goal in self.assumed.drain(proved_before..) {
                    self.known.remove(&goal);
                }
            }
            (Ok(()), NOTHING) => {
                for goal in self.assumed.drain(proved_before..) {
                    if let Some(known) = self.known.get_mut(&goal) {
                        known.assumes = NOTHING;
                    }
                }
            }
            (Ok(()), _) => {
                // What was proved with this goal depends on its assumption, too.
                for goal in &self.assumed[proved_before..] {
                    if let Some(known) = self.known.get_mut(goal) {
                        known.assumes = known.assumes.min(assumes);
                    }
                }
                self.assumed.push(goal.clone());
            }
        }
        let assumes = if attempt.is_ok() { assumes } else { NOTHING };
        let known = Known {
            attempt: attempt.clone(),
            assumes,
            level: self.level,
        };
        let values = attempt.as_ref().err().map_or(0, |doubt| doubt.values.len());
        self.kept += 1 + goal.1.len() + values;
        self.known.insert(goal, known);
        attempt
    }

    fn attempt(&mut self, wide: Option<Place<'a>>, narrow: &Parts<'a>) -> Attempt<'a> {
        let cube = self.cube(narrow);
        if cube.is_empty() {
            return Ok(());
        }
        if let Some(values) = &cube.listed {
            return self.each_value(wide, narrow, values);
        }
        if let Some(choice) = cube.choices.first() {
            let similar = self.similar(choice);
            let cases = cases(narrow, choice, similar.as_deref()).map(Iterator::collect);
            if let Some(cases) = cases {
                return self.all_cases(wide, cases);
            }
        }
        let Some(wide) = wide else {
            return self.has_no_value(narrow, &cube);
        };
        let attempt = self.check(wide, narrow, &cube);
        match attempt {
            Ok(()) => Ok(()),
            Err(doubt) => match self.includes(None, narrow.clone()) {
                Ok(()) => Ok(()),
                Err(_) => Err(doubt),
            },
        }
    }

    /// Proves a goal for each case of the conjunction.
    pub(super) fn all_cases(
        &mut self,
        wide: Option<Place<'a>>,
        cases: Vec<Parts<'a>>,
    ) -> Attempt<'a> {
        let mut doubts: Option<Doubt<'a>> = None;
        for case in cases {
            if let Err(doubt) = self.includes(wide, case) {
                let has_values = !doubt.values.is_empty();
                doubts = Some(match doubts {
                    Some(doubts) => doubts.or(doubt),
                    None => doubt,
                });
                if has_values {
                    break;
                }
            }
        }
        doubts.map_or(Ok(()), Err)
    }

    /// Proves a goal for values that are listed.
    fn each_value(
        &mut self,
        wide: Option<Place<'a>>,
        narrow: &Parts<'a>,
        values: &[Value],
    ) -> Attempt<'a> {
        self.spend(values.len());
        let formats = self.cube(narrow).formats.clone();
        let evaluator = self.evaluator().assuming(&formats);
        let lost: Vec<Value> = values
            .iter()
            .filter(|value| {
                let is_valid = wide.map_or(Some(false), |wide| evaluator.is_valid(value, wide));
                // A listed value is assumed to have the format beside the list.
                is_valid != Some(true) && evaluator.satisfies(value, narrow) != Some(false)
            })
            .cloned()
            .collect();
        match lost.is_empty() {
            true => Ok(()),
            false => Err(self.doubt(lost).or(Doubt::default())),
        }
    }

    /// Proves that there is no value, from the properties and items that there must be, or because
    /// an excluded schema includes all values.
    fn has_no_value(&mut self, narrow: &Parts<'a>, cube: &Cube<'a>) -> Attempt<'a> {
        let mut types = cube.types;
        if types.meets(Types::OBJECT) && self.lacks_property(cube) {
            types = types.without(Types::OBJECT);
        }
        if types.meets(Types::ARRAY) {
            const MOST: u64 = 4;
            let needed = 0..usize::try_from(cube.items.least.min(MOST)).unwrap_or(0);
            let mut items = needed
                .map(|index| cube.item(&self.documents, index))
                .collect::<Vec<_>>()
                .into_iter();
            if items.any(|item| self.includes_inside(None, item).is_ok()) {
                types = types.without(Types::ARRAY);
            }
        }
        if types.is_empty() {
            return Ok(());
        }
        for excluded in &cube.excluded {
            if self.includes(Some(*excluded), narrow.clone()).is_ok() {
                return Ok(());
            }
        }
        let value = self.sample(narrow, 0);
        Err(self.doubt(value.into_iter().collect()))
    }

    /// Returns `true` if there must be a property for which there is no value.
    fn lacks_property(&mut self, cube: &Cube<'a>) -> bool {
        for name in &cube.required {
            let Some(parts) = cube.property(&self.documents, name) else {
                return true;
            };
            if self.includes_inside(None, parts).is_ok() {
                return true;
            }
        }
        false
    }

    /// Proves that no value satisfies the conjunction and is valid against a schema.
    pub(super) fn excludes(&mut self, schema: &[Part<'a>], narrow: &Parts<'a>) -> Attempt<'a> {
        self.includes(None, with(narrow, schema.iter().cloned()))
    }
}
