//! The edges of a graph, in little memory.

/// The edges of numbered states, those of each state together.
pub(super) struct Edges {
    starts: Vec<u32>,
    to: Vec<u32>,
}

impl Default for Edges {
    fn default() -> Self {
        Self {
            starts: vec![0],
            to: Vec::new(),
        }
    }
}

impl Edges {
    /// Adds the next state, with its edges.
    pub(super) fn add(&mut self, to: impl IntoIterator<Item = u32>) {
        self.to.extend(to);
        self.starts.push(self.to.len() as u32);
    }

    /// Returns the number of states.
    pub(super) fn states(&self) -> usize {
        self.starts.len() - 1
    }

    /// Returns the states that the edges of a state lead to.
    pub(super) fn of(&self, state: u32) -> &[u32] {
        let (start, end) = (self.starts[state as usize], self.starts[state as usize + 1]);
        &self.to[start as usize..end as usize]
    }

    /// Returns the edges in the opposite direction.
    pub(super) fn reversed(&self) -> Self {
        let number = self.states();
        let mut starts = vec![0; number + 1];
        for to in &self.to {
            starts[*to as usize + 1] += 1;
        }
        for state in 0..number {
            starts[state + 1] += starts[state];
        }
        let mut free = starts.clone();
        let mut to = vec![0; self.to.len()];
        for from in 0..number as u32 {
            for state in self.of(from) {
                let free = &mut free[*state as usize];
                to[*free as usize] = from;
                *free += 1;
            }
        }
        Self { starts, to }
    }
}
