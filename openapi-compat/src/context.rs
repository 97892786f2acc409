//! What the parts of a context share: two sides, what was found, what is still to be compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::compatibility::{Difference, Effect, Notice, Way};
use crate::graph::{Graph, Kind, UnitId};
use crate::schema::Label;
use crate::revision::{At, Side, shown};

/// The extension that says of an operation whether it may be repeated: more than a text.
pub(crate) const IDEMPOTENT: &str = "x-idempotent";

/// Two parts that belong together.
#[derive(Clone, Debug)]
pub(crate) struct Pair<'a> {
    pub(crate) base: At<'a>,
    pub(crate) head: At<'a>,
}

impl<'a> Pair<'a> {
    /// What stands behind a keyword on both sides.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        Some(Self {
            base: self.base.get(key)?,
            head: self.head.get(key)?,
        })
    }

    fn same_at(&self, key: &str) -> bool {
        match (self.base.node.get(key), self.head.node.get(key)) {
            (Some(base), Some(head)) => base.same(head),
            (base, head) => base.is_none() && head.is_none(),
        }
    }

    /// `was … and is …` of what stands behind a keyword, where the sides differ.
    pub(crate) fn differs(&self, key: &str) -> Option<String> {
        if self.same_at(key) {
            return None;
        }
        let (base, head) = (
            shown(self.base.node.get(key)),
            shown(self.head.node.get(key)),
        );
        Some(match base == head {
            true => format!("is another: {head}"),
            false => format!("was {base} and is {head}"),
        })
    }
}

/// The work on two specs.
pub(crate) struct Context<'a> {
    pub(crate) options: &'a crate::Options,
    pub(crate) base: Side<'a>,
    pub(crate) head: Side<'a>,
    pub(crate) graph: Graph,
    /// Schemas that are still to be compared: a list instead of calls, for they may lead to each
    /// other a thousand times over.
    pub(crate) schemas: Vec<(UnitId, Pair<'a>, Label)>,
    /// The schemas on both sides with alternatives of which just one may fit, and their labels.
    pub(crate) one_ofs: Vec<(UnitId, Pair<'a>, String)>,
}

/// What is named on both sides, on the older side only, and on the newer side only.
pub(crate) struct Named<'a> {
    pub(crate) both: Vec<(&'a str, Pair<'a>)>,
    pub(crate) gone: Vec<(&'a str, At<'a>)>,
    pub(crate) added: Vec<(&'a str, At<'a>)>,
}

impl<'a> Named<'a> {
    pub(crate) fn of(base: Vec<(&'a str, At<'a>)>, head: Vec<(&'a str, At<'a>)>) -> Self {
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, (name, _)) in base.iter().enumerate() {
            left.insert(name, index);
        }
        let mut named = Self {
            both: Vec::new(),
            gone: Vec::new(),
            added: Vec::new(),
        };
        for (name, head) in head {
            match left.remove(name) {
                Some(index) => {
                    let base = base[index].1.clone();
                    named.both.push((name, Pair { base, head }));
                }
                None => named.added.push((name, head)),
            }
        }
        let gone = base.into_iter().filter(|(name, _)| left.contains_key(name));
        named.gone = gone.collect();
        named
    }
}

