//! The state of a running comparison.

mod proofs;

use std::cell::{OnceCell, RefCell};

use crate::change_id::{ChangeId, FlagIds, flag_change};
use crate::difference::Difference;
use crate::element::{Element, Matched, Pair};
use crate::evidence::EvidenceList;
use crate::graph::{ElementKind, Graph, VertexId};
use crate::inclusion::Prover;
use crate::level::Direction;
use crate::reference_siblings;
use crate::revision::ElementTree;
use crate::schema::compound::Compounds;
use crate::schema::schema_path::SchemaPath;
use crate::schema::text::TextKind;
use crate::schema_task::{Composition, SchemaTask, Setting};
use crate::unchanged::Unchanged;
use crate::unresolved::{self, is_unresolved};

/// The settings of a comparison.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Options {
    /// The extensions (`x-`) of operations and security schemes that clients act on. A change of one
    /// is additive, while a change of any other extension is documentation.
    pub behavioural_extensions: Vec<String>,
    /// The extensions of operations and security schemes that clients build requests with, such as the
    /// names of parameters for paging. One that is added is additive, and one that is changed or removed
    /// is breaking.
    pub contract_extensions: Vec<String>,
}

/// The state of a running comparison.
pub(crate) struct Context<'a> {
    pub(crate) options: &'a Options,
    pub(crate) base: ElementTree<'a>,
    pub(crate) head: ElementTree<'a>,
    pub(crate) graph: Graph,
    prover: Prover<'a>,
    unchanged: Unchanged<'a>,
    /// The compounds of the head, read when they are asked for.
    compounds: OnceCell<Compounds<'a>>,
    /// The values that show a break, and the schemas at which proofs were given up.
    pub(crate) evidence: RefCell<EvidenceList>,
    /// The schemas that are not compared yet. They form a list, because recursion would be as deep
    /// as the longest chain of references.
    pub(crate) pending_schemas: Vec<SchemaTask<'a>>,
    /// The schemas with `oneOf`, whose alternatives must not match the same value.
    pub(crate) one_ofs: Vec<SchemaTask<'a>>,
    pub(crate) compositions: Vec<Composition<'a>>,
}

/// Two corresponding elements that are compared.
#[derive(Clone)]
pub(crate) struct Compared<'a> {
    pub(crate) vertex: VertexId,
    pub(crate) pair: Pair<'a>,
    /// The name in sentences.
    pub(crate) title: String,
}

impl<'a> Compared<'a> {
    pub(crate) fn new(vertex: VertexId, pair: Pair<'a>, title: impl Into<String>) -> Self {
        let title = title.into();
        Self {
            vertex,
            pair,
            title,
        }
    }
}

/// A schema and the document that it belongs to.
pub(crate) type Located<'s, 'a> = (&'s ElementTree<'a>, &'s Element<'a>);

impl<'a> Context<'a> {
    pub(crate) fn new(base: ElementTree<'a>, head: ElementTree<'a>, options: &'a Options) -> Self {
        let prover = Prover::new(&base, &head);
        let unchanged = Unchanged::new(&base, &head);
        Self {
            options,
            base,
            head,
            graph: Graph::default(),
            prover,
            unchanged,
            compounds: OnceCell::new(),
            evidence: RefCell::default(),
            pending_schemas: Vec::new(),
            one_ofs: Vec::new(),
            compositions: Vec::new(),
        }
    }

    /// Records a difference of a subject.
    pub(crate) fn record(&mut self, subject: &Compared<'_>, difference: Difference) {
        let difference = difference.of(&subject.title);
        self.graph.record(subject.vertex, difference);
    }

    /// Records the change of a keyword, with its values.
    pub(crate) fn keyword(&mut self, subject: &Compared<'_>, id: ChangeId, keyword: &str) {
        let pair = &subject.pair;
        if pair.differs(keyword) {
            let (old, new) = (pair.base.json(keyword), pair.head.json(keyword));
            let changed = Difference::of_keyword(id, pair, keyword).named(keyword);
            self.record(subject, changed.values(old, new));
        }
    }

    /// Records the change of a keyword that is `true` or not.
    pub(crate) fn flag(&mut self, subject: &Compared<'_>, ids: FlagIds, keyword: &str) {
        let pair = &subject.pair;
        if let Some(id) = flag_change(pair.base.flag(keyword), pair.head.flag(keyword), ids) {
            self.record(subject, Difference::of_keyword(id, pair, keyword));
        }
    }

    /// Records the elements of a keyword that were added or removed. Returns the others.
    pub(crate) fn named(
        &mut self,
        subject: &Compared<'a>,
        (added_id, removed_id): (ChangeId, ChangeId),
        key: &str,
    ) -> Vec<(&'a str, Pair<'a>)> {
        let matched = self.matched(&subject.pair, key);
        for (name, removed) in matched.removed {
            let removed = Difference::removed(removed_id, &removed, &subject.pair.head);
            self.record(subject, removed.named(name));
        }
        for (name, added) in matched.added {
            let added = Difference::added(added_id, &subject.pair.base, &added);
            self.record(subject, added.named(name));
        }
        let both = matched.both.into_iter();
        both.map(|(name, base, head)| (name, Pair { base, head }))
            .collect()
    }

