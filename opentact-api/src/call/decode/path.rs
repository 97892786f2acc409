//! The path to a value of a response.

use std::fmt::{self, Display};

/// The number of characters of a path that a message shows. Values may be nested deeply.
const SHOWN: usize = 100;

/// A step of a path. It contains nothing that the server sent.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A property of the spec.
    Property(&'static str),
    /// An entry with an unknown name, by its position from 0.
    Entry(usize),
    /// An item of a list, by its position from 0.
    Item(usize),
}

/// The path to a value: `payload[3].owner.dob`.
#[derive(Debug, Default)]
pub(super) struct Path(Vec<Step>);

impl Path {
    pub(super) fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// Returns the path in backquotes with a colon after it, or nothing for the body itself.
    pub(super) fn prefix(&self) -> String {
        let path = self.to_string();
        match path.char_indices().nth(SHOWN) {
            _ if path.is_empty() => path,
            Some((end, _)) => format!("`{}…`: ", path.get(..end).unwrap_or_default()),
            None => format!("`{path}`: "),
        }
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Property(name) if position == 0 => f.write_str(name)?,
                Step::Property(name) => write!(f, ".{name}")?,
                Step::Entry(entry) => write!(f, "{{{entry}}}")?,
                Step::Item(item) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}
