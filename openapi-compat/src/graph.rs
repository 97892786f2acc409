//! The graph of corresponding elements, with the differences of each pair.
//!
//! Every pair of elements that correspond to each other is a vertex: an operation, a parameter, a
//! schema. An edge leads to each pair inside it. A schema that a hundred operations share is one
//! vertex and is compared once. The operations that a difference affects are those from which
//! its vertex is reachable.

mod affected;
mod edges;
mod reaching;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use openapi_tree::Node;

use self::affected::{Affected, Conclusion};
use self::edges::Edges;
use self::reaching::reaching;
use crate::change::Change;
use crate::change_id::ChangeId;
use crate::compatibility::{Around, Compatibility};
use crate::difference::Difference;
use crate::element::Pair;
use crate::evidence::EvidenceList;
use crate::level::Direction;
use crate::operation_set::OperationSet;
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
    /// A schema of a list whose items are texts.
    TextItems,
    /// A schema of an object whose properties are texts.
    TextProperties,
}

/// An edge to a pair of elements inside another one.
#[derive(Debug)]
struct Edge {
    to: u32,
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
type VertexKey = (ElementKind, *const Node, *const Node, Option<u32>);

/// The way on which a vertex is reached from an operation.
#[derive(Clone, Copy, Debug)]
struct State {
    /// `true` if the messages are responses.
    is_response: bool,
    /// The proof about the schemas around the vertex.
    around: Around,
}

impl State {
    const FIRST: Self = Self::new(0);
    const ALL: [Self; 6] = [
        Self::FIRST,
        Self::new(1),
        Self::new(2),
        Self::new(3),
        Self::new(4),
        Self::new(5),
    ];

    const fn new(number: usize) -> Self {
        Self {
            is_response: number & 1 != 0,
            around: match number / 2 {
                0 => Around::Unknown,
                1 => Around::Lossless,
                _ => Around::Equal,
            },
        }
    }

    /// Returns the number of this state among those of all vertices.
    fn number(self, vertex: VertexId) -> usize {
        vertex * Self::ALL.len() + usize::from(self.is_response) + 2 * self.around as usize
    }

    /// Returns the vertex and the state with a number.
    fn of(number: usize) -> (VertexId, Self) {
        let states = Self::ALL.len();
        (number / states, Self::new(number % states))
    }

