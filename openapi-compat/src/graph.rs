//! What two specs differ in, and which operations each difference reaches.
//!
//! Each pair of parts that belong together, one of each spec, is a unit: an operation, a
//! parameter, a schema. A unit has its own changes and leads to the units inside it, so that a
//! schema that a hundred operations share is compared once.

use std::collections::{BTreeSet, HashMap};

use openapi_tree::Pointer;

use crate::change::{Change, ChangeKind, Direction};
use crate::change_id::ChangeId;
use crate::compatibility::{Difference, Effect, Outcome, Way};
use crate::revision::{At, Side};

/// The number of a unit.
pub(crate) type UnitId = usize;

/// What kind of part a unit is of; the same part may be looked at in more than one way.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Kind {
    Body,
    Callback,
    Header,
    Media,
    Parameter,
    Response,
    Schema,
    SecurityScheme,
}

/// A unit inside another one.
#[derive(Debug)]
struct Inside {
    unit: UnitId,
    /// Whether what it describes goes the same way, or back.
    way: Way,
    /// The only way for which it is there: `readOnly` properties are received only.
    only: Option<Way>,
}

#[derive(Debug, Default)]
struct Unit {
    changes: Vec<Difference>,
    inside: Vec<Inside>,
}

/// All units and how they are reached.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    units: Vec<Unit>,
    known: HashMap<(Kind, Pointer, Pointer), UnitId>,
    /// The operations, by their titles, in the order in which they are to be listed.
    operations: Vec<(String, UnitId)>,
    /// The unit of what is about the API as a whole.
    whole: Option<UnitId>,
}

impl Graph {
    /// A unit of a kind of its own: an operation, or the API as a whole.
    pub(crate) fn unit(&mut self) -> UnitId {
        self.units.push(Unit::default());
        self.units.len() - 1
    }

    /// Puts the unit of two parts inside another one. Returns it where it is new, so that it still
    /// has to be compared.
    pub(crate) fn inside(
        &mut self,
        outer: UnitId,
        kind: Kind,
        (base, head): (&At<'_>, &At<'_>),
        way: Way,
        only: Option<Way>,
    ) -> Option<UnitId> {
        let key = (kind, base.pointer.clone(), head.pointer.clone());
        let known = self.known.get(&key).copied();
        let unit = known.unwrap_or_else(|| {
            let unit = self.unit();
            self.known.insert(key, unit);
            unit
        });
        self.units[outer].inside.push(Inside { unit, way, only });
        known.is_none().then_some(unit)
    }

    /// Says that a unit is inside another one.
    pub(crate) fn lead(&mut self, from: UnitId, to: UnitId, way: Way) {
        let inside = Inside {
            unit: to,
            way,
            only: None,
        };
        self.units[from].inside.push(inside);
    }

    pub(crate) fn operation(&mut self, title: String) -> UnitId {
        let unit = self.unit();
        self.operations.push((title, unit));
        unit
    }

    /// The unit of what is about the API as a whole.
    pub(crate) fn whole(&mut self) -> UnitId {
        let known = self.whole;
        let unit = known.unwrap_or_else(|| self.unit());
        self.whole = Some(unit);
        unit
    }

    pub(crate) fn change(&mut self, unit: UnitId, change: Difference) {
        self.units[unit].changes.push(change);
    }

    /// All changes that reach an operation or the API as a whole, the most serious first.
    pub(crate) fn changes(&self, base: &Side<'_>, head: &Side<'_>) -> Vec<Change> {
        let reached = self.reached();
        let mut found: HashMap<(&Pointer, &Pointer, &str), Reached<'_>> = HashMap::new();
        for (unit, by) in reached.iter().enumerate() {
            for change in &self.units[unit].changes {
                // What a schema takes over from another one is found wherever that happens.
                let key = (&change.base, &change.head, &*change.what);
                let found = found.entry(key).or_insert_with(|| Reached::of(change));
                found.by.extend(by);
                found.whole |= self.whole == Some(unit);
            }
        }
        let mut changes: Vec<Change> = found
            .into_values()
            .flat_map(|reached| reached.changes(&self.operations, base, head))
            .collect();
        changes.sort_by(|a, b| {
            let place = |change: &Change| (change.head.line, change.base.line);
            b.level
                .cmp(&a.level)
                .then_with(|| place(a).cmp(&place(b)))
                .then_with(|| a.pointer().cmp(b.pointer()))
                .then_with(|| a.message().cmp(&b.message()))
                .then_with(|| a.direction.cmp(&b.direction))
        });
        changes
    }