impl<'a> Context<'a> {
    pub(crate) fn resolve(&self, pair: Pair<'a>) -> Pair<'a> {
        Pair {
            base: self.base.resolve(pair.base),
            head: self.head.resolve(pair.head),
        }
    }

    /// The unit of two parts inside another one, where it still has to be compared.
    pub(crate) fn inside(
        &mut self,
        unit: UnitId,
        kind: Kind,
        pair: &Pair<'_>,
        way: Way,
    ) -> Option<UnitId> {
        let parts = (&pair.base, &pair.head);
        self.graph.inside(unit, kind, parts, way, None)
    }

    /// What stands behind a keyword, by name, references followed.
    pub(crate) fn named(&self, pair: &Pair<'a>, key: &str) -> Named<'a> {
        let all = |side: &Side<'a>, at: &At<'a>| {
            let entries = at.named(key).into_iter();
            entries.map(|(name, at)| (name, side.resolve(at))).collect()
        };
        Named::of(all(&self.base, &pair.base), all(&self.head, &pair.head))
    }

    /// Notes that a keyword says something else.
    pub(crate) fn note(
        &mut self,
        unit: UnitId,
        effect: Effect,
        pair: &Pair<'_>,
        key: &str,
        what: impl Into<String>,
    ) {
        let change = Difference {
            effect,
            base: pair.base.below(key),
            head: pair.head.below(key),
            gone: pair.head.node.get(key).is_none(),
            what: what.into(),
            notice: Notice::Said,
        };
        self.graph.change(unit, change);
    }

    /// Notes that something is new.
    pub(crate) fn note_added(
        &mut self,
        unit: UnitId,
        effect: Effect,
        to: &At<'_>,
        added: &At<'_>,
        what: impl Into<String>,
    ) {
        let change = Difference::said(effect, to, added, what.into());
        self.graph.change(unit, change);
    }

    /// Notes that something is gone.
    pub(crate) fn note_gone(
        &mut self,
        unit: UnitId,
        effect: Effect,
        gone: &At<'_>,
        from: &At<'_>,
        what: impl Into<String>,
    ) {
        let change = Difference::said(effect, gone, from, what.into());
        self.graph.change(
            unit,
            Difference {
                gone: true,
                ..change
            },
        );
    }

    /// Notes what differs of texts, examples and extensions: of what is on no wire.
    pub(crate) fn texts(&mut self, unit: UnitId, pair: &Pair<'_>, keys: &[&str], of: &str) {
        let extensions = [&pair.base, &pair.head].into_iter().flat_map(|at| {
            let entries = at.node.entries().iter();
            let keys = entries.map(|entry| entry.key.clone());
            keys.filter(|key| key.starts_with("x-") && key != IDEMPOTENT)
        });
        let extensions: BTreeSet<String> = extensions.collect();
        let extensions = extensions.iter().map(String::as_str);
        let keys = keys.iter().copied().chain(extensions);
        for key in keys {
            if let Some(differs) = pair.differs(key) {
                let what = format!("`{key}` of {of} {differs}");
                self.note(unit, Effect::DOCUMENTATION, pair, key, what);
            }
        }
    }

    /// Notes what differs of examples or links: of what has a name and is on no wire.
    pub(crate) fn named_texts(&mut self, unit: UnitId, pair: &Pair<'a>, key: &str, of: &str) {
        const TEXT: Effect = Effect::DOCUMENTATION;
        let one = key.trim_end_matches('s');
        let named = self.named(pair, key);
        for (name, gone) in named.gone {
            let what = format!("the {one} `{name}` of {of} is gone");
            self.note_gone(unit, TEXT, &gone, &pair.head, what);
        }
        for (name, added) in named.added {
            let what = format!("{of} has a new {one}: `{name}`");
            self.note_added(unit, TEXT, &pair.base, &added, what);
        }
        for (name, at) in named.both {
            if !at.base.node.same(at.head.node) {
                let what = format!("the {one} `{name}` of {of} is another");
                self.note_added(unit, TEXT, &at.base, &at.head, what);
            }
        }
    }

    /// Compares two schemas later, as a part of a unit.
    pub(crate) fn schema(&mut self, unit: UnitId, pair: Pair<'a>, label: Label) {
        self.schema_of(unit, pair, label, None);
    }

    /// Compares two schemas that are there only in one way.
    pub(crate) fn schema_of(
        &mut self,
        unit: UnitId,
        pair: Pair<'a>,
        label: Label,
        only: Option<Way>,
    ) {
        let label = label.at(&pair.base, &pair.head);
        let pair = self.resolve(pair);
        let parts = (&pair.base, &pair.head);
        let inside = self
            .graph
            .inside(unit, Kind::Schema, parts, Way::Request, only);
        if let Some(unit) = inside {
            self.schemas.push((unit, pair, label));
        }
    }
}