    fn direction(self) -> Direction {
        match self.is_response {
            true => Direction::Response,
            false => Direction::Request,
        }
    }
}

/// The graph of corresponding elements.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    vertices: Vec<Vertex>,
    known: HashMap<VertexKey, u32>,
    /// The names of elements that are no components, by number.
    origins: HashMap<Box<str>, u32>,
    /// The operations by their titles, in the order of the report.
    operations: Vec<(String, VertexId)>,
    /// The vertex of the API as a whole.
    api: Option<VertexId>,
    /// The vertices of media types that can be XML.
    xml: Vec<VertexId>,
    /// The edges by their vertex and number, with the direction in which no value is lost through them.
    lossless: HashSet<(VertexId, usize, Direction)>,
    /// The edges by their vertex and number through which no value is lost or new.
    equal: HashSet<(VertexId, usize)>,
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
            to: to as u32,
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
        let key = (kind, base, head, origin.map(|origin| self.origin(origin)));
        let known = self.known.get(&key).copied();
        let to = known.unwrap_or_else(|| {
            let vertex = self.vertex() as u32;
            self.known.insert(key, vertex);
            vertex
        });
        self.vertices[outer].edges.push(Edge {
            to,
            reversed: false,
            only,
        });
        known.is_none().then_some(to as VertexId)
    }

    fn origin(&mut self, name: &str) -> u32 {
        if let Some(known) = self.origins.get(name) {
            return *known;
        }
        let number = self.origins.len() as u32;
        self.origins.insert(name.into(), number);
        number
    }

    /// Returns the number of edges from a vertex.
    pub(crate) fn edges(&self, from: VertexId) -> usize {
        self.vertices[from].edges.len()
    }

    /// Returns `true` if some edges of a vertex lead to a changed one.
    pub(crate) fn lead_to(&self, from: VertexId, edges: Range<usize>, changed: &[bool]) -> bool {
        let mut edges = self.vertices[from].edges[edges].iter();
        edges.any(|edge| changed.get(edge.to as VertexId) == Some(&true))
    }

    /// Records that the schema of a vertex loses no value in a direction, whatever some of its edges
    /// lead to.
    pub(crate) fn lose_nothing(&mut self, from: VertexId, edges: Range<usize>, to: Direction) {
        self.lossless.extend(edges.map(|edge| (from, edge, to)));
    }

    /// Records that the schema of a vertex allows the same values, whatever some of its edges lead to.
    pub(crate) fn change_nothing(&mut self, from: VertexId, edges: Range<usize>) {
        self.equal.extend(edges.map(|edge| (from, edge)));
    }

    /// Records a difference of a pair of elements.
    pub(crate) fn record(&mut self, vertex: VertexId, difference: Difference) {
        let differences = &mut self.vertices[vertex].differences;
        // Most vertices have no more than one.
        differences.reserve_exact(usize::from(differences.is_empty()));
        differences.push(difference);
    }

    /// Records that the messages of a media type can be XML.
    pub(crate) fn mark_xml(&mut self, vertex: VertexId) {
        self.xml.push(vertex);
    }

    /// Lowers the form of values in XML to documentation if no message with the values can be XML.
    pub(crate) fn lower_unused_xml(&mut self) {
        let mut reached = vec![false; self.vertices.len()];
        let mut next = self.xml.clone();
        while let Some(vertex) = next.pop() {
            if !std::mem::replace(&mut reached[vertex], true) {
                next.extend(
                    self.vertices[vertex]
                        .edges
                        .iter()
                        .map(|edge| edge.to as VertexId),
                );
            }
        }
        let vertices = self.vertices.iter_mut().zip(reached);
        let unused = vertices.filter_map(|(vertex, is_reached)| (!is_reached).then_some(vertex));
        let differences = unused.flat_map(|vertex| &mut vertex.differences);
        for difference in differences.filter(|known| known.key.id == ChangeId::XmlChanged) {
            difference.compatibility = Compatibility::DOCUMENTATION;
        }
    }

    /// Returns the changes that affect an operation or the API as a whole, the most serious first.
    pub(crate) fn changes(
        self,
        base: &ElementTree<'_>,
        head: &ElementTree<'_>,
        evidence: &EvidenceList,
    ) -> Vec<Change> {
        let reaching = self.reaching_operations();
        let mut affected: IndexMap<_, Affected> = IndexMap::new();
        for (vertex, Vertex { differences, .. }) in self.vertices.into_iter().enumerate() {
            for difference in differences {
                let Compatibility {
                    request, response, ..
                } = difference.compatibility;
                let new = Affected::new(&difference);
                let affected = affected.entry((difference.key, request, response));
                let affected = affected.or_insert(new);
                for state in State::ALL {
                    if let Some(operations) = &reaching[state.number(vertex)] {
                        affected.add(operations, state.direction(), state.around);
                    }
                }
                affected.is_api |= self.api == Some(vertex);
            }
        }
        let titles = self.operations.into_iter().map(|(title, _)| title);
        let mut conclusion = Conclusion::new(titles.collect(), base, head, evidence);
        let affected = affected.into_iter();
        affected
            .flat_map(|((key, ..), affected)| conclusion.changes(key, &affected))
            .collect()
    }

    /// Returns for each state of a vertex the operations that lead to it.
    fn reaching_operations(&self) -> Vec<Option<Arc<OperationSet>>> {
        // A vertex that leads to no difference need not be visited.
        let relevant = self.leading_to(|_| true);
        let first = State::FIRST;
        let sources = self
            .operations
            .iter()
            .map(|(_, vertex)| first.number(*vertex) as u32);
        let number = self.vertices.len() * State::ALL.len();
        reaching(number, &sources.collect::<Vec<u32>>(), |from, next| {
            let (vertex, state) = State::of(from as usize);
            for (at, edge) in self.vertices[vertex].edges.iter().enumerate() {
                let direction = state.direction();
                if !relevant[edge.to as VertexId] || edge.only.is_some_and(|only| only != direction)
                {
                    continue;
                }
                let proved = match edge.reversed {
                    _ if self.equal.contains(&(vertex, at)) => Around::Equal,
                    false if self.lossless.contains(&(vertex, at, direction)) => Around::Lossless,
                    _ => Around::Unknown,
                };
                let inside = State {
                    is_response: state.is_response != edge.reversed,
                    around: state.around.max(proved),
                };
                next.push(inside.number(edge.to as VertexId) as u32);
            }
        })
    }

    /// Returns for each vertex `true` if it has a difference that is more than documentation, or
    /// leads to one.
    pub(crate) fn changed_inside(&self) -> Vec<bool> {
        self.leading_to(|difference| difference.compatibility != Compatibility::DOCUMENTATION)
    }

    fn leading_to(&self, matches: impl Fn(&Difference) -> bool) -> Vec<bool> {
        let mut inner = Edges::default();
        for vertex in &self.vertices {
            inner.add(vertex.edges.iter().map(|edge| edge.to));
        }
        let outer = inner.reversed();
        let mut leading = vec![false; self.vertices.len()];
        let mut next = Vec::new();
        for (vertex, number) in self.vertices.iter().zip(0_u32..) {
            if vertex.differences.iter().any(&matches) {
                next.push(number);
            }
            while let Some(vertex) = next.pop() {
                if !std::mem::replace(&mut leading[vertex as VertexId], true) {
                    next.extend(outer.of(vertex));
                }
            }
        }
        leading
    }
}
