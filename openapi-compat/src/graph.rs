//! The graph of corresponding elements, with the differences of each pair.
//!
//! Every pair of elements that correspond to each other is a vertex: an operation, a parameter, a
//! schema. An edge leads to each pair inside it. A schema that a hundred operations share is one
//! vertex and is compared once. The operations that a difference affects are those from which
//! its vertex is reachable.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use indexmap::IndexMap;
use openapi_tree::Node;

use crate::change::Change;
use crate::compatibility::{Compatibility, Impact};
use crate::difference::Difference;
use crate::element::Pair;
use crate::inclusion::proof::{Evidence, EvidenceList};
use crate::level::Direction;
use crate::revision::ElementTree;

/// The number of a vertex.
pub(crate) type VertexId = usize;

/// The kind of a pair of elements. The same elements can be compared as more than one kind.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum ElementKind {
    Callback,
    Header,
    MediaType,
    Parameter,
    RequestBody,
    Response,
    Schema,
    SecurityScheme,
    /// A schema of a value that is transmitted as text.
    Text,
}

/// An edge to a pair of elements inside another one.
#[derive(Debug)]
struct Edge {
    to: VertexId,
    /// `true` if the element belongs to messages of the opposite direction.
    reversed: bool,
    /// The only direction in which the element occurs: a `readOnly` property is only received.
    only: Option<Direction>,
}

#[derive(Debug, Default)]
struct Vertex {
    differences: Vec<Difference>,
    edges: Vec<Edge>,
}

/// The kind and the addresses of a pair of elements, and the element that it is named after. A pair
/// that a request and a response share is two vertices, unless it is named after a component.
type VertexKey = (ElementKind, *const Node, *const Node, Option<Box<str>>);

/// An operation that leads to a vertex, and the direction of the messages.
type Reaching = (u32, Direction);

/// The graph of corresponding elements.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    vertices: Vec<Vertex>,
    known: HashMap<VertexKey, VertexId>,
    /// The operations by their titles, in the order of the report.
    operations: Vec<(String, VertexId)>,
    /// The vertex of the API as a whole.
    api: Option<VertexId>,
    /// The edges by their vertex and number, with the direction in which no value is lost through them.
    lossless: HashSet<(VertexId, usize, Direction)>,
}

impl Graph {
    fn vertex(&mut self) -> VertexId {
        self.vertices.push(Vertex::default());
        self.vertices.len() - 1
    }

    /// Adds the vertex of the API as a whole.
    pub(crate) fn api(&mut self) -> VertexId {
        let vertex = self.vertex();
        self.api = Some(vertex);
        vertex
    }

    /// Adds the vertex of an operation.
    pub(crate) fn operation(&mut self, title: String) -> VertexId {
        let vertex = self.vertex();
        self.operations.push((title, vertex));
        vertex
    }

    /// Adds a vertex for the messages of the opposite direction.
    pub(crate) fn reversed(&mut self, from: VertexId) -> VertexId {
        let to = self.vertex();
        self.vertices[from].edges.push(Edge {
            to,
            reversed: true,
            only: None,
        });
        to
    }

    /// Adds an edge to a pair of elements. Returns the vertex if it is new and must be compared.
    pub(crate) fn enter(
        &mut self,
        outer: VertexId,
        kind: ElementKind,
        pair: &Pair<'_>,
        origin: Option<&str>,
        only: Option<Direction>,
    ) -> Option<VertexId> {
        let (base, head) = (&raw const *pair.base.node, &raw const *pair.head.node);
        let key = (kind, base, head, origin.map(Box::from));
        let known = self.known.get(&key).copied();
        let to = known.unwrap_or_else(|| {
            let vertex = self.vertex();
            self.known.insert(key, vertex);
            vertex
        });
        self.vertices[outer].edges.push(Edge {
            to,
            reversed: false,
            only,
        });
        known.is_none().then_some(to)
    }

    /// Returns the number of edges from a vertex.
    pub(crate) fn edges(&self, from: VertexId) -> usize {
        self.vertices[from].edges.len()
    }