    /// For each unit the operations that lead to it, by their numbers, and which way.
    fn reached(&self) -> Vec<BTreeSet<(usize, Way)>> {
        let leads = self.leading_to_changes();
        let mut reached = vec![BTreeSet::new(); self.units.len()];
        for (number, (_, unit)) in self.operations.iter().enumerate() {
            let mut next = vec![(*unit, Way::Request)];
            while let Some((unit, way)) = next.pop() {
                if leads[unit] && reached[unit].insert((number, way)) {
                    let inside = self.units[unit].inside.iter();
                    let there = inside.filter(|inside| inside.only.is_none_or(|only| only == way));
                    next.extend(there.map(|inside| match inside.way {
                        Way::Request => (inside.unit, way),
                        Way::Response => (inside.unit, way.back()),
                    }));
                }
            }
        }
        reached
    }

    /// Whether a unit has changes or leads to one that has: nothing else is looked at.
    fn leading_to_changes(&self) -> Vec<bool> {
        self.leading_to(|_| true)
    }

    /// Whether a unit has changes of what is on the wire or leads to one that has.
    pub(crate) fn changed_inside(&self) -> Vec<bool> {
        self.leading_to(|change| change.effect != Effect::DOCUMENTATION)
    }

    fn leading_to(&self, wanted: impl Fn(&Difference) -> bool) -> Vec<bool> {
        let mut outside = vec![Vec::new(); self.units.len()];
        for (unit, content) in self.units.iter().enumerate() {
            for inside in &content.inside {
                outside[inside.unit].push(unit);
            }
        }
        let mut leads = vec![false; self.units.len()];
        let changed = |unit: &UnitId| self.units[*unit].changes.iter().any(&wanted);
        let mut next: Vec<UnitId> = (0..self.units.len()).filter(changed).collect();
        while let Some(unit) = next.pop() {
            if !std::mem::replace(&mut leads[unit], true) {
                next.extend(&outside[unit]);
            }
        }
        leads
    }
}

/// A change and who is reached by it.
struct Reached<'a> {
    change: &'a Difference,
    by: BTreeSet<(usize, Way)>,
    whole: bool,
}

impl<'a> Reached<'a> {
    fn of(change: &'a Difference) -> Self {
        Self {
            change,
            by: BTreeSet::new(),
            whole: false,
        }
    }

    /// One change where it is the same to senders and receivers, otherwise one for each.
    fn changes(
        &self,
        operations: &[(String, UnitId)],
        base: &Side<'_>,
        head: &Side<'_>,
    ) -> Vec<Change> {
        let ways: BTreeSet<Way> = match self.whole {
            true => [Way::Request].into(),
            false => self.by.iter().map(|(_, way)| *way).collect(),
        };
        let outcomes: Vec<(Way, Outcome)> = ways
            .into_iter()
            .map(|way| (way, self.change.effect.to(way)))
            .collect();
        let listed = |wanted: Option<Way>| {
            let wanted = |way: &Way| wanted.is_none_or(|wanted| wanted == *way);
            let numbers = self.by.iter().filter(|(_, way)| wanted(way));
            let numbers: BTreeSet<usize> = numbers.map(|(number, _)| *number).collect();
            numbers
                .into_iter()
                .map(|number| operations[number].0.clone())
                .collect()
        };
        let change = |direction, outcome: Outcome, operations| Change {
            id: ChangeId::AnnotationChanged,
            proven: outcome != Outcome::Unproven,
            level: outcome.level(),
            direction,
            operations,
            kind: match self.change.gone {
                true => ChangeKind::Removed,
                false => ChangeKind::Changed,
            },
            base: base.place(&self.change.base),
            head: head.place(&self.change.head),
            subject: self.change.sentence(direction, outcome),
            name: None,
            old: None,
            new: None,
        };
        match outcomes[..] {
            [] => Vec::new(),
            [(_, Outcome::Same)] | [(_, Outcome::Same), (_, Outcome::Same)] => {
                vec![change(Direction::Metadata, Outcome::Same, listed(None))]
            }
            [(_, request), (_, response)] if request == response => {
                vec![change(Direction::Both, request, listed(None))]
            }
            _ => outcomes
                .iter()
                .filter(|(_, outcome)| *outcome != Outcome::Same)
                .map(|(way, outcome)| {
                    let direction = match way {
                        Way::Request => Direction::Request,
                        Way::Response => Direction::Response,
                    };
                    change(direction, *outcome, listed(Some(*way)))
                })
                .collect(),
        }
    }
}