    /// Records the elements of a keyword that were added or removed, or have another value.
    pub(crate) fn named_values(
        &mut self,
        subject: &Compared<'a>,
        (added, removed, changed): (ChangeId, ChangeId, ChangeId),
        key: &str,
    ) {
        for (name, pair) in self.named(subject, (added, removed), key) {
            let kind = key.trim_end_matches('s');
            let title = format!("the {kind} `{name}` of {}", subject.title);
            self.beside_reference(subject.vertex, &pair, &title);
            let Pair { base, head } = pair;
            if !base.node.same(head.node) {
                let changed = Difference::changed(changed, &base, &head);
                self.record(subject, changed.named(name));
            }
        }
    }

    /// Returns a pair with references followed.
    pub(crate) fn resolve(&self, pair: Pair<'a>) -> Pair<'a> {
        Pair {
            base: self.base.resolve(pair.base),
            head: self.head.resolve(pair.head),
        }
    }

    /// Returns `true` if nothing in a pair need be compared.
    fn is_unchanged(&self, pair: &Pair<'a>) -> bool {
        self.unchanged.contains((&self.base, &self.head), pair)
    }

    /// Matches the elements of a keyword by name, with references followed.
    pub(crate) fn matched(&self, pair: &Pair<'a>, key: &str) -> Matched<&'a str, Element<'a>> {
        let named = |document: &ElementTree<'a>, element: &Element<'a>| {
            let entries = element.named(key).into_iter();
            let resolved = entries.map(|(name, element)| (name, document.resolve(element)));
            resolved.collect()
        };
        Matched::new(named(&self.base, &pair.base), named(&self.head, &pair.head))
    }

    /// Records the changes of keywords beside the references that led to a pair.
    fn beside_reference(&mut self, outer: VertexId, pair: &Pair<'_>, title: &str) {
        for difference in reference_siblings::of_objects((&self.base, &self.head), pair) {
            self.graph.record(outer, difference.of(title));
        }
    }

    /// Puts a pair below another one. Returns it as a subject if it is new and must be compared.
    pub(crate) fn enter(
        &mut self,
        outer: &Compared<'_>,
        kind: ElementKind,
        pair: Pair<'a>,
        title: impl Into<String>,
    ) -> Option<Compared<'a>> {
        let title = title.into();
        self.beside_reference(outer.vertex, &pair, &title);
        if self.is_unchanged(&pair) {
            return None;
        }
        let vertex = self.graph.enter(outer.vertex, kind, &pair, None, None)?;
        let subject = Compared::new(vertex, pair, title);
        if is_unresolved(&subject.pair.base) || is_unresolved(&subject.pair.head) {
            if let Some(difference) = unresolved::difference(&subject.pair) {
                self.record(&subject, difference);
            }
            return None;
        }
        Some(subject)
    }

    /// Schedules the comparison of two schemas. `only` is the direction of the messages that contain
    /// them, if it is one.
    pub(crate) fn schema(
        &mut self,
        outer: VertexId,
        pair: Pair<'a>,
        path: SchemaPath,
        only: Option<Direction>,
    ) {
        self.schema_in(outer, pair, path, only, Setting::default());
    }

    /// Schedules the comparison of two schemas about which the elements around them say something.
    pub(crate) fn schema_in(
        &mut self,
        outer: VertexId,
        pair: Pair<'a>,
        path: SchemaPath,
        only: Option<Direction>,
        setting: Setting<'a>,
    ) {
        for difference in reference_siblings::of_schemas((&self.base, &self.head), &pair) {
            self.graph.record(outer, difference.of(&path));
        }
        let path = path.at(&pair.base, &pair.head);
        let pair = self.resolve(pair);
        if self.is_unchanged(&pair) {
            return;
        }
        let (kind, origin) = (setting.kind(), setting.origin(&path));
        let Some(vertex) = (self.graph).enter(outer, kind, &pair, origin.as_deref(), only) else {
            return;
        };
        let difference = match is_unresolved(&pair.base) || is_unresolved(&pair.head) {
            true => unresolved::difference(&pair),
            false => {
                let difference = unresolved::difference_of_parts((&self.base, &self.head), &pair);
                let task = SchemaTask {
                    vertex,
                    pair,
                    path: path.clone(),
                    setting,
                };
                self.pending_schemas.push(task);
                difference
            }
        };
        if let Some(difference) = difference {
            self.graph.record(vertex, difference.of(&path));
        }
    }

    /// Schedules the comparison of two schemas whose values are transmitted as text.
    pub(crate) fn text_schema(
        &mut self,
        outer: VertexId,
        written: Pair<'a>,
        path: SchemaPath,
        only: Option<Direction>,
        text: TextKind,
    ) {
        let form = text.form(&self.resolve(written.clone()));
        self.schema_in(outer, written, path, only, form.into());
    }
}