    /// Returns `true` if some edges of a vertex lead to a changed one.
    pub(crate) fn lead_to(&self, from: VertexId, edges: Range<usize>, changed: &[bool]) -> bool {
        let mut edges = self.vertices[from].edges[edges].iter();
        edges.any(|edge| changed.get(edge.to) == Some(&true))
    }

    /// Records that the schema of a vertex loses no value in a direction, whatever some of its edges
    /// lead to.
    pub(crate) fn lose_nothing(&mut self, from: VertexId, edges: Range<usize>, to: Direction) {
        self.lossless.extend(edges.map(|edge| (from, edge, to)));
    }

    /// Records a difference of a pair of elements.
    pub(crate) fn record(&mut self, vertex: VertexId, difference: Difference) {
        self.vertices[vertex].differences.push(difference);
    }

    /// Returns the changes that affect an operation or the API as a whole, the most serious first.
    pub(crate) fn changes(
        &self,
        base: &ElementTree<'_>,
        head: &ElementTree<'_>,
        evidence_list: &EvidenceList,
    ) -> Vec<Change> {
        let mut affected: IndexMap<_, Affected<'_>> = IndexMap::new();
        for (vertex, operations) in self.reaching_operations().iter().enumerate() {
            for difference in &self.vertices[vertex].differences {
                let Compatibility {
                    request, response, ..
                } = difference.compatibility;
                let affected = affected.entry((&difference.key, request, response));
                let affected = affected.or_insert_with(|| Affected {
                    difference,
                    operations: Vec::new(),
                    unaffected: Vec::new(),
                    api: false,
                });
                for (reaching, is_lossless) in operations {
                    let is_unaffected = *is_lossless && difference.loses_values(reaching.1);
                    let operations = match is_unaffected {
                        true => &mut affected.unaffected,
                        false => &mut affected.operations,
                    };
                    operations.push(*reaching);
                }
                affected.api |= self.api == Some(vertex);
            }
        }
        let title = |number: usize| self.operations[number].0.as_str();
        let affected = affected.into_values().map(Affected::sorted);
        let changes =
            affected.flat_map(|affected| affected.changes(&title, base, head, evidence_list));
        changes.collect()
    }

    /// Returns for each vertex the operations that lead to it, in order, with `true` if a schema around
    /// it loses no value.
    fn reaching_operations(&self) -> Vec<Vec<(Reaching, bool)>> {
        // A vertex that leads to no difference need not be visited.
        let relevant = self.leading_to(|_| true);
        let mut reaching: Vec<Vec<(Reaching, bool)>> = vec![Vec::new(); self.vertices.len()];
        for ((_, vertex), number) in self.operations.iter().zip(0..) {
            let mut next = vec![(*vertex, Direction::Request, false)];
            while let Some((vertex, direction, is_lossless)) = next.pop() {
                // Those of the same operation are the last.
                let known = &mut reaching[vertex];
                let mut own = known
                    .iter()
                    .rev()
                    .take_while(|((known, _), _)| *known == number);
                let reached = ((number, direction), is_lossless);
                if !relevant[vertex] || own.any(|known| *known == reached) {
                    continue;
                }
                known.push(reached);
                let edges = self.vertices[vertex].edges.iter().enumerate();
                let edges =
                    edges.filter(|(_, edge)| edge.only.is_none_or(|only| only == direction));
                next.extend(edges.map(|(at, edge)| {
                    let lossless = self.lossless.contains(&(vertex, at, direction));
                    match edge.reversed {
                        true => (edge.to, direction.reversed(), is_lossless),
                        false => (edge.to, direction, is_lossless || lossless),
                    }
                }));
            }
        }
        reaching
    }

    /// Returns for each vertex `true` if it has a difference that is more than documentation, or
    /// leads to one.
    pub(crate) fn changed_inside(&self) -> Vec<bool> {
        self.leading_to(|difference| difference.compatibility != Compatibility::DOCUMENTATION)
    }

