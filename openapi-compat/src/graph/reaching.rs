//! The operations from which each state of a graph can be reached.

use std::sync::Arc;

use super::edges::Edges;
use crate::operation_set::{OperationSet, add};

/// The number of a state that was not found.
const NONE: u32 = u32::MAX;

/// The states that operations reach, and the edges between them in both directions.
struct Found {
    /// The position of each state in the list of those found.
    positions: Vec<u32>,
    next: Edges,
    previous: Edges,
}

/// Returns for each of `number` states the operations from which it can be reached. `sources` has the
/// state of each operation, and `add_next` adds the states that follow a state. States that are
/// reached from the same operations share the set.
pub(super) fn reaching(
    number: usize,
    sources: &[u32],
    add_next: impl Fn(u32, &mut Vec<u32>),
) -> Vec<Option<Arc<OperationSet>>> {
    let found = find(number, sources, add_next);
    let mut sets: Vec<Option<Arc<OperationSet>>> = vec![None; found.next.states()];
    let mut own: Vec<Vec<usize>> = vec![Vec::new(); sets.len()];
    for (operation, source) in sources.iter().enumerate() {
        if let Some(own) = own.get_mut(found.positions[*source as usize] as usize) {
            own.push(operation);
        }
    }
    // States that lead to each other form a group. The order has each group after those that lead to
    // it.
    let order = finished(&found.next);
    let mut group_of = vec![NONE; sets.len()];
    for first in order.into_iter().rev() {
        if group_of[first as usize] != NONE {
            continue;
        }
        group_of[first as usize] = first;
        let mut group = vec![first];
        let mut set: Option<Arc<OperationSet>> = None;
        let mut at = 0;
        while let Some(state) = group.get(at).copied() {
            at += 1;
            let own = std::mem::take(&mut own[state as usize]);
            if !own.is_empty() {
                add(&mut set, &Arc::new(own.into_iter().collect()));
            }
            for previous in found.previous.of(state) {
                let known = &mut group_of[*previous as usize];
                if *known == NONE {
                    *known = first;
                    group.push(*previous);
                } else if let Some(others) = &sets[*previous as usize] {
                    add(&mut set, others);
                }
            }
        }
        for state in group {
            sets[state as usize].clone_from(&set);
        }
    }
    let positions = found.positions.iter();
    let set = |position: &u32| sets.get(*position as usize)?.clone();
    positions.map(set).collect()
}

fn find(number: usize, sources: &[u32], add_next: impl Fn(u32, &mut Vec<u32>)) -> Found {
    let mut positions = vec![NONE; number];
    let mut states = Vec::new();
    let mut position = |state: u32, states: &mut Vec<u32>| {
        let known = &mut positions[state as usize];
        if *known == NONE {
            *known = states.len() as u32;
            states.push(state);
        }
        *known
    };
    for source in sources {
        position(*source, &mut states);
    }
    let mut edges = Edges::default();
    let mut next = Vec::new();
    while let Some(state) = states.get(edges.states()).copied() {
        add_next(state, &mut next);
        edges.add(next.drain(..).map(|next| position(next, &mut states)));
    }
    Found {
        positions,
        previous: edges.reversed(),
        next: edges,
    }
}

/// Returns the states in the order in which a search in depth leaves them.
fn finished(edges: &Edges) -> Vec<u32> {
    let number = edges.states();
    let mut entered = vec![false; number];
    let mut finished = Vec::with_capacity(number);
    for first in 0..number as u32 {
        if std::mem::replace(&mut entered[first as usize], true) {
            continue;
        }
        let mut open = vec![(first, 0)];
        while let Some((state, edge)) = open.last_mut() {
            let Some(next) = edges.of(*state).get(*edge).copied() else {
                finished.push(*state);
                open.pop();
                continue;
            };
            *edge += 1;
            if !std::mem::replace(&mut entered[next as usize], true) {
                open.push((next, 0));
            }
        }
    }
    finished
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the operations that reach each state of a graph.
    fn reached(edges: &[(u32, u32)], number: usize, sources: &[u32]) -> Vec<Vec<usize>> {
        let sets = reaching(number, sources, |from, next| {
            let edges = edges.iter().filter(|(start, _)| *start == from);
            next.extend(edges.map(|(_, to)| *to));
        });
        let members = |set: Option<Arc<OperationSet>>| set.map(|set| set.iter().collect());
        sets.into_iter()
            .map(|set| members(set).unwrap_or_default())
            .collect()
    }

    #[test]
    fn state_is_reached_from_all_operations_before_it() {
        // 0 -> 2 -> 3, 1 -> 3, and nothing leads to 4.
        let sets = reached(&[(0, 2), (2, 3), (1, 3), (4, 3)], 5, &[0, 1]);
        assert_eq!(sets, [vec![0], vec![1], vec![0], vec![0, 1], vec![]]);
    }

    #[test]
    fn states_of_a_ring_are_reached_from_the_same_operations() {
        let ring = [(2, 3), (3, 4), (4, 2), (0, 4), (1, 3), (4, 5)];
        let sets = reached(&ring, 6, &[0, 1]);
        assert_eq!(sets[2..], vec![vec![0, 1]; 4]);
        let sets = reaching(6, &[0, 1], |from, next| {
            next.extend(ring.iter().filter(|edge| edge.0 == from).map(|edge| edge.1));
        });
        let [Some(a), Some(b)] = [&sets[2], &sets[5]] else {
            panic!("no set");
        };
        assert!(Arc::ptr_eq(a, b));
    }

    #[test]
    fn reaching_agrees_with_a_search_from_each_operation() {
        let number = 40;
        let mut seed = 7_u32;
        for _ in 0..200 {
            let mut random = || {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 16) % number
            };
            let edges: Vec<(u32, u32)> = (0..50).map(|_| (random(), random())).collect();
            let sources = [random(), random(), random(), random()];
            let mut expected = vec![Vec::new(); number as usize];
            for (operation, source) in sources.into_iter().enumerate() {
                let mut visited = vec![false; number as usize];
                let mut open = vec![source];
                while let Some(state) = open.pop() {
                    if !std::mem::replace(&mut visited[state as usize], true) {
                        expected[state as usize].push(operation);
                        open.extend(edges.iter().filter(|edge| edge.0 == state).map(|e| e.1));
                    }
                }
            }
            assert_eq!(reached(&edges, number as usize, &sources), expected);
        }
    }
}
