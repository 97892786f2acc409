//! The state of a running comparison.

use crate::difference::Difference;
use crate::element::Element;
use crate::graph::{ElementKind, Graph, VertexId};
use crate::inclusion::provable;
use crate::inclusion::prover::{Inclusion, Prover};
use crate::level::Direction;
use crate::options::Options;
use crate::pair::{Matched, Pair};
use crate::revision::IndexedDocument;
use crate::schema::schema_path::SchemaPath;

/// The state of a running comparison.
pub(crate) struct Context<'a> {
    pub(crate) options: &'a Options,
    pub(crate) base: IndexedDocument<'a>,
    pub(crate) head: IndexedDocument<'a>,
    pub(crate) graph: Graph,
    prover: &'a dyn Prover,
    /// The schemas that are not compared yet. They form a list, because recursion would be as deep
    /// as the longest chain of references.
    pub(crate) pending_schemas: Vec<SchemaTask<'a>>,
    /// The schemas with `oneOf`, whose alternatives must not match the same value.
    pub(crate) one_ofs: Vec<SchemaTask<'a>>,
}

/// A pair of schemas, with the path that names it.
pub(crate) struct SchemaTask<'a> {
    pub(crate) vertex: VertexId,
    pub(crate) pair: Pair<'a>,
    pub(crate) path: SchemaPath,
}

/// A schema and the document that it belongs to.
pub(crate) type Located<'s, 'a> = (&'s IndexedDocument<'a>, &'s Element<'a>);

impl<'a> Context<'a> {
    pub(crate) fn new(
        base: IndexedDocument<'a>,
        head: IndexedDocument<'a>,
        options: &'a Options,
        prover: &'a dyn Prover,
    ) -> Self {
        Self {
            options,
            base,
            head,
            graph: Graph::default(),
            prover,
            pending_schemas: Vec::new(),
            one_ofs: Vec::new(),
        }
    }

    /// Records a difference of a pair of elements.
    pub(crate) fn record(&mut self, vertex: VertexId, difference: Difference) {
        self.graph.record(vertex, difference);
    }

    /// Returns a pair with references followed.
    pub(crate) fn resolve(&self, pair: Pair<'a>) -> Pair<'a> {
        Pair {
            base: self.base.resolve(pair.base),
            head: self.head.resolve(pair.head),
        }
    }

    /// Matches the elements of a keyword by name, with references followed.
    pub(crate) fn matched(&self, pair: &Pair<'a>, key: &str) -> Matched<'a> {
        let named = |document: &IndexedDocument<'a>, element: &Element<'a>| {
            let entries = element.named(key).into_iter();
            let resolved = entries.map(|(name, element)| (name, document.resolve(element)));
            resolved.collect()
        };
        Matched::new(named(&self.base, &pair.base), named(&self.head, &pair.head))
    }

    /// Puts a pair below another one. Returns its vertex if it is new and must be compared.
    pub(crate) fn enter(
        &mut self,
        outer: VertexId,
        kind: ElementKind,
        pair: &Pair<'_>,
    ) -> Option<VertexId> {
        self.graph.enter(outer, kind, pair, None)
    }

    /// Schedules the comparison of two schemas.
    pub(crate) fn schema(&mut self, outer: VertexId, pair: Pair<'a>, path: SchemaPath) {
        self.schema_in(outer, pair, path, None);
    }

    /// Schedules the comparison of two schemas that only messages of one direction contain.
    pub(crate) fn schema_in(
        &mut self,
        outer: VertexId,
        pair: Pair<'a>,
        path: SchemaPath,
        only: Option<Direction>,
    ) {
        let path = path.at(&pair.base, &pair.head);
        let pair = self.resolve(pair);
        if let Some(vertex) = self.graph.enter(outer, ElementKind::Schema, &pair, only) {
            self.pending_schemas.push(SchemaTask { vertex, pair, path });
        }
    }

    /// Returns the prover.
    pub(crate) fn prover(&self) -> &'a dyn Prover {
        self.prover
    }

    /// Returns the proof that every value of one schema is valid against another one.
    pub(crate) fn includes(&self, wide: Located<'_, 'a>, narrow: Located<'_, 'a>) -> Inclusion {
        let wide = provable::schema(wide.0.root().node, wide.1.node);
        let narrow = provable::schema(narrow.0.root().node, narrow.1.node);
        match (wide, narrow) {
            (Some(wide), Some(narrow)) => self.prover.includes(&wide, &narrow),
            _ => Inclusion::Unknown,
        }
    }

    /// Returns the proof that every value of the base schema is valid against the head schema.
    pub(crate) fn head_includes_base(&self, pair: &Pair<'a>) -> Inclusion {
        self.includes((&self.head, &pair.head), (&self.base, &pair.base))
    }

    /// Returns the proof that every value of the head schema is valid against the base schema.
    pub(crate) fn base_includes_head(&self, pair: &Pair<'a>) -> Inclusion {
        self.includes((&self.base, &pair.base), (&self.head, &pair.head))
    }
}