    fn leading_to(&self, matches: impl Fn(&Difference) -> bool) -> Vec<bool> {
        let mut outer = vec![Vec::new(); self.vertices.len()];
        for (from, vertex) in self.vertices.iter().enumerate() {
            for edge in &vertex.edges {
                outer[edge.to].push(from);
            }
        }
        let mut leading = vec![false; self.vertices.len()];
        let matching = |vertex: &VertexId| self.vertices[*vertex].differences.iter().any(&matches);
        let mut next: Vec<VertexId> = (0..self.vertices.len()).filter(matching).collect();
        while let Some(vertex) = next.pop() {
            if !std::mem::replace(&mut leading[vertex], true) {
                next.extend(&outer[vertex]);
            }
        }
        leading
    }
}

/// A difference with the operations that it affects.
struct Affected<'a> {
    difference: &'a Difference,
    operations: Vec<Reaching>,
    /// The operations that contain it in schemas that lose no value.
    unaffected: Vec<Reaching>,
    /// `true` if the API as a whole is affected.
    api: bool,
}

impl<'a> Affected<'a> {
    /// Returns the difference with its operations in order.
    fn sorted(mut self) -> Self {
        self.operations.sort_unstable();
        self.operations.dedup();
        self
    }

    /// Returns one change if the impact on senders and receivers is the same, and otherwise one
    /// for each direction with an impact.
    fn changes<'t>(
        &self,
        title: &impl Fn(usize) -> &'t str,
        base: &ElementTree<'_>,
        head: &ElementTree<'_>,
        evidence_list: &EvidenceList,
    ) -> Vec<Change> {
        let compatibility = self.difference.compatibility;
        let directions: BTreeSet<Direction> = match self.api {
            true => [Direction::Request].into(),
            false => (self.operations.iter().chain(&self.unaffected))
                .map(|(_, to)| *to)
                .collect(),
        };
        let is_affected =
            |direction| self.api || self.operations.iter().any(|(_, to)| *to == direction);
        let directions = directions.into_iter();
        let impacts: Vec<(Direction, Impact)> = directions
            .map(|direction| match is_affected(direction) {
                true => (direction, compatibility.impact(direction)),
                false => (direction, Impact::None),
            })
            .collect();
        let merged = match impacts[..] {
            [] => Vec::new(),
            [(_, Impact::None)] | [(_, Impact::None), (_, Impact::None)] => {
                vec![(Direction::Metadata, Impact::None)]
            }
            [(_, request), (_, response)] if request == response => {
                vec![(Direction::Both, request)]
            }
            _ => impacts
                .into_iter()
                .filter(|(_, impact)| *impact != Impact::None)
                .collect(),
        };
        let change = |(direction, impact): (Direction, Impact)| {
            let key = &self.difference.key;
            let evidence = compatibility.evidence(direction);
            let (example, unproven_schema) = match evidence.and_then(|id| evidence_list.get(id)) {
                Some(Evidence::Example(value)) => (Some(value.clone()), None),
                Some(Evidence::GaveUpAt(schema)) => (None, Some(schema.clone())),
                None => (None, None),
            };
            Change {
                id: key.id,
                kind: self.difference.kind,
                level: impact.level(),
                found_level: None,
                proven: impact != Impact::Unproven,
                direction,
                operations: self.titles(direction, title),
                base: base.place(&key.base),
                head: head.place(&key.head),
                subject: key.subject.clone(),
                name: key.name.clone(),
                old: key.old.clone(),
                new: key.new.clone(),
                example,
                unproven_schema,
            }
        };
        merged.into_iter().map(change).collect()
    }

    fn titles<'t>(&self, direction: Direction, title: &impl Fn(usize) -> &'t str) -> Vec<String> {
        let in_direction = |to: &Direction| match direction {
            Direction::Request | Direction::Response => *to == direction,
            Direction::Both | Direction::Metadata => true,
        };
        let unaffected = self.unaffected.iter();
        let unaffected = unaffected.filter(|_| direction == Direction::Metadata);
        let numbers = self.operations.iter().chain(unaffected);
        let numbers = numbers.filter(|(_, to)| in_direction(to));
        let numbers: BTreeSet<u32> = numbers.map(|(number, _)| *number).collect();
        let titles = numbers.into_iter().map(|number| title(number as usize));
        titles.map(str::to_owned).collect()
    }
}
